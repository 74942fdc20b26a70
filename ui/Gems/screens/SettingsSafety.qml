// SPDX-License-Identifier: Apache-2.0
// What the wallet allows without asking, and to whom it may pay. Whatever is loosened here is asked for once more in
// the wallet's own window.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

Card {
    id: card

    required property var viewModel
    required property var appViewModel

    readonly property list<int> minutes: [0, 1, 5, 15, 30, 60]
    readonly property list<int> hours: [0, 24, 48, 168]

    title: qsTr("Limits of the wallet")
    iconName: "lock"

    Connections {
        target: card.viewModel

        function onSaid(text: string, tone: string): void {
            card.appViewModel.toast(text, tone);
        }
        function onAdded(): void {
            nameField.text = "";
            addressField.text = "";
        }
    }

    ErrorBanner {
        what: card.viewModel.problemMessage
        safe: card.viewModel.problemSafe
        todo: card.viewModel.problemAction
        Layout.fillWidth: true
        onDismissed: card.viewModel.dismissProblem()
    }
    PlainText {
        visible: card.viewModel.distrusted
        text: qsTr("The file with your limits was changed or is older than your wallet. It begins anew: the address book is empty, and until you set a limit everything is asked for.")
        color: Theme.bad
        Layout.fillWidth: true
    }
    FormRow {
        label: qsTr("Lock after this long without a key or a click")
        Layout.fillWidth: true

        ComboBox {
            objectName: "autoLock"
            model: card.minutes.map(each => each === 0 ? qsTr("Never") : qsTr("%1 min").arg(each))
            currentIndex: card.minutes.indexOf(card.viewModel.autoLockMinutes)
            Accessible.name: qsTr("Lock after this long without a key or a click")
            onActivated: index => card.viewModel.setAutoLock(card.minutes[index])
        }
    }
    FormRow {
        label: qsTr("May leave in a day without a question")
        hint: card.viewModel.spent
        Layout.fillWidth: true

        TextField {
            id: limitField

            objectName: "dailyLimit"
            text: card.viewModel.limit
            inputMethodHints: Qt.ImhFormattedNumbersOnly
            maximumLength: 24
            Layout.fillWidth: true
            Layout.maximumWidth: Math.round(160 * Theme.textScale)
            Accessible.name: qsTr("Daily limit, in GEM")
            onAccepted: card.viewModel.setDailyLimit(text)
        }
        PlainText {
            text: qsTr("GEM")
            color: Theme.textMuted
        }
        SecondaryButton {
            objectName: "setLimit"
            text: qsTr("Set")
            enabled: limitField.text !== card.viewModel.limit && limitField.text !== "" && !card.viewModel.busy
            onClicked: card.viewModel.setDailyLimit(limitField.text)
        }
    }
    FormRow {
        label: qsTr("A new address waits")
        hint: qsTr("Until then every payment to it is asked for. It gives you time to notice an address that you did not add.")
        Layout.fillWidth: true

        ComboBox {
            objectName: "payoutDelay"
            model: card.hours.map(each => each === 0 ? qsTr("Not at all") : qsTr("%1 h").arg(each))
            currentIndex: card.hours.indexOf(card.viewModel.delayHours)
            Accessible.name: qsTr("A new address waits")
            onActivated: index => card.viewModel.setDelayHours(card.hours[index])
        }
    }
    PlainText {
        text: qsTr("Address book")
        font.weight: Font.DemiBold
        Layout.fillWidth: true
        Accessible.role: Accessible.Heading
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
                enabled: nameField.text !== "" && card.viewModel.addressShown !== "" && !card.viewModel.busy
                onClicked: card.viewModel.addAddress(nameField.text, addressField.text)
            }
        }
    }
    SettingsPassword {
        viewModel: card.viewModel
        Layout.fillWidth: true
    }
}
