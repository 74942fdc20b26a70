// SPDX-License-Identifier: Apache-2.0
// A key of the keyboard, drawn as one: "1", "Enter", "Ctrl+Z".
import QtQuick
import Gems

Rectangle {
    id: cap

    property string keys: ""
    property color ink: Theme.textMuted

    implicitWidth: Math.max(implicitHeight, label.implicitWidth + 8)
    implicitHeight: label.implicitHeight + 2
    radius: 4
    color: "transparent"
    border.width: 1
    border.color: Qt.alpha(ink, Theme.highContrast ? 1 : 0.55)

    Text {
        id: label

        anchors.centerIn: parent
        text: cap.keys
        textFormat: Text.PlainText
        color: cap.ink
        font.family: Theme.family
        font.pixelSize: Math.round(Theme.fontSmall * 0.92)
        font.weight: Font.Medium
        Accessible.ignored: true
    }
}
