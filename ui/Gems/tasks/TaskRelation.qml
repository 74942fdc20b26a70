// SPDX-License-Identifier: Apache-2.0
// One relation in the list: from what, which way, to what, and of which kind.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Gems
import Gems.components

T.AbstractButton {
    id: relation

    required property int index
    required property string one
    required property string two
    required property string direction
    required property string kinds
    required property bool current
    property bool readOnly: false

    signal turnAsked
    signal dropAsked

    // An arrow as the words run.
    readonly property bool toTheLeft: Application.layoutDirection === Qt.RightToLeft
    readonly property string arrow: direction === "bi" ? "↔" : (direction === "right") !== toTheLeft ? "→" : "←"
    readonly property string spoken: direction === "bi" ? qsTr("both ways") : direction === "right" ? qsTr("to") : qsTr("from")

    implicitHeight: Math.max(Math.round(44 * Theme.textScale), parts.implicitHeight + 8)
    leftPadding: Theme.s
    rightPadding: Theme.xs
    hoverEnabled: true
    focusPolicy: Qt.NoFocus
    Accessible.role: Accessible.ListItem
    Accessible.name: one + " " + spoken + " " + two + (kinds !== "" ? ", " + kinds : "")
    Accessible.selectable: true
    Accessible.selected: current
    Accessible.onPressAction: relation.clicked()

    contentItem: RowLayout {
        id: parts

        spacing: Theme.s

        ColumnLayout {
            spacing: 0
            Layout.fillWidth: true

            PlainText {
                text: relation.one + " " + relation.arrow + " " + relation.two
                color: relation.current ? Theme.accentSoftInk : Theme.text
                Layout.fillWidth: true
                Accessible.ignored: true
            }
            PlainText {
                visible: text !== ""
                text: relation.kinds
                font.pixelSize: Theme.fontSmall
                color: relation.current ? Theme.accentSoftInk : Theme.textMuted
                Layout.fillWidth: true
                Accessible.ignored: true
            }
        }
        QuietButton {
            objectName: "turn"
            visible: !relation.readOnly
            text: relation.arrow
            focusPolicy: Qt.NoFocus
            Accessible.name: qsTr("Turn the direction (D)")
            onClicked: relation.turnAsked()
        }
        QuietButton {
            objectName: "dropRelation"
            visible: !relation.readOnly
            iconName: "trash"
            focusPolicy: Qt.NoFocus
            Accessible.name: qsTr("Take away (Del)")
            onClicked: relation.dropAsked()
        }
    }
    background: Rectangle {
        color: relation.current ? Theme.accentSoft : relation.hovered ? Theme.hover : "transparent"
    }
}
