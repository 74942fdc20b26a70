// SPDX-License-Identifier: Apache-2.0
// A table to read: only the rows in sight are drawn; arrows and Page keys scroll it.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Gems
import Gems.components

Rectangle {
    id: table

    required property TaskRow row
    required property var viewModel
    readonly property var part: row.part
    readonly property int most: Math.round(440 * Math.min(Theme.textScale, 1.4))
    // Columns as wide as their words, together at least as wide as there is room.
    readonly property var widths: {
        const letter = Theme.fontBody * 0.56;
        const found = part.widths.map(letters => Math.ceil(letters * letter) + 2 * Theme.m);
        const total = found.reduce((sum, one) => sum + one, 0);
        const room = table.width - 2;
        if (found.length === 0 || total >= room && !part.pairs)
            return found;
        if (part.pairs) {
            const name = Math.min(found[0], Math.round(room * 0.45));
            return [name, room - name];
        }
        return found.map(one => Math.floor(one * room / total));
    }
    readonly property int total: widths.reduce((sum, one) => sum + one, 0)

    // Show the first columns, which stand where reading begins.
    function begin(): void {
        if (Application.layoutDirection === Qt.RightToLeft)
            records.contentX = Math.max(0, records.contentWidth - records.width);
    }

    implicitHeight: Math.min(records.contentHeight, most) + 2
    color: Theme.surface
    radius: Theme.radius
    border.width: 1
    border.color: Theme.border

    component Line: Row {
        id: line

        property var cells: []
        property bool head: false

        Repeater {
            model: line.cells

            PlainText {
                required property int index
                required property string modelData

                width: table.widths[index] ?? 0
                leftPadding: Theme.m
                rightPadding: Theme.m
                topPadding: 6
                bottomPadding: 6
                text: modelData
                font.weight: line.head || table.part.pairs && index === 0 ? Font.DemiBold : Font.Normal
                color: table.part.pairs && index === 0 ? Theme.textMuted : Theme.text
                Accessible.role: line.head ? Accessible.ColumnHeader : Accessible.Cell
            }
        }
    }

    ListView {
        id: records

        objectName: "table"
        anchors.fill: parent
        anchors.margins: 1
        model: table.part.records
        contentWidth: Math.max(width, table.total)
        flickableDirection: table.total > width ? Flickable.HorizontalAndVerticalFlick : Flickable.VerticalFlick
        boundsBehavior: Flickable.StopAtBounds
        interactive: contentHeight > height || table.total > width
        clip: true
        cacheBuffer: 0
        activeFocusOnTab: interactive
        currentIndex: -1
        headerPositioning: ListView.OverlayHeader
        Accessible.role: Accessible.Table
        Accessible.focusable: true
        Accessible.name: qsTr("Table with %n row(s)", "", count)
        ScrollBar.vertical: ScrollBar {}
        ScrollBar.horizontal: ScrollBar {}
        onWidthChanged: table.begin()
        onContentWidthChanged: table.begin()

        Keys.onPressed: event => {
            const lines = ({
                    [Qt.Key_Up]: -40,
                    [Qt.Key_Down]: 40,
                    [Qt.Key_PageUp]: -records.height * 0.9,
                    [Qt.Key_PageDown]: records.height * 0.9,
                    [Qt.Key_Home]: -1e9,
                    [Qt.Key_End]: 1e9
                })[event.key];
            const across = event.key === Qt.Key_Right ? 60 : event.key === Qt.Key_Left ? -60 : 0;
            if (!lines && !across)
                return;
            if (event.key === Qt.Key_End)
                records.positionViewAtEnd();
            else if (event.key === Qt.Key_Home)
                records.positionViewAtBeginning();
            else if (lines)
                records.contentY = Math.max(records.originY, Math.min(records.contentY + lines, records.originY + records.contentHeight - records.height));
            else
                records.contentX = Math.max(0, Math.min(records.contentX + across, records.contentWidth - records.width));
            event.accepted = true;
        }

        header: Rectangle {
            z: 2
            width: records.contentWidth
            implicitHeight: table.part.heads.length > 0 ? headLine.implicitHeight : 0
            height: implicitHeight
            visible: table.part.heads.length > 0
            color: Theme.sunken

            Line {
                id: headLine

                cells: table.part.heads
                head: true
            }
        }
        delegate: Rectangle {
            id: record

            required property int index
            required property var cells

            width: records.contentWidth
            implicitHeight: words.implicitHeight
            color: index % 2 ? Qt.alpha(Theme.sunken, 0.5) : "transparent"

            Line {
                id: words

                cells: record.cells
            }
        }
    }
    FocusRing {
        shown: records.activeFocus
    }
}
