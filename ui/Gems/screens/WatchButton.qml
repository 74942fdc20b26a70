// SPDX-License-Identifier: Apache-2.0
// Whether a requester is watched: new work is told of, and comes first.
import QtQuick
import Gems.components

QuietButton {
    id: button

    property bool on: false

    objectName: "watchCampaign"
    text: on ? qsTr("Watched") : qsTr("Tell me of new work")
    iconName: on ? "check" : "bell"
    checkable: false
    Accessible.role: Accessible.CheckBox
    // Qt's button says `checkable` of itself whenever a reader begins to listen: what is true stands again after it.
    Accessible.checkable: true
    Accessible.checked: button.on
    Accessible.onCheckableChanged: Accessible.checkable = true
    Accessible.onCheckedChanged: {
        if (Accessible.checked !== button.on)
            Accessible.checked = Qt.binding(() => button.on);
    }
}
