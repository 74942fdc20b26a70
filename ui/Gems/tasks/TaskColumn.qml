// SPDX-License-Identifier: Apache-2.0
// One column of a task: it scrolls by itself and keeps in sight what has the keyboard.
import QtQuick
import QtQuick.Controls
import Gems

Flickable {
    id: column

    // How high the rows are together.
    property real rows: 0
    // Room around the rows, so that the marks of the keyboard are not cut off.
    property int pad: 0
    readonly property Item focused: Window.activeFocusItem
    readonly property real most: Math.max(0, contentHeight - height)

    contentWidth: width
    contentHeight: rows > 0 ? rows + 2 * pad : 0
    interactive: contentHeight > height
    boundsBehavior: Flickable.StopAtBounds
    clip: true
    onFocusedChanged: Qt.callLater(column.reveal)
    onMostChanged: contentY = Math.min(contentY, most)

    ScrollBar.vertical: ScrollBar {
        policy: column.interactive ? ScrollBar.AsNeeded : ScrollBar.AlwaysOff
    }

    function reveal(): void {
        let above = column.focused;
        while (above && above !== column.contentItem)
            above = above.parent;
        if (!above || !column.focused || column.focused.height > column.height)
            return;
        const top = column.focused.mapToItem(column.contentItem, 0, 0).y;
        if (top < column.contentY + pad)
            column.contentY = Math.max(0, top - Theme.l);
        else if (top + column.focused.height > column.contentY + column.height - pad)
            column.contentY = Math.min(most, top + column.focused.height - column.height + Theme.l);
    }

    // A page up (-1) or down (1); false where there is nothing more to see.
    function page(by: int): bool {
        const to = Math.max(0, Math.min(most, contentY + by * height * 0.85));
        const moved = to !== contentY;
        contentY = to;
        return moved;
    }
}
