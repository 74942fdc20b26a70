// SPDX-License-Identifier: Apache-2.0
// Buttons, with their keys, that set where a stretch begins and ends, and make it.
import QtQuick
import Gems
import Gems.components

Row {
    id: edges

    // A TimelinePart (gems_desktop/viewmodels/parts/timeline.py).
    required property var part
    property bool ready: true
    // Whether Enter makes something without any end set.
    property bool always: false

    spacing: Theme.xs

    SecondaryButton {
        objectName: "begin"
        enabled: edges.ready
        focusPolicy: Qt.NoFocus
        text: qsTr("Begin")
        keyHint: edges.part.beginKey
        Accessible.name: edges.part.hasSelected ? qsTr("The selected stretch begins here") : qsTr("A stretch begins here")
        onClicked: edges.part.setBegin()
    }
    SecondaryButton {
        objectName: "end"
        enabled: edges.ready
        focusPolicy: Qt.NoFocus
        text: qsTr("End")
        keyHint: edges.part.endKey
        Accessible.name: edges.part.hasSelected ? qsTr("The selected stretch ends here") : qsTr("A stretch ends here")
        onClicked: edges.part.setEnd()
    }
    SecondaryButton {
        objectName: "make"
        visible: edges.part.pending || edges.always && !edges.part.hasSelected
        focusPolicy: Qt.NoFocus
        text: qsTr("Mark")
        keyHint: qsTr("Enter")
        Accessible.name: edges.part.pending ? qsTr("Mark the stretch between begin and end (Enter)") : qsTr("Mark this moment (Enter)")
        onClicked: edges.part.make()
    }
}
