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
    leftPadding: mirrored ? Theme.xs : Theme.s
    rightPadding: mirrored ? Theme.s : Theme.xs
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
                // a mark of the window's direction first, and each name on its own: the arrow points as the words run
                text: (relation.toTheLeft ? "\u200f\u2068" : "\u200e\u2068") + [relation.one, relation.two].join("\u2069 " + relation.arrow + " \u2068") + "\u2069"
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
