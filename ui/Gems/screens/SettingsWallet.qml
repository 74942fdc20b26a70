// SPDX-License-Identifier: Apache-2.0
// The address, what keeps its key, the lock, another password.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

Card {
    id: card

    required property var viewModel
    // The view model of the limits, which also changes the password.
    required property var safety

    title: qsTr("Wallet and security")
    iconName: "shield"

    FormRow {
        label: qsTr("Your address")
        hint: card.viewModel.storage
        Layout.fillWidth: true

        PlainText {
            text: card.viewModel.address
            wrapMode: Text.WrapAtWordBoundaryOrAnywhere
            Layout.fillWidth: true
        }
    }
    SecondaryButton {
        objectName: "lock"
        text: qsTr("Lock now")
        iconName: "lock"
        onClicked: card.viewModel.lock()
    }
    PlainText {
        text: qsTr("Your seed words are on your paper. Nothing here shows them, and nobody from Gems will ask for them.")
        color: Theme.textMuted
        font.pixelSize: Theme.fontSmall
        Layout.fillWidth: true
    }
    SettingsPassword {
        viewModel: card.safety
        Layout.fillWidth: true
    }
}
