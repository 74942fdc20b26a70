// SPDX-License-Identifier: Apache-2.0
// One notice: its icon, what happened in words, and when; a click goes to the page that it is about.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Gems
import Gems.components

T.AbstractButton {
    id: row

    required property int index
    required property string title
    required property string body
    required property string time
    required property string iconName
    required property string page
    required property bool fresh
    required property bool alert

    property bool marked: false

    implicitHeight: words.implicitHeight + 2 * Theme.m
    hoverEnabled: true
    focusPolicy: Qt.NoFocus
    Accessible.role: Accessible.ListItem
    Accessible.name: [fresh ? qsTr("New") : "", title, body, time].filter(part => part !== "").join(". ")

    background: Rectangle {
        radius: Theme.radius
        color: row.down ? Theme.pressed : row.hovered ? Theme.hover : row.fresh ? Theme.accentSoft : "transparent"
        border.width: row.marked ? Theme.focusWidth : 0
        border.color: Theme.focus
    }
    contentItem: Item {
        RowLayout {
            id: words

            anchors.left: parent.left
            anchors.right: parent.right
            anchors.leftMargin: Theme.m
            anchors.rightMargin: Theme.m
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.m

            Icon {
                name: row.iconName
                color: row.alert ? Theme.bad : row.fresh ? Theme.accentSoftInk : Theme.textMuted
                Layout.alignment: Qt.AlignTop
                Layout.topMargin: 2
            }
            ColumnLayout {
                spacing: 2
                Layout.fillWidth: true

                PlainText {
                    text: row.title
                    font.weight: row.fresh ? Font.DemiBold : Font.Normal
                    color: row.fresh ? Theme.accentSoftInk : Theme.text
                    Layout.fillWidth: true
                    Accessible.ignored: true
                }
                PlainText {
                    visible: text !== ""
                    text: row.body
                    color: row.fresh ? Theme.accentSoftInk : Theme.text
                    Layout.fillWidth: true
                    Accessible.ignored: true
                }
                PlainText {
                    text: row.time
                    color: row.fresh ? Theme.accentSoftInk : Theme.textMuted
                    font.pixelSize: Theme.fontSmall
                    Layout.fillWidth: true
                    Accessible.ignored: true
                }
            }
            Badge {
                visible: row.fresh
                text: qsTr("New")
                tone: row.alert ? "bad" : "accent"
                Layout.alignment: Qt.AlignTop
            }
        }
    }
}
