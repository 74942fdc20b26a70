// SPDX-License-Identifier: Apache-2.0
// A dialogue or a list of paragraphs, each with its speaker, and the sound that goes with it.
pragma ComponentBehavior: Bound

import QtQuick
import Gems
import Gems.components

Column {
    id: paragraphs

    required property TaskRow row
    required property var viewModel
    readonly property var sound: row.part !== null ? row.part.sound : null

    spacing: Theme.s

    Flow {
        width: paragraphs.width
        spacing: Theme.s
        visible: paragraphs.sound !== null && paragraphs.sound.there

        SecondaryButton {
            objectName: "playDialogue"
            iconName: paragraphs.sound !== null && paragraphs.sound.playing ? "pause" : "play"
            text: paragraphs.sound !== null && paragraphs.sound.playing ? qsTr("Pause") : qsTr("Play")
            onClicked: paragraphs.sound.toggle()
        }
        Row {
            spacing: Theme.xs

            KeyCap {
                keys: qsTr("Space")
            }
            PlainText {
                text: qsTr("plays the paragraph at the cursor")
                color: Theme.textMuted
                font.pixelSize: Theme.fontSmall
            }
        }
    }
    PlainText {
        width: paragraphs.width
        visible: text !== ""
        text: paragraphs.sound !== null && paragraphs.sound.there ? paragraphs.sound.problem : ""
        color: Theme.bad
    }
    TaskSpans {
        width: paragraphs.width
        row: paragraphs.row
        viewModel: paragraphs.viewModel
    }
}
