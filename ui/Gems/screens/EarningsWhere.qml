// SPDX-License-Identifier: Apache-2.0
// Where every GEM of mine is right now, from the wallet to what is not judged yet.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

Card {
    id: card

    required property var viewModel

    title: qsTr("Where your GEM is")
    iconName: "earnings"
    spacing: Theme.s

    FactLine {
        label: qsTr("In your wallet, on chain")
        value: card.viewModel.walletGem
        unit: qsTr("GEM")
        strong: true
    }
    FactLine {
        label: qsTr("Claimed in all")
        value: card.viewModel.claimed
        unit: qsTr("GEM")
    }
    FactLine {
        label: qsTr("Owed, not yet in a voucher")
        value: card.viewModel.owed
        unit: qsTr("GEM")
    }
    FactLine {
        label: qsTr("Sent, not yet judged")
        value: card.viewModel.inReview
        unit: qsTr("GEM")
    }
    FactLine {
        visible: card.viewModel.heldText !== ""
        label: qsTr("Accepted, not yet paid")
        value: card.viewModel.held
        unit: qsTr("GEM")
    }
    FactLine {
        visible: card.viewModel.hasDisputed
        label: qsTr("Disputed, judged again")
        value: card.viewModel.disputed
        unit: qsTr("GEM")
    }
    FactLine {
        label: qsTr("Bond")
        value: card.viewModel.bonded
        unit: qsTr("GEM")
    }
    FactLine {
        label: qsTr("At stake now")
        value: card.viewModel.atStake
        unit: qsTr("GEM")
    }
    FactLine {
        label: qsTr("Locked for you in the channel")
        value: card.viewModel.deposit
        unit: qsTr("GEM")
    }
    FactLine {
        label: qsTr("Gas coin")
        value: card.viewModel.gasCoin
    }
    PlainText {
        visible: text !== ""
        text: card.viewModel.heldText
        color: Theme.textMuted
        font.pixelSize: Theme.fontSmall
        Layout.fillWidth: true
    }
    PlainText {
        text: qsTr("A voucher is the platform's signature for all that it owes you. With it the chain pays you, even if the platform does not want to.")
        color: Theme.textMuted
        font.pixelSize: Theme.fontSmall
        Layout.fillWidth: true
    }
    Item {
        Layout.fillHeight: true
    }
}
