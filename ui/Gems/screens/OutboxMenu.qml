// SPDX-License-Identifier: Apache-2.0
// What can be said about a task or a review of mine: to its requester, or to the platform's operator.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Gems

Menu {
    id: menu

    property string itemId: ""
    property string itemTitle: ""
    property bool mine: false
    // What was chosen: it opens when the menu is gone, which takes the keyboard with it.
    property string chosen: ""

    signal written(string itemId)
    signal reported(string itemId, string title)

    function openFor(row: OutboxRowItem, item: Item): void {
        itemId = row.itemId;
        itemTitle = row.title + " · " + row.place;
        mine = row.kind === "work";
        popup(item, 0, item.height);
    }

    onClosed: {
        const what = chosen;
        chosen = "";
        if (what === "write")
            written(itemId);
        else if (what === "report")
            reported(itemId, itemTitle);
    }

    objectName: "outboxMenu"
    // the longest word decides, not a number
    width: Math.ceil(Math.min(Math.max(write.implicitWidth, report.implicitWidth) + leftPadding + rightPadding, 480 * Theme.textScale))

    MenuItem {
        id: write

        objectName: "menuMessage"
        text: qsTr("Message the requester")
        enabled: menu.mine
        onTriggered: menu.chosen = "write"
    }
    MenuItem {
        id: report

        objectName: "menuReport"
        text: qsTr("Report a problem")
        onTriggered: menu.chosen = "report"
    }
}
