// SPDX-License-Identifier: Apache-2.0
// One row of a DataList: cells side by side that wrap, or below each other with their headings.
pragma ComponentBehavior: Bound

import QtQuick
import Gems

Rectangle {
    id: row

    required property var model
    property var columns: []
    property var cellWidth: column => 100
    property bool stacked: false
    property bool current: false
    property bool marked: false
    // The height at which nothing is cut off.
    readonly property real wanted: Math.ceil(cells.tallest) + (stacked ? 2 * Theme.s : Theme.xs)

    signal tapped

    color: current ? Theme.accentSoft : hover.hovered ? Theme.hover : "transparent"
    border.width: marked ? Theme.focusWidth : 0
    border.color: Theme.focus
    Accessible.role: Accessible.Row
    Accessible.name: row.columns.map(column => row.model[column.role] ?? "").join(", ")

    HoverHandler {
        id: hover
    }
    TapHandler {
        onTapped: row.tapped()
    }
    Grid {
        id: cells

        readonly property real tallest: {
            let most = 0, sum = 0;
            for (const cell of children) {
                most = Math.max(most, cell.implicitHeight);
                sum += cell.implicitHeight;
            }
            return row.stacked ? sum : most;
        }

        x: Theme.m
        y: row.stacked ? Theme.s : 0
        columns: row.stacked ? 1 : Math.max(1, row.columns.length)

        Repeater {
            model: row.columns

            Item {
                id: cell

                required property var modelData

                width: row.stacked ? row.width - 2 * Theme.m : row.cellWidth(modelData)
                height: row.stacked ? implicitHeight : row.height
                // heights as they stand: asking a text for its implicit one lays it out and asks again
                implicitHeight: Math.max(value.height, row.stacked ? label.height : 0)

                PlainText {
                    id: label

                    visible: row.stacked
                    anchors.left: parent.left
                    width: parent.width * 0.4
                    rightPadding: Theme.s
                    text: cell.modelData.title ?? ""
                    color: Theme.textMuted
                    font.pixelSize: Theme.fontSmall
                    Accessible.ignored: true
                }
                PlainText {
                    id: value

                    anchors.right: parent.right
                    y: row.stacked ? 0 : Math.round((parent.height - height) / 2)
                    width: row.stacked ? parent.width * 0.6 : parent.width
                    rightPadding: row.stacked ? 0 : Theme.s
                    text: row.model[cell.modelData.role] ?? ""
                    horizontalAlignment: cell.modelData.align === "right" && !row.stacked ? Text.AlignRight : Text.AlignLeft
                    Accessible.ignored: true
                }
            }
        }
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 1
        color: Theme.border
        opacity: 0.6
    }
}
