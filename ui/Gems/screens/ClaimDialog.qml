// SPDX-License-Identifier: Apache-2.0
// A claim to the last unit before it is signed: what leaves the channel, the fee, what arrives, who carries it, until when.
import QtQuick
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
        value: dialog.viewModel.quoteAmount
        unit: qsTr("GEM")
    }
    FactLine {
        label: qsTr("Fee of the relayer")
        value: dialog.viewModel.quoteFee
        unit: qsTr("GEM")
    }
    FactLine {
        label: qsTr("You receive")
        value: dialog.viewModel.quoteReceives
        unit: qsTr("GEM")
        strong: true
    }
    FactLine {
        label: qsTr("Relayer")
        value: dialog.viewModel.quoteRelayer
    }
    FactLine {
        label: qsTr("Can be used until")
        value: dialog.viewModel.quoteDeadline
    }
}
