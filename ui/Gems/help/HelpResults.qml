// SPDX-License-Identifier: Apache-2.0
// What the search found: a title and the sentence that has the words; Enter opens it.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

Item {
    id: found

    required property var viewModel

    signal taken
    signal passed

    function takeFocus(): void {
        if (list.count > 0)
            list.forceActiveFocus(Qt.TabFocusReason);
    }

    function takeFirst(): void {
        if (list.count > 0)
            take(0);
    }

    function take(index: int): void {
        const hit = viewModel.results[index];
        if (!hit)
            return;
        if (hit.kind === "word")
            viewModel.chooseWord(hit.name);
        else
            viewModel.choose(hit.name);
        taken();
    }

    ListView {
        id: list

        objectName: "helpResults"
        anchors.fill: parent
        model: found.viewModel.results
        spacing: Theme.s
        clip: true
        cacheBuffer: 0
        activeFocusOnTab: true
        boundsBehavior: Flickable.StopAtBounds
        highlightMoveDuration: 0
        currentIndex: 0
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Found")
        Keys.onUpPressed: event => {
            if (currentIndex <= 0)
                found.passed();
            else
                decrementCurrentIndex();
        }
        Keys.onReturnPressed: found.take(currentIndex)
        Keys.onEnterPressed: found.take(currentIndex)

        ScrollBar.vertical: ScrollBar {}

        delegate: Rectangle {
            id: hit

            required property int index
            required property var modelData

            width: ListView.view.width
            implicitHeight: words.implicitHeight + 2 * Theme.m
            radius: Theme.radius
            color: hover.hovered ? Theme.hover : Theme.surface
            border.width: list.activeFocus && ListView.isCurrentItem ? Theme.focusWidth : 1
            border.color: list.activeFocus && ListView.isCurrentItem ? Theme.focus : Theme.border
            Accessible.role: Accessible.ListItem
            Accessible.name: modelData.title + ". " + modelData.text
            Accessible.onPressAction: found.take(index)

            HoverHandler {
                id: hover
            }
            TapHandler {
                onTapped: found.take(hit.index)
            }
            RowLayout {
                id: words

                anchors.left: parent.left
                anchors.right: parent.right
                anchors.margins: Theme.m
                y: Theme.m
                spacing: Theme.m

                Icon {
                    name: hit.modelData.kind === "word" ? "text" : "info"
                    color: Theme.accent
                    Layout.alignment: Qt.AlignTop
                }
                ColumnLayout {
                    spacing: 2
                    Layout.fillWidth: true

                    PlainText {
                        text: hit.modelData.title
                        font.weight: Font.DemiBold
                        Layout.fillWidth: true
                        Accessible.ignored: true
                    }
                    PlainText {
                        text: hit.modelData.text
                        color: Theme.textMuted
                        Layout.fillWidth: true
                        Accessible.ignored: true
                    }
                }
            }
        }
    }
    EmptyState {
        anchors.horizontalCenter: parent.horizontalCenter
        width: parent.width
        y: Theme.l
        visible: list.count === 0
        iconName: "search"
        title: qsTr("Nothing found")
        sentence: qsTr("Try one short word, such as “pay”, or look through all pages.")
        actionText: qsTr("All pages")
        onActed: {
            found.viewModel.search("");
            found.taken();
        }
    }
}
