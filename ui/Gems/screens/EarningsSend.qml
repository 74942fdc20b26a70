// SPDX-License-Identifier: Apache-2.0
// Sending GEM: where to, how much and out of which pocket; then everything to the last unit before it is signed.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

ConfirmDialog {
    id: dialog

    required property var sending
    required property var appViewModel

    readonly property bool asking: !sending.quoteOpen
    readonly property bool fromChannel: source.currentIndex === 1

    title: asking ? qsTr("Send GEM") : qsTr("Send this?")
    sentence: asking ? qsTr("A relayer carries it for a small fee in GEM. What is sent cannot be called back.") : qsTr("Compare the whole address, group by group. What is sent cannot be called back.")
    acceptText: qsTr("Sign and send")
    asks: !asking
    onAccepted: sending.confirmSend()
    onRejected: sending.cancelSend()
    onOpened: {
        to.text = "";
        amount.text = "";
        book.currentIndex = -1;
        if (asking)
            to.forceActiveFocus(Qt.TabFocusReason);
    }
    onAskingChanged: {
        if (opened && !asking)
            takeFocus();
    }

    Connections {
        target: dialog.sending

        function onSaid(text: string, tone: string): void {
            dialog.appViewModel.toast(text, tone);
        }
    }
    ErrorBanner {
        what: dialog.sending.problemMessage
        safe: dialog.sending.problemSafe
        todo: dialog.sending.problemAction
        Layout.fillWidth: true
        onDismissed: dialog.sending.dismissProblem()
    }
    ColumnLayout {
        visible: dialog.asking
        spacing: Theme.m
        Layout.fillWidth: true

        FormRow {
            label: qsTr("From")
            Layout.fillWidth: true

            SegmentedControl {
                id: source

                objectName: "sendFrom"
                name: qsTr("From")
                labels: [qsTr("Wallet"), qsTr("Channel")]
                onChosen: index => source.currentIndex = index
            }
        }
        FormRow {
            visible: dialog.sending.book.count > 0
            label: qsTr("Address book")
            Layout.fillWidth: true

            ComboBox {
                id: book

                objectName: "sendBook"
                model: dialog.sending.book
                textRole: "name"
                valueRole: "address"
                currentIndex: -1
                displayText: currentIndex < 0 ? qsTr("Choose…") : currentText
                Layout.fillWidth: true
                Accessible.name: qsTr("Address book")
                onActivated: to.text = currentValue
            }
        }
        FormRow {
            label: qsTr("To")
            hint: to.text !== "" && !dialog.sending.isAddress(to.text) ? qsTr("This is not a whole and correct address yet.") : ""
            Layout.fillWidth: true

            TextField {
                id: to

                objectName: "sendTo"
                placeholderText: "0x…"
                maximumLength: 120
                inputMethodHints: Qt.ImhNoPredictiveText | Qt.ImhNoAutoUppercase
                Layout.fillWidth: true
                Accessible.name: qsTr("Address to send to")
            }
        }
        FormRow {
            visible: !dialog.fromChannel
            label: qsTr("Amount")
            hint: qsTr("In your wallet: %1 GEM").arg(dialog.sending.walletGem)
            Layout.fillWidth: true

            TextField {
                id: amount

                objectName: "sendAmount"
                placeholderText: "0.00"
                inputMethodHints: Qt.ImhFormattedNumbersOnly
                maximumLength: 24
                Layout.fillWidth: true
                Layout.maximumWidth: Math.round(160 * Theme.textScale)
                Accessible.name: qsTr("Amount in GEM")
                onAccepted: if (next.enabled)
                    next.clicked()
            }
            PlainText {
                text: qsTr("GEM")
                color: Theme.textMuted
            }
        }
        PlainText {
            visible: dialog.fromChannel
            text: qsTr("Everything that can be claimed goes straight there: %1 GEM.").arg(dialog.sending.claimable)
            color: Theme.textMuted
            Layout.fillWidth: true
        }
        PrimaryButton {
            id: next

            objectName: "sendNext"
            text: qsTr("Continue")
            busy: dialog.sending.busy
            enabled: dialog.sending.isAddress(to.text) && (dialog.fromChannel ? dialog.sending.canSendChannel : amount.text !== "" && dialog.sending.canSend)
            onClicked: dialog.sending.askQuote(to.text, amount.text, dialog.fromChannel)
        }
    }
    ColumnLayout {
        visible: !dialog.asking
        spacing: Theme.m
        Layout.fillWidth: true

        FactLine {
            visible: dialog.sending.quoteName !== ""
            label: qsTr("In your address book")
            value: dialog.sending.quoteName
        }
        PlainText {
            objectName: "quoteTo"
            text: dialog.sending.quoteTo
            wrapMode: Text.Wrap
            Layout.fillWidth: true
        }
        FactLine {
            label: dialog.sending.quoteFromChannel ? qsTr("From your channel") : qsTr("From your wallet")
            value: dialog.sending.quoteAmount
            unit: qsTr("GEM")
        }
        FactLine {
            label: qsTr("Fee of the relayer")
            word: "relayer_fee"
            value: dialog.sending.quoteFee
            unit: qsTr("GEM")
        }
        FactLine {
            label: qsTr("Arrives")
            value: dialog.sending.quoteArrives
            unit: qsTr("GEM")
            beside: dialog.sending.quoteArrivesBeside
            strong: true
        }
        FactLine {
            label: qsTr("Can be carried out until")
            value: dialog.sending.quoteUntil
        }
        PlainText {
            text: qsTr("It usually takes a few minutes. If it is not carried out by then, nothing has left.")
            color: Theme.textMuted
            Layout.fillWidth: true
        }
    }
}
