// SPDX-License-Identifier: Apache-2.0
// How the wallet is kept on this computer: a password typed twice, or the system's keyring.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

WelcomeStep {
    id: step

    required property var viewModel

    // Both fields are empty after a try: the next one begins with the first.
    function protect(): void {
        viewModel.protectWithPassword(firstField.field, againField.field);
        takeFocus();
    }

    title: qsTr("Protect it on this computer")
    sentence: qsTr("A password keeps others who use this computer away from your money. It is not sent anywhere; if you forget it, your seed words still work.")
    first: firstField

    FormRow {
        label: qsTr("Password")
        hint: firstField.length === 0 ? qsTr("At least 8 characters. A few words in a row are easy to remember.") : ""
        Layout.fillWidth: true

        PasswordField {
            id: firstField

            objectName: "newPassword"
            name: qsTr("Password")
            onSubmitted: againField.field.forceActiveFocus(Qt.TabFocusReason)
        }
    }
    ProgressLine {
        readonly property int strength: firstField.field.strength

        objectName: "strength"
        visible: firstField.length > 0
        text: [qsTr("Too short: at least 8 characters."), qsTr("Easy to guess: add a word or two."), qsTr("A good password."), qsTr("A very good password.")][strength]
        value: strength / 3
        tone: strength > 1 ? "good" : "warn"
        Layout.fillWidth: true
    }
    FormRow {
        label: qsTr("The same password again")
        Layout.fillWidth: true

        PasswordField {
            id: againField

            objectName: "samePassword"
            name: qsTr("The same password again")
            onSubmitted: step.protect()
        }
    }
    PlainText {
        visible: step.viewModel.keyringAvailable
        text: qsTr("With the keyring you need no password: who can use this computer as you can use the wallet.")
        color: Theme.textMuted
        Layout.fillWidth: true
    }
    Flow {
        spacing: Theme.s
        Layout.fillWidth: true

        PrimaryButton {
            text: qsTr("Protect with this password")
            keyHint: "Enter"
            busy: step.viewModel.busy
            enabled: firstField.length > 0 && againField.length > 0
            onClicked: step.protect()
        }
        SecondaryButton {
            objectName: "useKeyring"
            visible: step.viewModel.keyringAvailable
            text: qsTr("Use the system's keyring instead")
            iconName: "lock"
            busy: step.viewModel.busy
            onClicked: step.viewModel.protectWithKeyring()
        }
    }
}
