// SPDX-License-Identifier: Apache-2.0
// Sums of the movements by day, requester or kind, over a week, a month or everything.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

Card {
    id: card

    // A TotalsViewModel (gems_desktop/viewmodels/totals.py).
    required property var totals

    readonly property bool byKind: totals.by === 2
    readonly property var names: [qsTr("Day"), qsTr("Requester"), qsTr("Kind")]
    readonly property var sums: [
        {
            title: qsTr("Paid tasks"),
            role: "count",
            weight: 1.1,
            align: "right"
        },
        {
            title: qsTr("Pay"),
            role: "pay",
            weight: 1.2,
            align: "right"
        },
        {
            title: qsTr("Stakes and bonds"),
            role: "stakes",
            weight: 1.4,
            align: "right"
        },
        {
            title: qsTr("Wallet"),
            role: "wallet",
            weight: 1.2,
            align: "right"
        }
    ]
    readonly property var kindSums: [
        {
            title: qsTr("Movements"),
            role: "count",
            weight: 1,
            align: "right"
        },
        {
            title: qsTr("GEM"),
            role: "amount",
            weight: 1.2,
            align: "right"
        }
    ]

    title: qsTr("Totals")
    iconName: "trend"
    onVisibleChanged: totals.setShown(visible)
    Component.onCompleted: totals.setShown(visible)
    Component.onDestruction: totals.setShown(false)

    Flow {
        spacing: Theme.m
        Layout.fillWidth: true

        SegmentedControl {
            objectName: "totalsBy"
            name: qsTr("Totals by")
            labels: [qsTr("By day"), qsTr("By requester"), qsTr("By kind")]
            currentIndex: card.totals.by
            onChosen: index => card.totals.chooseBy(index)
        }
        SegmentedControl {
            objectName: "totalsSpan"
            name: qsTr("Totals of")
            labels: [qsTr("This week"), qsTr("This month"), qsTr("All")]
            currentIndex: card.totals.span
            onChosen: index => card.totals.chooseSpan(index)
        }
    }
    DataList {
        objectName: "totals"
        name: qsTr("Totals")
        model: card.totals.rows
        emptyText: qsTr("Nothing moved in this time. Choose a longer one above.")
        columns: [
            {
                title: card.names[card.totals.by],
                role: "name",
                weight: 2.4
            }
        ].concat(card.byKind ? card.kindSums : card.sums)
        Layout.fillWidth: true
    }
    PlainText {
        text: qsTr("Days are those of UTC. What comes to the wallet was pay or bond before, so it is not earned again.")
        color: Theme.textMuted
        font.pixelSize: Theme.fontSmall
        Layout.fillWidth: true
    }
}
