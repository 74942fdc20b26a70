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

    implicitWidth: row.implicitWidth + 2 * Theme.s
    implicitHeight: row.implicitHeight + 6
    radius: implicitHeight / 2
    color: Theme.toneSoft(tone)
    border.width: Theme.highContrast ? 1 : 0
    border.color: Theme.tone(tone)
    Accessible.role: Accessible.StaticText
    Accessible.name: text

    Row {
        id: row

        anchors.centerIn: parent
        spacing: Theme.xs

        Icon {
            visible: badge.iconName !== ""
            name: badge.iconName
            size: Math.round(Theme.fontSmall * 1.1)
            color: Theme.tone(badge.tone)
            anchors.verticalCenter: parent.verticalCenter
        }
        Text {
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
