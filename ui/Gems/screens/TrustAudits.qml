// SPDX-License-Identifier: Apache-2.0
// How my audits were drawn: had against expected, what the test of it says in words, and each draw.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

Card {
    id: card

    required property var viewModel

    title: qsTr("Audits")
    iconName: "eye"
    word: "audit"

    PairChart {
        objectName: "auditChart"
        title: qsTr("Audits")
        facts: card.viewModel.auditChart
        heads: [qsTr("From"), qsTr("Audited"), qsTr("Expected")]
        firstText: qsTr("Audited")
        secondText: qsTr("Expected by chance")
        Layout.fillWidth: true
    }
    PlainText {
        visible: text !== "" && (card.viewModel.auditChart.points ?? []).length === 0
        text: card.viewModel.auditText
        Layout.fillWidth: true
    }
    RowLayout {
        spacing: Theme.s
        Layout.fillWidth: true

        Icon {
            visible: card.viewModel.auditText !== ""
            name: card.viewModel.findingOdd ? "alert" : "check"
            color: card.viewModel.findingOdd ? Theme.warn : Theme.good
            Layout.alignment: Qt.AlignTop
        }
        PlainText {
            objectName: "auditFinding"
            text: card.viewModel.findingText
            color: card.viewModel.findingOdd ? Theme.warn : Theme.text
            font.weight: Font.DemiBold
            Layout.fillWidth: true
        }
    }
    Repeater {
        model: card.viewModel.auditNotes

        PlainText {
            required property string modelData

            text: modelData
            color: Theme.textMuted
            Layout.fillWidth: true
        }
    }
    PlainText {
        visible: card.viewModel.auditText !== ""
        text: qsTr("Each draw is computed again on this computer from the secret that the platform committed to before you worked. Choose a row to save its evidence as a file for somebody else to check.")
        color: Theme.textMuted
        font.pixelSize: Theme.fontSmall
        Layout.fillWidth: true
        Layout.maximumWidth: Theme.readingWidth
    }
    DataList {
        objectName: "audits"
        visible: card.viewModel.auditText !== ""
        name: qsTr("Audits")
        model: card.viewModel.audits
        columns: [
            {
                title: qsTr("When"),
                role: "when",
                weight: 2
            },
            {
                title: qsTr("Campaign"),
                role: "campaign",
                weight: 3
            },
            {
                title: qsTr("Chance"),
                role: "chance",
                weight: 1,
                align: "right"
            },
            {
                title: qsTr("Draw"),
                role: "drawn",
                weight: 2
            },
            {
                title: qsTr("Seed"),
                role: "seed",
                weight: 2.6
            }
        ]
        Layout.fillWidth: true
        onActivated: index => card.viewModel.exportEvidence(index)
    }
}
