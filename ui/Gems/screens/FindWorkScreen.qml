// SPDX-License-Identifier: Apache-2.0
// Campaigns to choose from, and beside them (or instead of them, on a small window) the one looked at.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

FocusScope {
    id: screen

    required property var viewModel
    required property var appViewModel

    readonly property bool open: viewModel.selectedId !== ""
    readonly property bool practising: viewModel.practice.stage !== "closed"
    // Room for the list and the campaign side by side.
    readonly property bool wide: Window.width >= 1200 && width >= 940 * Theme.textScale
    readonly property list<string> orders: ["payPerHour", "reward", "shortest", "smallestStake"]

    function takeFocus(): void {
        if (practising)
            (practice.item as PracticePane)?.takeFocus();
        else
            list.forceActiveFocus(Qt.TabFocusReason);
    }

    function look(index: int): void {
        const item = list.itemAtIndex(index) as CampaignRowItem;
        if (item)
            viewModel.select(item.campaignId);
    }

    // Into the campaign: it is there once the view model has it.
    function enter(): void {
        (one.itemAt(0) as CampaignPage)?.takeFocus();
    }

    function leave(): void {
        viewModel.select("");
        list.forceActiveFocus(Qt.TabFocusReason);
    }

    Component.onCompleted: viewModel.ask()
    onPractisingChanged: {
        if (practising)
            takeFocus();
        else
            enter();
    }
    onActiveFocusChanged: {
        if (activeFocus && !practice.activeFocus && !searchField.activeFocus && !list.activeFocus && !side.activeFocus)
            takeFocus();
    }

    Connections {
        target: screen.viewModel

        function onLeased(): void {
            screen.appViewModel.openPage("work");
        }
    }
    Shortcut {
        sequences: ["F5", "Ctrl+R"]
        onActivated: screen.viewModel.ask()
    }
    Shortcut {
        sequence: "Ctrl+F"
        enabled: !screen.practising
        onActivated: searchField.forceActiveFocus(Qt.ShortcutFocusReason)
    }

    Loader {
        id: practice

        anchors.fill: parent
        active: screen.practising
        sourceComponent: PracticePane {
            viewModel: screen.viewModel.practice
        }
        onLoaded: screen.takeFocus()
    }
    RowLayout {
        visible: !screen.practising
        anchors.fill: parent
        spacing: 0

        PageFrame {
            id: page

            visible: screen.wide || !screen.open
            title: qsTr("Find work")
            subtitle: screen.viewModel.subtitle
            scrollable: false
            padding: Theme.l
            Layout.fillWidth: true
            Layout.fillHeight: true

            actions: [
                SecondaryButton {
                    text: screen.viewModel.asking ? qsTr("Asking…") : qsTr("Refresh")
                    iconName: "refresh"
                    keyHint: "F5"
                    enabled: !screen.viewModel.asking
                    onClicked: screen.viewModel.ask()
                }
            ]

            ErrorBanner {
                // that a practice set could not be had
                what: screen.viewModel.practice.problemMessage
                safe: screen.viewModel.practice.problemSafe
                todo: screen.viewModel.practice.problemAction
                Layout.fillWidth: true
                onDismissed: screen.viewModel.practice.dismissProblem()
            }
            ErrorBanner {
                what: screen.viewModel.problemMessage
                safe: screen.viewModel.problemSafe
                todo: screen.viewModel.problemAction
                actionText: screen.viewModel.problemRetryable ? qsTr("Try again") : ""
                Layout.fillWidth: true
                onActed: {
                    screen.viewModel.dismissProblem();
                    screen.viewModel.ask();
                }
                onDismissed: screen.viewModel.dismissProblem()
            }
            ErrorBanner {
                what: screen.viewModel.offline && screen.viewModel.problemMessage === "" ? qsTr("You are offline.") : ""
                safe: qsTr("These campaigns are as last known. Tasks you have taken can be done without a network.")
                todo: qsTr("New tasks can be taken as soon as there is a connection.")
                tone: "info"
                dismissable: false
                Layout.fillWidth: true
            }
            Flow {
                spacing: Theme.m
                visible: screen.viewModel.total > 0
                Layout.fillWidth: true

                TextField {
                    id: searchField

                    width: Math.min(parent.width, Math.round(230 * Theme.textScale))
                    placeholderText: qsTr("Search campaigns (Ctrl+F)")
                    maximumLength: 100
                    onTextEdited: screen.viewModel.search(text)
                    Keys.onDownPressed: list.forceActiveFocus(Qt.TabFocusReason)
                    Keys.onEscapePressed: {
                        text = "";
                        screen.viewModel.search("");
                        list.forceActiveFocus(Qt.TabFocusReason);
                    }
                }
                Flickable {
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
                        currentIndex: Math.max(0, screen.orders.indexOf(screen.viewModel.order))
                        onChosen: index => screen.viewModel.sortBy(screen.orders[index])
                    }
                }
            }
            ListView {
                id: list

                model: screen.viewModel.campaigns
                spacing: Theme.s
                clip: true
                // rows made ahead would still be incubating when the page is left, and Qt would complain
                cacheBuffer: 0
                focus: true
                activeFocusOnTab: true
                boundsBehavior: Flickable.StopAtBounds
                highlightMoveDuration: Theme.fast
                currentIndex: 0
                Layout.fillWidth: true
                Layout.fillHeight: count > 0
                Accessible.role: Accessible.List
                Accessible.name: qsTr("Campaigns")

                ScrollBar.vertical: ScrollBar {}
                onCurrentIndexChanged: {
                    if (activeFocus && screen.wide)
                        screen.look(currentIndex);
                }
                Keys.onReturnPressed: {
                    screen.look(currentIndex);
                    screen.enter();
                }
                Keys.onEnterPressed: {
                    screen.look(currentIndex);
                    screen.enter();
                }
                Keys.onEscapePressed: screen.viewModel.select("")

                delegate: CampaignRowItem {
                    objectName: "campaignRow"
                    width: ListView.view.width
                    current: campaignId === screen.viewModel.selectedId
                    keyboard: ListView.isCurrentItem && list.activeFocus
                    onTapped: {
                        list.currentIndex = index;
                        list.forceActiveFocus(Qt.MouseFocusReason);
                        screen.viewModel.select(campaignId);
                    }
                }
            }
            LoadingPlaceholder {
                visible: list.count === 0 && (!screen.viewModel.ready || (screen.viewModel.asking && screen.viewModel.total === 0))
                rows: 4
                Layout.fillWidth: true
            }
            EmptyState {
                visible: screen.viewModel.ready && !screen.viewModel.asking && screen.viewModel.total === 0
                iconName: screen.viewModel.offline ? "offline" : "search"
                title: qsTr("No campaigns yet")
                sentence: screen.viewModel.offline ? qsTr("This computer has not seen any while it was online. Connect once to fetch them.") : qsTr("Requesters add campaigns at any time. Look again in a while.")
                actionText: qsTr("Look again")
                Layout.fillWidth: true
                Layout.topMargin: Theme.xl
                onActed: screen.viewModel.ask()
            }
            EmptyState {
                visible: screen.viewModel.total > 0 && list.count === 0
                title: qsTr("No campaign has these words")
                actionText: qsTr("Show all")
                Layout.fillWidth: true
                Layout.topMargin: Theme.xl
                onActed: {
                    searchField.text = "";
                    screen.viewModel.search("");
                }
            }
            Item {
                visible: list.count === 0
                Layout.fillHeight: true
            }
        }
        Rectangle {
            id: side

            visible: screen.open
            implicitWidth: Math.round(440 * Theme.textScale)
            color: Theme.surface
            Layout.fillHeight: true
            Layout.fillWidth: !screen.wide

            Rectangle {
                anchors.left: parent.left
                width: 1
                height: parent.height
                color: Theme.border
            }
            Repeater {
                id: one

                model: screen.viewModel.selected

                CampaignPage {
                    anchors.fill: parent
                    viewModel: screen.viewModel
                    onClosed: screen.leave()
                    onReportAsked: requester => screen.appViewModel.openReport(requester)
                }
            }
        }
    }
}
