// SPDX-License-Identifier: Apache-2.0
// To whom the wallet may pay: the address book. Adding to it is asked for once more in the wallet's own window.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

Card {
    id: card

    // A SafetyViewModel (gems_desktop/viewmodels/safety.py).
    required property var viewModel

    title: qsTr("Address book")
    iconName: "list"

    Connections {
        target: card.viewModel

        function onAdded(): void {
            nameField.text = "";
            addressField.text = "";
        }
    }

    Repeater {
        model: card.viewModel.book

        RowLayout {
            id: entry

            required property string name
            required property string address
            required property string shown
            required property string waiting
            required property bool usable

            spacing: Theme.s
            Layout.fillWidth: true

            ColumnLayout {
                spacing: 0
                Layout.fillWidth: true

                PlainText {
                    text: entry.name
                    font.weight: Font.Medium
                    Layout.fillWidth: true
                }
                PlainText {
                    text: entry.shown
                    font.pixelSize: Theme.fontSmall
                    Layout.fillWidth: true
                }
                PlainText {
                    text: entry.waiting
                    color: entry.usable ? Theme.good : Theme.warn
                    font.pixelSize: Theme.fontSmall
                    Layout.fillWidth: true
                }
            }
            QuietButton {
                objectName: "remove." + entry.address
                text: qsTr("Remove")
                Accessible.name: qsTr("Remove %1").arg(entry.name)
                onClicked: card.viewModel.removeAddress(entry.address)
            }
        }
    }
    FormRow {
        label: qsTr("Add an address")
        error: card.viewModel.addressProblem
        hint: card.viewModel.addressShown !== "" ? qsTr("Compare it once more: %1").arg(card.viewModel.addressShown) : ""
        Layout.fillWidth: true

        ColumnLayout {
            spacing: Theme.s
            Layout.fillWidth: true

            TextField {
                id: nameField

                objectName: "bookName"
                placeholderText: qsTr("Name, as “Savings”")
                maximumLength: 40
                Layout.fillWidth: true
                Accessible.name: qsTr("Name of the address")
            }
            TextField {
                id: addressField

                objectName: "bookAddress"
                placeholderText: qsTr("Address, 0x…")
                maximumLength: 80
                Layout.fillWidth: true
                Accessible.name: qsTr("Address")
                onTextChanged: card.viewModel.typeAddress(text)
            }
            SecondaryButton {
                objectName: "addAddress"
                text: card.viewModel.busy ? qsTr("Asking in the wallet's own window") : qsTr("Add")
                busy: card.viewModel.busy
                enabled: nameField.text !== "" && card.viewModel.addressShown !== ""
                onClicked: card.viewModel.addAddress(nameField.text, addressField.text)
            }
        }
    }
}
