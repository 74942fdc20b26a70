// SPDX-License-Identifier: Apache-2.0
// Above the campaigns: search, order, filter, rows or cards.
import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

ColumnLayout {
    id: above

    required property var viewModel

    readonly property var filter: viewModel.filter
    readonly property list<string> orders: ["payPerHour", "reward", "shortest", "smallestStake"]
    property bool open: false
    // Too little height for all of it above the list: order and looks are in the filter, which takes the list's place.
    property bool tight: false
    readonly property bool alone: tight && open

    signal passed

    function search(): void {
        searchField.forceActiveFocus(Qt.ShortcutFocusReason);
    }

    function unfold(): void {
        open = !open;
        if (open)
            panel.takeFocus();
        else
            folds.forceActiveFocus(Qt.TabFocusReason);
    }

    function clear(): void {
        searchField.text = "";
        viewModel.search("");
        filter.clear();
    }

    spacing: Theme.m

    Flow {
        spacing: Theme.m
        Layout.fillWidth: true

        TextField {
            id: searchField

            width: Math.min(parent.width, Math.max(implicitWidth, Math.round(230 * Theme.textScale)))
            placeholderText: qsTr("Search campaigns (Ctrl+F)")
            maximumLength: 100
            onTextEdited: above.viewModel.search(text)
            Keys.onDownPressed: above.passed()
            Keys.onEscapePressed: {
                text = "";
                above.viewModel.search("");
                above.passed();
            }
        }
        Flickable {
            visible: !above.tight || above.open
            width: Math.min(parent.width, order.implicitWidth)
            height: order.implicitHeight
            contentWidth: order.implicitWidth
            interactive: contentWidth > width
            boundsBehavior: Flickable.StopAtBounds
            clip: interactive

            SegmentedControl {
                id: order

                width: implicitWidth
                height: implicitHeight
                name: qsTr("Sort by")
                labels: [qsTr("Best paid"), qsTr("Reward"), qsTr("Shortest"), qsTr("Lowest stake")]
                currentIndex: Math.max(0, above.orders.indexOf(above.filter.order))
                onChosen: index => above.filter.sortBy(above.orders[index])
            }
        }
        SecondaryButton {
            id: folds

            objectName: "openFilter"
            text: above.filter.count > 0 ? qsTr("Filter: %1").arg(above.filter.count) : qsTr("Filter")
            iconName: "filter"
            keyHint: "Ctrl+L"
            Accessible.checkable: true
            Accessible.checked: above.open
            onClicked: above.unfold()
        }
        SegmentedControl {
            id: looks

            objectName: "rowsOrCards"
            visible: !above.tight || above.open
            width: implicitWidth
            height: implicitHeight
            name: qsTr("Rows or cards")
            labels: [qsTr("Rows"), qsTr("Cards")]
            currentIndex: above.filter.cards ? 1 : 0
            onChosen: index => above.filter.showCards(index === 1)
        }
    }
    CampaignFilter {
        id: panel

        visible: above.open
        filter: above.filter
        whole: above.alone
        Layout.fillWidth: true
        Layout.fillHeight: above.alone
        onDone: above.unfold()
        Keys.onEscapePressed: above.unfold()
    }
    Connections {
        target: above.filter

        // a choice by the user breaks the binding
        function onChanged(): void {
            order.currentIndex = Math.max(0, above.orders.indexOf(above.filter.order));
            looks.currentIndex = above.filter.cards ? 1 : 0;
        }
    }
}
