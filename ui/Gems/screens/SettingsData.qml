// SPDX-License-Identifier: Apache-2.0
// How much data crossed the network, by day and by campaign.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

Card {
    id: card

    required property var viewModel

    title: qsTr("Data used")
    iconName: "download"

    FactLine {
        label: qsTr("Today")
        value: card.viewModel.today
        strong: true
    }
    FactLine {
        label: qsTr("Last 14 days")
        value: card.viewModel.total
    }
    BarChart {
        objectName: "dataBars"
        title: qsTr("Data used by day")
        facts: card.viewModel.chart
        heads: [qsTr("Day"), qsTr("Data used")]
        emptyText: qsTr("Nothing was sent or fetched yet.")
        Layout.fillWidth: true
    }
    Repeater {
        model: card.viewModel.campaigns

        FactLine {
            required property string title
            required property string used

            objectName: "dataRow"
            label: title
            value: used
        }
    }
    PlainText {
        text: qsTr("Counted with the lines that introduce each request, without what your network adds to carry them (about 3 to 5 %).")
        color: Theme.textMuted
        font.pixelSize: Theme.fontSmall
        Layout.fillWidth: true
    }
}
