// SPDX-License-Identifier: Apache-2.0
// A bell with the number of notices that were not read; it opens their panel.
import QtQuick
import QtQuick.Templates as T
import Gems

T.AbstractButton {
    id: bell

    // How many, as it is written here; empty for none.
    property string count: ""
    property bool alert: false
    property string keyHint: ""

    implicitWidth: Math.max(Theme.controlHeight, row.implicitWidth + 2 * Theme.s)
    implicitHeight: Theme.controlHeight
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Button
    Accessible.name: count === "" ? qsTr("Notices") : qsTr("Notices, new: %1").arg(count)
    Accessible.description: keyHint
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()

    background: Rectangle {
        radius: Theme.radius
        color: bell.down ? Theme.pressed : bell.hovered ? Theme.hover : "transparent"
        border.width: Theme.highContrast ? 1 : 0
        border.color: Theme.outline

        FocusRing {
            shown: bell.visualFocus
        }
    }
    contentItem: Item {
        implicitWidth: row.implicitWidth
        implicitHeight: row.implicitHeight

        Row {
            id: row

            anchors.centerIn: parent
            spacing: Theme.xs

            Icon {
                name: bell.alert ? "alert" : "bell"
                color: bell.alert ? Theme.bad : bell.count !== "" ? Theme.text : Theme.textMuted
                anchors.verticalCenter: parent.verticalCenter
            }
            Badge {
                visible: text !== ""
                text: bell.count
                tone: bell.alert ? "bad" : "accent"
                anchors.verticalCenter: parent.verticalCenter
            }
        }
    }
}
