// SPDX-License-Identifier: Apache-2.0
// What the platform says about a requester's money beside what the chain's own events come to.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

Card {
    id: card

    required property var viewModel

    title: qsTr("Checked on the chain")
    iconName: "bank"

    RowLayout {
        spacing: Theme.s
        Layout.fillWidth: true

        Icon {
            name: card.viewModel.chainFits ? "info" : "alert"
            color: card.viewModel.chainFits ? Theme.textMuted : Theme.bad
            Layout.alignment: Qt.AlignTop
        }
        PlainText {
            objectName: "checkedText"
            text: qsTr("%n task(s) in all.", "", card.viewModel.tasksTotal) + " " + card.viewModel.checkedText
            color: card.viewModel.chainFits ? Theme.textMuted : Theme.bad
            Layout.fillWidth: true
        }
    }
    DataList {
        objectName: "chain"
        visible: card.viewModel.chain.count > 0
        name: qsTr("Checked on the chain")
        model: card.viewModel.chain
        columns: [
            {
                title: qsTr("Campaign"),
                role: "campaign",
                weight: 3
            },
            {
                title: qsTr("What"),
                role: "what",
                weight: 2
            },
            {
                title: qsTr("Platform, GEM"),
                role: "told",
                weight: 1.5,
                align: "right"
            },
            {
                title: qsTr("Chain, GEM"),
                role: "onChain",
                weight: 1.5,
                align: "right"
            },
            {
                title: qsTr("Compared"),
                role: "agrees",
                weight: 1
            }
        ]
        Layout.fillWidth: true
    }
    PlainText {
        visible: card.viewModel.chain.count > 0
        text: qsTr("What was paid out on the chain follows what was earned: it may lag behind, never run ahead.")
        color: Theme.textMuted
        font.pixelSize: Theme.fontSmall
        Layout.fillWidth: true
    }
}
