// SPDX-License-Identifier: Apache-2.0
// What the wallet allows without asking. Whatever is loosened here is asked for once more in the wallet's own window.
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
        word: "limit"
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
            busy: card.viewModel.busy
            enabled: limitField.text !== card.viewModel.limit && limitField.text !== ""
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
}
