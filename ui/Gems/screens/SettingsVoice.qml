// SPDX-License-Identifier: Apache-2.0
// Whether instructions can be read aloud, and how fast; where the system has no voice, what to install.
import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

Card {
    id: card

    required property var voice

    title: qsTr("Reading aloud")
    iconName: "speech"

    Switch {
        objectName: "readAloudOn"
        text: qsTr("Offer to read instructions and tasks aloud")
        checked: card.voice.on
        Layout.fillWidth: true
        onToggled: card.voice.setOn(checked)
    }
    PlainText {
        objectName: "noVoice"
        visible: card.voice.on && card.voice.missing
        text: Qt.platform.os === "linux" ? qsTr("This system has no voice. Install speech-dispatcher and espeak-ng, then open Gems again.") : qsTr("This system has no voice. Add one in the system's settings, then open Gems again.")
        color: Theme.warn
        Layout.fillWidth: true
    }
    PlainText {
        visible: card.voice.on && card.voice.ready
        text: qsTr("F8 reads, and stops. Nothing is read by itself.")
        color: Theme.textMuted
        font.pixelSize: Theme.fontSmall
        Layout.fillWidth: true
    }
    FormRow {
        visible: card.voice.on && card.voice.ready
        label: qsTr("Speed in percent")
        Layout.fillWidth: true

        SpinBox {
            objectName: "voiceRate"
            from: 50
            to: 200
            stepSize: 10
            value: card.voice.rate
            Accessible.name: qsTr("Speed in percent")
            onValueModified: card.voice.setRate(value)
        }
    }
}
