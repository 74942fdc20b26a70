// SPDX-License-Identifier: Apache-2.0
// A claim to the last unit before it is signed: what leaves the channel, the fee, what arrives, who carries it, until when.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

ConfirmDialog {
    id: dialog

    required property var viewModel

    title: qsTr("Claim to your wallet?")
    sentence: qsTr("You sign a claim that only this relayer can use, for at most this fee.")
    acceptText: qsTr("Sign and claim")
    onAccepted: viewModel.confirmClaim()
    onRejected: viewModel.cancelClaim()

    FactLine {
        label: qsTr("From your channel")
        word: "channel"
        value: dialog.viewModel.quoteAmount
        unit: qsTr("GEM")
    }
    FactLine {
        label: qsTr("Fee of the relayer")
        word: "relayer_fee"
        value: dialog.viewModel.quoteFee
        unit: qsTr("GEM")
    }
    FactLine {
        label: qsTr("You receive")
        value: dialog.viewModel.quoteReceives
        unit: qsTr("GEM")
        beside: dialog.viewModel.quoteReceivesBeside
        strong: true
    }
    FactLine {
        label: qsTr("Relayer")
        word: "relayer"
        value: dialog.viewModel.quoteRelayer
    }
    FactLine {
        label: qsTr("Can be used until")
        value: dialog.viewModel.quoteDeadline
    }
    PlainText {
        text: qsTr("It usually takes a few minutes. If it is not carried out by then, your pay stays in your channel and you can claim again.")
        color: Theme.textMuted
        Layout.fillWidth: true
    }
}
