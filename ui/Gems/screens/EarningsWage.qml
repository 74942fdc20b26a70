// SPDX-License-Identifier: Apache-2.0
// What an hour brought: on the tasks that were paid, and with the time that nobody pays for.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

Card {
    id: card

    // A WageViewModel (gems_desktop/viewmodels/wage.py).
    required property var wage

    title: qsTr("Pay per hour")
    iconName: "clock"
    onVisibleChanged: wage.setShown(visible)
    Component.onCompleted: wage.setShown(visible)
    Component.onDestruction: wage.setShown(false)

    GridLayout {
        columns: card.width < 620 * Theme.textScale ? 1 : 2
        columnSpacing: Theme.m
        rowSpacing: Theme.m
        uniformCellWidths: true
        Layout.fillWidth: true

        StatTile {
            label: qsTr("On paid tasks")
            word: "pay_per_hour"
            value: card.wage.perHour
            unit: qsTr("GEM")
            note: card.wage.paidTime
            iconName: "check"
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
        StatTile {
            label: qsTr("With unpaid time")
            word: "unpaid_time"
            value: card.wage.perHourAll
            unit: qsTr("GEM")
            note: card.wage.allTime
            iconName: "clock"
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
    }
    PairChart {
        objectName: "wageChart"
        title: qsTr("Pay per hour by day")
        facts: card.wage.chart
        heads: [qsTr("Day"), qsTr("On paid tasks"), qsTr("With unpaid time"), qsTr("Time")]
        firstText: qsTr("On paid tasks")
        secondText: qsTr("With unpaid time")
        emptyText: qsTr("Do a few tasks: once they are paid, you see here what an hour brings.")
        Layout.fillWidth: true
    }
    PlainText {
        text: qsTr("Unpaid time is looking for work, reading, practice, and work that was rejected or is not paid yet. It is counted on this computer, only while you use the window, and stays here.")
        color: Theme.textMuted
        font.pixelSize: Theme.fontSmall
        Layout.fillWidth: true
        Layout.maximumWidth: Theme.readingWidth
    }
}
