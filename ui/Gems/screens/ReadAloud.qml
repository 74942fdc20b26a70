// SPDX-License-Identifier: Apache-2.0
// Reads the instructions and the task aloud, or stops; there only when it was switched on and the system has a voice.
import QtQuick
import Gems.components

QuietButton {
    id: button

    // The screen's view model, which says what is read.
    required property var reads
    // A VoiceViewModel (gems_desktop/viewmodels/voice.py).
    required property var voice
    // Whether the screen shows a task now; else F8 does nothing.
    property bool active: true
    // What is read belongs to this item; another one ends it.
    property string itemId: ""

    readonly property bool speaking: voice?.speaking ?? false

    objectName: "readAloud"
    visible: voice?.ready ?? false
    text: speaking ? qsTr("Stop reading") : qsTr("Read aloud")
    iconName: speaking ? "x" : "speech"
    keyHint: "F8"
    focusPolicy: Qt.TabFocus
    onClicked: voice.toggle(reads)
    onItemIdChanged: voice?.stop?.()
    onActiveChanged: {
        if (!active)
            voice?.stop?.();
    }
    Component.onDestruction: voice?.stop?.()

    Shortcut {
        sequence: "F8"
        enabled: button.active && button.visible
        onActivated: button.voice.toggle(button.reads)
    }
    Shortcut {
        // only while it reads, so that Escape is free for everything else
        sequence: "Esc"
        enabled: button.speaking
        onActivated: button.voice.stop()
    }
}
