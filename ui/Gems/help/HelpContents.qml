// SPDX-License-Identifier: Apache-2.0
// The pages of the help by name; arrow keys turn them, Enter goes into the page.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Gems
import Gems.components

ListView {
    id: list

    required property var viewModel

    readonly property var icons: ({
            welcome: "star",
            home: "home",
            findWork: "search",
            work: "work",
            review: "review",
            outbox: "outbox",
            earnings: "earnings",
            trust: "trust",
            requesterReport: "report",
            settings: "settings",
            offline: "offline",
            appeals: "flag",
            updates: "sparkles",
            words: "text"
        })

    signal taken

    function takeFocus(): void {
        forceActiveFocus(Qt.TabFocusReason);
    }

    function here(): int {
        return Math.max(0, viewModel.contents.findIndex(each => each.name === viewModel.page));
    }

    objectName: "helpPages"
    model: viewModel.contents
    currentIndex: here()
    spacing: 2
    clip: true
    cacheBuffer: 0
    activeFocusOnTab: true
    keyNavigationEnabled: false
    boundsBehavior: Flickable.StopAtBounds
    interactive: contentHeight > height
    highlightMoveDuration: 0
    Accessible.role: Accessible.List
    Accessible.name: qsTr("All pages")
    Keys.onUpPressed: viewModel.goBack()
    Keys.onDownPressed: viewModel.goOn()
    Keys.onReturnPressed: taken()
    Keys.onEnterPressed: taken()

    ScrollBar.vertical: ScrollBar {}

    delegate: NavEntry {
        required property int index
        required property var modelData

        width: ListView.view.width
        least: Math.round(34 * Theme.textScale)
        text: modelData.title
        glyphName: list.icons[modelData.name] ?? "info"
        here: ListView.isCurrentItem
        marked: list.activeFocus && ListView.isCurrentItem
        focusPolicy: Qt.NoFocus
        Accessible.role: Accessible.ListItem
        onClicked: {
            list.viewModel.choose(modelData.name);
            list.taken();
        }
    }
}
