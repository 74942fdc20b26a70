// SPDX-License-Identifier: Apache-2.0
// How the wallet is kept on this computer: a password typed twice, or the system's keyring.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

WelcomeStep {
    id: step

    required property var viewModel

    title: qsTr("Protect it on this computer")
    sentence: qsTr("A password keeps others who use this computer away from your money. It is not sent anywhere; if you forget it, your seed words still work.")
    first: firstField

    FormRow {
        label: qsTr("Password")
        hint: qsTr("At least 8 characters. A few words in a row are easy to remember.")
        Layout.fillWidth: true

        PasswordField {
            id: firstField

            objectName: "newPassword"
            name: qsTr("Password")
            onSubmitted: againField.field.forceActiveFocus(Qt.TabFocusReason)
        }
    }
    FormRow {
        label: qsTr("The same password again")
        Layout.fillWidth: true

        PasswordField {
            id: againField

            objectName: "samePassword"
            name: qsTr("The same password again")
            onSubmitted: step.viewModel.protectWithPassword(firstField.field, againField.field)
        }
    }
    Flow {
        spacing: Theme.s
        Layout.fillWidth: true

        PrimaryButton {
            text: qsTr("Protect with this password")
            keyHint: "Enter"
            enabled: firstField.length > 0 && againField.length > 0 && !step.viewModel.busy
            onClicked: step.viewModel.protectWithPassword(firstField.field, againField.field)
        }
        SecondaryButton {
            objectName: "useKeyring"
            visible: step.viewModel.keyringAvailable
            text: qsTr("Use the system's keyring instead")
            iconName: "lock"
            enabled: !step.viewModel.busy
            onClicked: step.viewModel.protectWithKeyring()
        }
    }
}
