// SPDX-License-Identifier: Apache-2.0
// Campaigns to choose from, and beside them (or instead of them, on a small window) the one looked at.
pragma ComponentBehavior: Bound

import QtQuick
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
    readonly property var setAside: appViewModel.screenModel("setAside")
    readonly property var talk: appViewModel.screenModel("talk")
    readonly property var abuse: appViewModel.screenModel("abuse")
    // Whether what is blocked and hidden is shown in place of the list.
    property bool aside: false

    function takeFocus(): void {
        if (practising)
            (practice.item as PracticePane)?.takeFocus();
        else if (aside)
            (asidePane.item as SetAsidePane)?.takeFocus();
        else
            list.forceActiveFocus(Qt.TabFocusReason);
    }

    // Into the campaign: it is there once the view model has it.
    function enter(): void {
        (one.itemAt(0) as CampaignPage)?.takeFocus();
    }

    function leave(): void {
        viewModel.select("");
        list.forceActiveFocus(Qt.TabFocusReason);
    }

    Component.onCompleted: {
        viewModel.ask();
        if (setAside?.reload)
            setAside.reload();
    }
    onAsideChanged: Qt.callLater(takeFocus)
    onPractisingChanged: {
        if (practising)
            takeFocus();
        else
            enter();
    }
    onActiveFocusChanged: {
        if (activeFocus && Window.activeFocusItem === screen)
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
        enabled: !screen.practising && !screen.aside && above.visible
        onActivated: above.search()
    }
    Shortcut {
        sequence: "Ctrl+L"
        enabled: !screen.practising && !screen.aside && above.visible && page.visible
        onActivated: above.unfold()
    }

    Loader {
        id: practice

        anchors.fill: parent
        active: screen.practising
        sourceComponent: PracticePane {
            viewModel: screen.viewModel.practice
            voice: screen.appViewModel.screenModel("voice")
        }
        onLoaded: screen.takeFocus()
    }
    Loader {
        id: asidePane

        anchors.fill: parent
        active: screen.aside && !screen.practising
        sourceComponent: SetAsidePane {
            setAside: screen.setAside
            onClosed: screen.aside = false
        }
    }
    RowLayout {
        visible: !screen.practising && !screen.aside
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
                    busy: screen.viewModel.asking
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
            CampaignFind {
                id: above

                visible: screen.viewModel.total > 0
                tight: page.height < 620 * Theme.textScale
                viewModel: screen.viewModel
                Layout.fillHeight: alone
                Layout.fillWidth: true
                onPassed: list.forceActiveFocus(Qt.TabFocusReason)
            }
            QuietButton {
                objectName: "openSetAside"
                visible: (screen.setAside?.count ?? 0) > 0 && !above.alone
                text: screen.setAside?.text ?? ""
                iconName: "eye-off"
                Layout.maximumWidth: page.width - 2 * page.padding
                onClicked: screen.aside = true
                Keys.onReturnPressed: clicked()
            }
            CampaignList {
                id: list

                model: screen.viewModel.campaigns
                visible: !above.alone
                cards: screen.viewModel.filter.cards
                selectedId: screen.viewModel.selectedId
                setAside: screen.setAside?.hide ? screen.setAside : null
                abuse: screen.abuse?.openCampaign ? screen.abuse : null
                focus: true
                Layout.fillWidth: true
                Layout.fillHeight: count > 0
                onMoved: {
                    const row = rowAt(currentIndex);
                    if (screen.wide && row)
                        screen.viewModel.select(row.campaignId);
                }
                onLooked: campaignId => screen.viewModel.select(campaignId)
                onEntered: campaignId => {
                    screen.viewModel.select(campaignId);
                    screen.enter();
                }
                onEscaped: screen.viewModel.select("")
            }
            LoadingPlaceholder {
                visible: list.count === 0 && (!screen.viewModel.ready || (screen.viewModel.asking && screen.viewModel.total === 0))
                rows: 4
                Layout.fillWidth: true
            }
            EmptyState {
                visible: screen.viewModel.ready && !screen.viewModel.asking && screen.viewModel.total === 0
                main: (screen.setAside?.count ?? 0) === 0
                iconName: screen.viewModel.offline ? "offline" : "search"
                title: qsTr("No campaigns yet")
                sentence: screen.viewModel.offline ? qsTr("This computer has not seen any while it was online. Connect once to fetch them.") : qsTr("Requesters add campaigns at any time. Look again in a while.")
                actionText: qsTr("Look again")
                Layout.fillWidth: true
                Layout.topMargin: Theme.xl
                onActed: screen.viewModel.ask()
            }
            EmptyState {
                visible: screen.viewModel.total > 0 && list.count === 0 && !above.alone
                title: screen.viewModel.filter.count > 0 ? qsTr("No campaign fits your filter") : qsTr("No campaign has these words")
                actionText: qsTr("Show all")
                Layout.fillWidth: true
                Layout.topMargin: Theme.xl
                onActed: above.clear()
            }
            Item {
                visible: list.count === 0 && !above.alone
                Layout.fillHeight: true
            }
        }
        Rectangle {
            id: side

            visible: screen.open
            implicitWidth: Math.round(Math.max(440 * Theme.textScale, Math.min(640 * Theme.textScale, screen.width * 0.3)))
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
                    setAside: screen.setAside?.hide ? screen.setAside : null
                    talk: screen.talk?.lookAtCampaign ? screen.talk : null
                    abuse: screen.abuse?.openCampaign ? screen.abuse : null
                    onWithout: screen.leave()
                    onClosed: screen.leave()
                    onReportAsked: requester => screen.appViewModel.openReport(requester)
                }
            }
        }
    }
}
