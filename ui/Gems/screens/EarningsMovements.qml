// SPDX-License-Identifier: Apache-2.0
// Every movement of money, or those of one kind, and the way to a file of them.
import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

Card {
    id: card

    required property var viewModel

    signal explained(int index)

    title: qsTr("Every movement")
    iconName: "list"

    Flow {
        spacing: Theme.s
        Layout.fillWidth: true

        ComboBox {
            objectName: "movementKinds"
            model: [qsTr("Everything"), qsTr("Pay"), qsTr("Stakes"), qsTr("Claims and sent")]
            Accessible.name: qsTr("Which movements are shown and exported")
            onActivated: index => card.viewModel.chooseKinds(index)
        }
        ComboBox {
            objectName: "movementSpan"
            model: [qsTr("This week"), qsTr("This month"), qsTr("All")]
            currentIndex: 2
            Accessible.name: qsTr("The time whose movements are shown and exported")
            onActivated: index => card.viewModel.chooseSpan(index)
        }
        SecondaryButton {
            objectName: "exportCsv"
            text: qsTr("Export CSV")
            iconName: "download"
            busy: card.viewModel.busy
            onClicked: card.viewModel.exportCsv()
            Keys.onReturnPressed: clicked()
        }
    }
    PlainText {
        visible: movements.count > 0
        text: qsTr("Press a line to see why it is this amount.")
        color: Theme.textMuted
        font.pixelSize: Theme.fontSmall
        Layout.fillWidth: true
    }
    DataList {
        id: movements

        objectName: "movements"
        name: qsTr("Every movement")
        onActivated: index => card.explained(index)
        model: card.viewModel.ledger
        emptyText: qsTr("Nothing has moved yet. Pay, stakes and claims are listed here as they happen.")
        columns: [
            {
                title: qsTr("When"),
                role: "when",
                weight: 2
            },
            {
                title: qsTr("What"),
                role: "what",
                weight: 2.2
            },
            {
                title: qsTr("Campaign"),
                role: "campaign",
                weight: 3
            },
            {
                title: qsTr("Pocket"),
                role: "pocket",
                weight: 1.1
            },
            {
                title: qsTr("GEM"),
                role: "amount",
                weight: 1.2,
                align: "right"
            }
        ]
        Layout.fillWidth: true
    }
}
