// SPDX-License-Identifier: Apache-2.0
// Rows under column headings; rows are reused, so a million cost what a screenful does.
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

    function cellWidth(column: var): real {
        return (width - 2 * Theme.m) * (column.weight ?? 1) / weights;
    }

    implicitWidth: 400
    implicitHeight: header.height + line.height + Math.min(8, Math.max(1, list.count)) * Theme.rowHeight
    activeFocusOnTab: true
    Accessible.role: Accessible.Table
    Accessible.name: name

    Row {
        id: header

        x: Theme.m
        height: Math.round(30 * Theme.textScale)

        Repeater {
            model: table.columns

            PlainText {
                required property var modelData

                width: table.cellWidth(modelData)
                height: header.height
                rightPadding: Theme.s
                text: modelData.title ?? ""
                color: Theme.textMuted
                font.pixelSize: Theme.fontSmall
                font.weight: Font.Medium
                elide: Text.ElideRight
                wrapMode: Text.NoWrap
                verticalAlignment: Text.AlignVCenter
                horizontalAlignment: modelData.align === "right" ? Text.AlignRight : Text.AlignLeft
            }
        }
    }
    Rectangle {
        id: line

        anchors.top: header.bottom
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
        Keys.onReturnPressed: {
            if (currentIndex >= 0)
                table.activated(currentIndex);
        }
        Keys.onEnterPressed: {
            if (currentIndex >= 0)
                table.activated(currentIndex);
        }

        delegate: Rectangle {
            id: rowItem

            required property int index
            required property var model

            width: ListView.view.width
            height: Theme.rowHeight
            color: list.currentIndex === index ? Theme.accentSoft : hover.hovered ? Theme.hover : "transparent"
            border.width: list.currentIndex === index && list.activeFocus ? Theme.focusWidth : 0
            border.color: Theme.focus
            Accessible.role: Accessible.Row
            Accessible.name: table.columns.map(column => rowItem.model[column.role] ?? "").join(", ")

            HoverHandler {
                id: hover
            }
            TapHandler {
                onTapped: {
                    list.currentIndex = rowItem.index;
                    list.forceActiveFocus(Qt.MouseFocusReason);
                    table.activated(rowItem.index);
                }
            }
            Row {
                x: Theme.m
                height: parent.height

                Repeater {
                    model: table.columns

                    PlainText {
                        required property var modelData

                        width: table.cellWidth(modelData)
                        height: rowItem.height
                        rightPadding: Theme.s
                        text: rowItem.model[modelData.role] ?? ""
                        elide: Text.ElideRight
                        wrapMode: Text.NoWrap
                        verticalAlignment: Text.AlignVCenter
                        horizontalAlignment: modelData.align === "right" ? Text.AlignRight : Text.AlignLeft
                        Accessible.ignored: true
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
