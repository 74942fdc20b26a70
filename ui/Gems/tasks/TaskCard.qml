// SPDX-License-Identifier: Apache-2.0
// One item of a list: its number, title, words and picture.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

Rectangle {
    id: card

    property int number: 0
    property string title: ""
    property string body: ""
    property string picture: ""
    property bool movable: false
    property bool lifted: false
    property bool hovered: false
    property bool focused: false

    implicitHeight: Math.max(Math.round(44 * Theme.textScale), content.implicitHeight + 2 * Theme.m)
    radius: Theme.radius
    color: lifted ? Theme.accentSoft : hovered && movable ? Theme.hover : Theme.raised
    border.width: lifted ? 2 : 1
    border.color: lifted ? Theme.accent : movable ? Theme.outline : Theme.border

    RowLayout {
        id: content

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.margins: Theme.m
        spacing: Theme.m

        Badge {
            visible: card.number > 0
            text: card.number
            tone: "accent"
            Layout.alignment: Qt.AlignTop
        }
        ColumnLayout {
            spacing: Theme.xs
            Layout.fillWidth: true

            PlainText {
                visible: text !== ""
                text: card.title
                font.weight: Font.DemiBold
                Layout.fillWidth: true
                Accessible.ignored: true
            }
            PlainText {
                visible: text !== ""
                text: card.body
                color: card.title !== "" ? Theme.textMuted : Theme.text
                Layout.fillWidth: true
                Accessible.ignored: true
            }
            TaskThumb {
                visible: card.picture !== ""
                picture: card.picture
                most: Math.round(Math.min(180, Math.max(80, card.width * 0.6)))
                Layout.fillWidth: true
            }
        }
        Icon {
            visible: card.movable
            name: "more"
            rotation: 90
            color: Theme.textMuted
            Layout.alignment: Qt.AlignTop
        }
    }
    FocusRing {
        shown: card.focused
    }
}
