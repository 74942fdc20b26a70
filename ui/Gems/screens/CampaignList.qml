// SPDX-License-Identifier: Apache-2.0
// Campaigns as rows or as cards; the same keys in both.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Gems

FocusScope {
    id: list

    required property var model
    property bool cards: false
    property string selectedId: ""
    // A SetAsideViewModel, or null.
    property var setAside: null
    // An AbuseViewModel; null where nothing can be reported.
    property var abuse: null

    readonly property var view: loader.item
    readonly property int count: model?.count ?? 0
    property int currentIndex: 0

    signal moved
    signal looked(string campaignId)
    signal entered(string campaignId)
    signal escaped

    function rowAt(index: int): CampaignRowItem {
        return view?.itemAtIndex(index) as CampaignRowItem;
    }

    function tap(row: CampaignRowItem): void {
        currentIndex = row.index;
        forceActiveFocus(Qt.MouseFocusReason);
        looked(row.campaignId);
    }

    function openMenu(row: CampaignRowItem, item: Item): void {
        if (!row || !setAside)
            return;
        currentIndex = row.index;
        menu.openFor(row, item);
    }

    // Watch, block or hide what the keyboard is on; whether the key was one of these.
    function handle(event: var): bool {
        const row = rowAt(currentIndex);
        if (!row || !setAside)
            return false;
        if (event.key === Qt.Key_Menu || (event.key === Qt.Key_F10 && event.modifiers === Qt.ShiftModifier))
            openMenu(row, row);
        else if (event.modifiers !== Qt.NoModifier)
            return false;
        else if (event.key === Qt.Key_W)
            setAside.watch(row.requester, !row.watched);
        else if (event.key === Qt.Key_B)
            setAside.block(row.requester);
        else if (event.key === Qt.Key_H)
            setAside.hide(row.campaignId, row.title);
        else
            return false;
        return true;
    }

    Keys.onPressed: event => {
        const row = rowAt(currentIndex);
        if ((event.key === Qt.Key_Return || event.key === Qt.Key_Enter) && row)
            entered(row.campaignId);
        else if (event.key === Qt.Key_Escape)
            escaped();
        else if (!handle(event))
            return;
        event.accepted = true;
    }

    CampaignMenu {
        id: menu

        setAside: list.setAside
        abuse: list.abuse
        onClosed: list.forceActiveFocus(Qt.PopupFocusReason)
    }
    Component {
        id: rows

        ListView {
            model: list.model
            delegate: CampaignRowItem {
                objectName: "campaignRow"
                current: campaignId === list.selectedId
                keyboard: index === list.currentIndex && list.activeFocus
                onTapped: list.tap(this)
                onMenuAsked: item => list.openMenu(this, item)
                width: ListView.view?.width ?? 0
            }
            spacing: Theme.s
            clip: true
            // rows made ahead would still be incubating when the page is left, and Qt would complain
            cacheBuffer: 0
            focus: true
            activeFocusOnTab: true
            boundsBehavior: Flickable.StopAtBounds
            highlightMoveDuration: Theme.fast
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Campaigns")
            ScrollBar.vertical: ScrollBar {}
            onCurrentIndexChanged: {
                list.currentIndex = currentIndex;
                if (activeFocus)
                    list.moved();
            }
        }
    }
    Component {
        id: grid

        GridView {
            id: cells

            property real tallest: 1
            readonly property int columns: Math.max(1, Math.floor(width / (280 * Theme.textScale)))

            model: list.model
            delegate: CampaignRowItem {
                objectName: "campaignRow"
                current: campaignId === list.selectedId
                keyboard: index === list.currentIndex && list.activeFocus
                onTapped: list.tap(this)
                onMenuAsked: item => list.openMenu(this, item)
                width: cells.cellWidth - Theme.s
                height: cells.tallest
                card: true
                onImplicitHeightChanged: cells.tallest = Math.max(cells.tallest, implicitHeight)
            }
            cellWidth: Math.max(1, Math.floor(width / columns))
            cellHeight: tallest + Theme.s
            clip: true
            cacheBuffer: 0
            focus: true
            activeFocusOnTab: true
            boundsBehavior: Flickable.StopAtBounds
            highlightMoveDuration: Theme.fast
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Campaigns")
            ScrollBar.vertical: ScrollBar {}
            onCellWidthChanged: tallest = 1
            onCurrentIndexChanged: {
                list.currentIndex = currentIndex;
                if (activeFocus)
                    list.moved();
            }
        }
    }
    Loader {
        id: loader

        anchors.fill: parent
        focus: true
        sourceComponent: list.cards ? grid : rows
        onLoaded: item.currentIndex = Math.max(0, Math.min(list.currentIndex, list.count - 1))
    }
    onCurrentIndexChanged: {
        if (view && view.currentIndex !== currentIndex)
            view.currentIndex = currentIndex;
    }
}
