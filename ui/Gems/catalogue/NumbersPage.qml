// SPDX-License-Identifier: Apache-2.0
// Money, figures and charts.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

PageFrame {
    id: page

    readonly property var none: ({
            points: [],
            ticks: [],
            summary: ""
        })
    readonly property var week: ({
            points: [1.2, 3.4, 2.2, 0, 4.1, 2.9, 3.4].map((value, at) => ({
                        label: "MTWTFSS"[at],
                        value: value,
                        other: value / 3,
                        low: value * 0.7,
                        high: value * 1.2,
                        text: String(value),
                        said: String(value),
                        cells: ["MTWTFSS"[at], String(value), String(value)]
                    })),
            ticks: [0, 2, 4, 6].map(value => ({
                        value: value,
                        text: String(value)
                    })),
            summary: "Between 0 and 4.1 GEM a day"
        })

    title: "Numbers"
    subtitle: "Figures of one width; the unit smaller; the table of a chart is one press away."

    GridLayout {
        columns: page.width < 700 * Theme.textScale ? 2 : 4
        columnSpacing: Theme.m
        rowSpacing: Theme.m
        uniformCellWidths: true
        Layout.fillWidth: true

        StatTile {
            label: "StatTile"
            value: "17.805"
            unit: "GEM"
            note: "a remark"
            iconName: "wallet"
            word: "claimable"
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
        StatTile {
            label: "StatTile · good"
            value: "3.42"
            unit: "GEM"
            beside: "≈ 42.75 KES"
            note: "more than yesterday"
            tone: "good"
            iconName: "earnings"
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
        StatTile {
            label: "StatTile · warn"
            value: "12"
            note: "due in 3 hours"
            tone: "warn"
            iconName: "outbox"
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
        StatTile {
            label: "StatTile · none yet"
            value: "0"
            note: "what will fill it"
            iconName: "clock"
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
    }
    Shelf {
        title: "Amount"
        cell: 240

        Amount {
            value: "12.5"
            Layout.fillWidth: true
        }
        Amount {
            value: "12.5"
            beside: "≈ 156.25 KES"
            Layout.fillWidth: true
        }
        Amount {
            value: "−3.25"
            color: Theme.bad
            Layout.fillWidth: true
        }
        Amount {
            value: "1,250.75"
            size: Theme.fontDisplay
            Layout.fillWidth: true
        }
    }
    Shelf {
        title: "Charts"
        cell: 420

        BarChart {
            title: "BarChart"
            facts: page.week
            heads: ["Day", "Pay"]
            Layout.fillWidth: true
        }
        PairChart {
            title: "PairChart"
            facts: page.week
            heads: ["Day", "Expected", "Had"]
            firstText: "Expected"
            secondText: "Had"
            Layout.fillWidth: true
        }
        BandChart {
            title: "BandChart"
            facts: page.week
            heads: ["Day", "Score"]
            lineText: "Score"
            rangeText: "Range"
            Layout.fillWidth: true
        }
        AcrossChart {
            title: "AcrossChart"
            facts: page.week
            heads: ["Day", "Pay"]
            Layout.fillWidth: true
        }
        BarChart {
            title: "BarChart · as a table"
            facts: page.week
            heads: ["Day", "Pay"]
            asTable: true
            Layout.fillWidth: true
        }
        BarChart {
            title: "BarChart · empty"
            facts: page.none
            emptyText: "What to do so that there will be something to see."
            Layout.fillWidth: true
        }
        BarChart {
            title: "A ChartFrame of one bar"
            facts: ({
                    points: page.week.points.slice(0, 1),
                    ticks: page.week.ticks,
                    summary: ""
                })
            heads: ["Day", "Pay"]
            Layout.fillWidth: true
        }
    }
}
