// SPDX-License-Identifier: Apache-2.0
// Rows under column headings; where the columns would be too narrow to read, each row becomes a small sheet of its
// own with the headings inside. Rows are reused, so a million cost what a screenful does.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Gems

FocusScope {
    id: table

    // Each {title, role, weight, align}: weight is the share of the width, align "left" or "right".
    property var columns: []
    property alias model: list.model
    property alias currentIndex: list.currentIndex
    property alias count: list.count
    property string emptyText: ""
    property string name: ""

    signal activated(int index)

    readonly property real weights: {
        let sum = 0;
        for (const column of columns)
            sum += column.weight ?? 1;
        return Math.max(sum, 0.01);
    }
    // No column has the width of its heading's longest word, or of a date.
    readonly property bool stacked: columns.some(column => cellWidth(column) < Math.max(needed(column.title ?? ""), 64 * Theme.textScale))
    // All rows are as high as the highest that was seen, so that the list knows its length.
    property real tallest: Theme.rowHeight
    readonly property int most: stacked ? 3 : 8

    function cellWidth(column: var): real {
        return (width - 2 * Theme.m) * (column.weight ?? 1) / weights;
    }

    function needed(title: string): real {
        let widest = 0;
        for (const word of title.split(" "))
            widest = Math.max(widest, metrics.advanceWidth(word));
        return Math.ceil(widest) + Theme.s + 1;
    }

    function measure(): void {
        let high = Theme.rowHeight;
        for (const row of list.contentItem.children)
            high = Math.max(high, (row as DataListRow)?.wanted ?? 0);
        tallest = high;
    }

    implicitWidth: 400
    implicitHeight: line.y + line.height + Math.min(most, Math.max(1, list.count)) * tallest
    activeFocusOnTab: true
    Accessible.role: Accessible.Table
    Accessible.name: name
    onWidthChanged: Qt.callLater(measure)
    onStackedChanged: Qt.callLater(measure)

    Connections {
        target: Theme

        function onTextScaleChanged(): void {
            Qt.callLater(table.measure);
        }
    }
    FontMetrics {
        id: metrics

        font.family: Theme.family
        font.pixelSize: Theme.fontSmall
        font.weight: Font.Medium
    }
    Row {
        id: header

        x: Theme.m
        visible: !table.stacked

        Repeater {
            model: table.columns

            PlainText {
                required property var modelData

                width: table.cellWidth(modelData)
                height: Math.max(Math.round(30 * Theme.textScale), implicitHeight)
                rightPadding: Theme.s
                text: modelData.title ?? ""
                color: Theme.textMuted
                font.pixelSize: Theme.fontSmall
                font.weight: Font.Medium
                verticalAlignment: Text.AlignVCenter
                horizontalAlignment: modelData.align === "right" ? Text.AlignRight : Text.AlignLeft
            }
        }
    }
    Rectangle {
        id: line

        y: table.stacked ? 0 : header.height
        width: parent.width
        height: 1
        color: Theme.border
    }
    ListView {
        id: list

        anchors.top: line.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        focus: true
        clip: true
        // rows made ahead would still be incubating when the page is left, and Qt would complain
        cacheBuffer: 0
        reuseItems: true
        boundsBehavior: Flickable.StopAtBounds
        keyNavigationEnabled: true
        highlightMoveDuration: Theme.fast
        currentIndex: -1

        ScrollBar.vertical: ScrollBar {}
        onActiveFocusChanged: {
            if (activeFocus && currentIndex < 0 && count > 0)
                currentIndex = 0;
        }
        Keys.onReturnPressed: {
            if (currentIndex >= 0)
                table.activated(currentIndex);
        }
        Keys.onEnterPressed: {
            if (currentIndex >= 0)
                table.activated(currentIndex);
        }

        delegate: DataListRow {
            id: rowItem

            required property int index

            width: ListView.view.width
            height: table.tallest
            columns: table.columns
            cellWidth: table.cellWidth
            stacked: table.stacked
            current: list.currentIndex === index
            marked: current && list.activeFocus
            onWantedChanged: Qt.callLater(table.measure)
            onTapped: {
                list.currentIndex = rowItem.index;
                list.forceActiveFocus(Qt.MouseFocusReason);
                table.activated(rowItem.index);
            }
        }
    }
    PlainText {
        visible: list.count === 0 && text !== ""
        anchors.centerIn: list
        width: parent.width - 2 * Theme.l
        horizontalAlignment: Text.AlignHCenter
        text: table.emptyText
        color: Theme.textMuted
    }
}
