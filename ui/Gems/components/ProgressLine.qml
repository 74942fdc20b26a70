// SPDX-License-Identifier: Apache-2.0
// How far something is, as a bar and in words.
import QtQuick
import QtQuick.Layouts
import Gems

ColumnLayout {
    id: progress

    property real value: 0
    property string text: ""
    // What a screen reader calls it where there are no words.
    property string name: ""
    readonly property real minimumValue: 0
    readonly property real maximumValue: 1
    // "accent", "good", "bad", "warn" or "info".
    property string tone: "accent"

    spacing: Theme.xs
    Accessible.role: Accessible.ProgressBar
    Accessible.name: text !== "" ? text : name

    PlainText {
        visible: text !== ""
        text: progress.text
        color: Theme.textMuted
        font.pixelSize: Theme.fontSmall
        Layout.fillWidth: true
        Accessible.ignored: true
    }
    Rectangle {
        id: track

        implicitHeight: 8
        radius: 4
        color: Theme.sunken
        border.width: Theme.highContrast ? 1 : 0
        border.color: Theme.border
        Layout.fillWidth: true

        Rectangle {
            anchors.left: parent.left
            width: Math.max(progress.value > 0 ? height : 0, track.width * Math.max(0, Math.min(1, progress.value)))
            height: parent.height
            radius: 4
            color: progress.tone === "accent" ? Theme.accent : Theme.tone(progress.tone)
        }
    }
}
