// SPDX-License-Identifier: Apache-2.0
// A short word on a soft ground: a state, a kind, a count.
import QtQuick
import Gems

Rectangle {
    id: badge

    property string text: ""
    // "", "good", "bad", "warn", "info" or "accent".
    property string tone: ""
    property string iconName: ""

    // In one line if there is room, in several if not.
    readonly property real beside: glyph.visible ? glyph.implicitWidth + row.spacing : 0

    implicitWidth: Math.ceil(natural.implicitWidth + beside) + 2 * Theme.s
    implicitHeight: row.implicitHeight + 6
    radius: Math.min(implicitHeight, Theme.fontSmall * 2) / 2
    color: Theme.toneSoft(tone)
    border.width: Theme.highContrast ? 1 : 0
    border.color: Theme.tone(tone)
    Accessible.role: Accessible.StaticText
    Accessible.name: text

    // The word's width without a break; the shown text's own may change with the width it is given, without an end.
    Text {
        id: natural

        visible: false
        text: badge.text
        textFormat: Text.PlainText
        font: word.font
        Accessible.ignored: true
    }
    Row {
        id: row

        anchors.centerIn: parent
        spacing: Theme.xs

        Icon {
            id: glyph

            visible: badge.iconName !== ""
            name: badge.iconName
            size: Math.round(Theme.fontSmall * 1.1)
            color: Theme.tone(badge.tone)
            anchors.verticalCenter: parent.verticalCenter
        }
        Text {
            id: word

            width: Math.max(1, Math.min(Math.ceil(natural.implicitWidth), badge.width - 2 * Theme.s - badge.beside))
            wrapMode: Text.Wrap
            text: badge.text
            textFormat: Text.PlainText
            color: Theme.tone(badge.tone)
            font.family: Theme.family
            font.pixelSize: Theme.fontSmall
            font.weight: Font.Medium
            anchors.verticalCenter: parent.verticalCenter
            Accessible.ignored: true
        }
    }
}
