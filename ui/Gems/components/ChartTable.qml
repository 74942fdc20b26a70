// SPDX-License-Identifier: Apache-2.0
// The numbers of a chart as rows, in the same words; the keys scroll it.
import QtQuick

DataList {
    id: table

    property list<string> heads: []
    // Each with its `cells`.
    property var points: []
    // Points in time are looked for from today back.
    property bool newestFirst: false

    // What the rows were made from: other news of the page leave them, and the place in them, alone.
    property string filled: ""

    function fill(): void {
        const wanted = JSON.stringify(table.points.map(point => point.cells)) + table.heads.length;
        if (wanted === filled)
            return;
        filled = wanted;
        rows.clear();
        for (const point of table.newestFirst ? Array.from(table.points).reverse() : table.points) {
            const row = {};
            for (let at = 0; at < table.heads.length; at++)
                row["cell" + at] = point.cells[at] ?? "";
            rows.append(row);
        }
    }

    onPointsChanged: fill()
    onHeadsChanged: fill()
    Component.onCompleted: fill()

    columns: heads.map((title, at) => ({
                title: title,
                role: "cell" + at,
                weight: 1,
                align: at === 0 ? "left" : "right"
            }))
    model: ListModel {
        id: rows
    }
}
