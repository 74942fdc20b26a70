// SPDX-License-Identifier: Apache-2.0
// Items to put in order or to sort into buckets: dragged, or moved with Alt and arrows; digits sort into a column.
pragma ComponentBehavior: Bound

import QtQuick
import Gems
import Gems.components

Column {
    id: ranker

    required property TaskRow row
    required property var viewModel
    readonly property var part: row.part
    readonly property bool readOnly: viewModel.readOnly
    readonly property int count: columns.count
    readonly property int across: Math.max(1, Math.min(count, Math.floor((width + Theme.m) / (Math.round(230 * Theme.textScale) + Theme.m))))
    readonly property int columnWidth: count === 1 ? Math.min(width, Math.round(760 * Theme.textScale)) : Math.floor((width - (across - 1) * Theme.m) / across)
    // Where a dragged card would land: a column and a place in it.
    property int dropColumn: -1
    property int dropAt: -1

    spacing: Theme.s

    // Move a card and keep the keyboard on it.
    function shift(column: int, at: int, toColumn: int, to: int): void {
        if (ranker.part.move(column, at, toColumn, to))
            Qt.callLater(ranker.takeKeyboard, toColumn, to);
    }

    function takeKeyboard(column: int, at: int): void {
        (columns.itemAt(column) as TaskRankerColumn)?.takeKeyboard(at);
    }

    // Whether a digit sorts into a column, and does not mean an option of another control.
    function hasKey(digit: int): bool {
        return (columns.itemAt(digit - 1) as TaskRankerColumn)?.key === String(digit);
    }

    // What lies below a point of this item while the card `from` of the column `source` is dragged.
    function aim(x: real, y: real, source: int, from: int): void {
        let best = -1;
        for (let at = 0; at < columns.count; at++) {
            const column = columns.itemAt(at) as TaskRankerColumn;
            const inside = column.mapFromItem(ranker, x, y);
            if (inside.x >= 0 && inside.x < column.width && (ranker.across === ranker.count || inside.y >= 0 && inside.y < column.height))
                best = at;
        }
        ranker.dropColumn = best;
        ranker.dropAt = best < 0 ? -1 : (columns.itemAt(best) as TaskRankerColumn).placeAt(ranker.mapToItem(columns.itemAt(best), x, y).y, best === source ? from : -1);
    }

    function drop(source: int, from: int): void {
        const column = ranker.dropColumn;
        const at = ranker.dropAt;
        ranker.dropColumn = -1;
        ranker.dropAt = -1;
        if (column >= 0 && (column !== source || at !== from))
            ranker.shift(source, from, column, at);
    }

    TaskCaption {
        width: ranker.width
        row: ranker.row
        text: ranker.row.hint !== "" ? ranker.row.hint : ranker.readOnly ? "" : ranker.part.sorting ? qsTr("Drag each item to where it belongs, the best on top.") : qsTr("Drag the items into order, the best on top.")
    }
    Flow {
        width: ranker.width
        spacing: Theme.s
        visible: !ranker.readOnly

        KeyCap {
            keys: "Alt ↑"
        }
        KeyCap {
            keys: "Alt ↓"
        }
        KeyCap {
            visible: ranker.part.sorting
            keys: "Alt →"
        }
        KeyCap {
            visible: ranker.part.sorting
            keys: "Alt ←"
        }
        PlainText {
            width: Math.min(implicitWidth, ranker.width)
            text: ranker.part.keyed ? qsTr("move the card with the keyboard, a digit sorts it") : qsTr("move the card with the keyboard")
            color: Theme.textMuted
            font.pixelSize: Theme.fontSmall
        }
    }
    Grid {
        anchors.left: ranker.left
        columns: ranker.across
        spacing: Theme.m

        Repeater {
            id: columns

            model: ranker.part.columns

            TaskRankerColumn {
                width: ranker.columnWidth
                ranker: ranker
                last: index === ranker.count - 1
            }
        }
    }
    QuietButton {
        objectName: "keep"
        anchors.left: ranker.left
        visible: !ranker.readOnly && !ranker.part.given && !ranker.part.sorting
        text: qsTr("This order is right")
        iconName: "check"
        onClicked: ranker.part.keep()
    }
}
