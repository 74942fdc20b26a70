// SPDX-License-Identifier: Apache-2.0
// One page: a heading, its actions, and what it holds in a column that scrolls when it must.
import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems

FocusScope {
    id: page

    property string title: ""
    property string subtitle: ""
    property bool practice: false
    property int maximumWidth: Math.round(1080 * Theme.textScale)
    property int padding: width < 1000 ? Theme.l : Theme.xl
    // A page with a list of its own takes the whole height instead of scrolling as one, so far as all has room.
    property bool scrollable: true
    // How far the page is scrolled, in its own coordinates.
    readonly property real scrolled: Math.max(0, flick.contentY)
    property alias actions: actionRow.data
    default property alias content: column.data

    Accessible.role: Accessible.Pane
    Accessible.name: title

    Flickable {
        id: flick

        readonly property real wanted: outer.implicitHeight + 2 * page.padding

        anchors.fill: parent
        contentWidth: width
        contentHeight: page.scrollable ? wanted : Math.max(height, wanted)
        interactive: contentHeight > height
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        ScrollBar.vertical: ScrollBar {}

        ColumnLayout {
            id: outer

            x: Math.max(page.padding, (flick.width - width) / 2)
            y: page.padding
            width: Math.min(page.maximumWidth, flick.width - 2 * page.padding)
            height: page.scrollable ? implicitHeight : flick.contentHeight - 2 * page.padding
            spacing: Theme.l

            GridLayout {
                visible: page.title !== ""
                // beside each other while the heading keeps its one line
                columns: actionRow.inOneRow === 0 || outer.width < 620 * Theme.textScale && actionRow.inOneRow + Math.max(heading.implicitWidth, 260 * Theme.textScale) > outer.width ? 1 : 2
                rowSpacing: Theme.s
                columnSpacing: Theme.l
                Layout.fillWidth: true

                ColumnLayout {
                    spacing: 2
                    Layout.fillWidth: true

                    RowLayout {
                        id: heading

                        spacing: Theme.m

                        PlainText {
                            text: page.title
                            font.pixelSize: Theme.fontHeading
                            font.weight: Font.DemiBold
                            Accessible.role: Accessible.Heading
                            Layout.fillWidth: true
                        }
                        PracticeBadge {
                            visible: page.practice
                        }
                    }
                    PlainText {
                        visible: text !== ""
                        text: page.subtitle
                        color: Theme.textMuted
                        Layout.fillWidth: true
                    }
                }
                GridLayout {
                    id: actionRow

                    readonly property real inOneRow: {
                        let sum = 0;
                        for (const action of children)
                            sum += action.visible ? action.implicitWidth + Theme.s : 0;
                        return sum;
                    }

                    columns: outer.width < 620 * Theme.textScale && inOneRow > outer.width ? 1 : 9
                    rowSpacing: Theme.s
                    columnSpacing: Theme.s
                    Layout.alignment: Qt.AlignTop
                }
            }
            ColumnLayout {
                id: column

                spacing: Theme.l
                Layout.fillWidth: true
                Layout.fillHeight: !page.scrollable
            }
        }
    }

    Keys.onPressed: event => {
        const room = flick.contentHeight - flick.height;
        if (room <= 0)
            return;
        if (event.key === Qt.Key_PageDown)
            flick.contentY = Math.min(room, flick.contentY + flick.height * 0.9);
        else if (event.key === Qt.Key_PageUp)
            flick.contentY = Math.max(0, flick.contentY - flick.height * 0.9);
        else
            return;
        event.accepted = true;
    }

    // What the keyboard is on is never outside the view.
    readonly property Item focused: Window.activeFocusItem
    onFocusedChanged: {
        if (flick.contentHeight <= flick.height || !page.activeFocus || !focused)
            return;
        const top = focused.mapToItem(flick.contentItem, 0, 0).y;
        if (top < flick.contentY)
            flick.contentY = Math.max(0, top - Theme.l);
        else if (top + Math.min(focused.height, flick.height) > flick.contentY + flick.height)
            flick.contentY = Math.min(Math.max(0, flick.contentHeight - flick.height), top + focused.height - flick.height + Theme.l);
    }
}
