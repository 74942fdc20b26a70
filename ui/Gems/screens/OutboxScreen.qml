// SPDX-License-Identifier: Apache-2.0
// What was done and where it stands, from finished here to paid.
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

    // on a page of its own: an appeal, or a case for the contract
    readonly property bool casing: viewModel.caseModel?.open ?? false
    readonly property bool appealing: viewModel.appeal?.open ?? false
    readonly property var carry: appViewModel.screenModel("carry")
    readonly property bool carrying: carry?.open === true
    readonly property var talk: appViewModel.screenModel("talk")
    readonly property var abuse: appViewModel.screenModel("abuse")

    function rowAt(index: int): OutboxRowItem {
        return list.itemAtIndex(index) as OutboxRowItem;
    }

    function takeBack(row: OutboxRowItem): void {
        if (row?.canTakeBack)
            viewModel.takeBack(row.itemId);
    }

    function correct(row: OutboxRowItem): void {
        if (row?.canRedo)
            viewModel.correct(row.redoId);
    }

    function appeal(row: OutboxRowItem): void {
        if (row?.hasStory)
            viewModel.openAppeal(row.itemId);
    }

    function openCase(row: OutboxRowItem): void {
        if (row?.canCase)
            viewModel.openCase(row.itemId);
    }

    function letStand(row: OutboxRowItem): void {
        if (row && row.standText !== "")
            viewModel.letStand(row.itemId);
    }

    function write(row: OutboxRowItem): void {
        if (row?.kind === "work")
            talk?.openTask?.(row.itemId);
    }

    function takeFocus(): void {
        if (appealing)
            (appealPart.item as AppealPage)?.takeFocus();
        else if (casing)
            (casePart.item as CasePage)?.takeFocus();
        else if (carrying)
            (carryPart.item as CarryPage)?.takeFocus();
        else if (start.visible)
            start.takeFocus();
        else
            list.forceActiveFocus(Qt.TabFocusReason);
    }

    Component.onCompleted: viewModel.reload()
    onAppealingChanged: {
        // the row is gone or back, and the keys with it
        if (visible)
            Qt.callLater(takeFocus);
    }
    onCasingChanged: {
        if (visible)
            Qt.callLater(takeFocus);
    }
    onCarryingChanged: {
        if (visible)
            Qt.callLater(takeFocus);
    }
    onActiveFocusChanged: {
        if (activeFocus && !appealing && !carrying && !casing && Window.activeFocusItem === screen)
            takeFocus();
    }

    Connections {
        target: screen.viewModel

        function onReopened(itemId: string): void {
            screen.appViewModel.screenModel("work").open(itemId);
            screen.appViewModel.openPage("work");
        }
    }
    Connections {
        target: screen.viewModel.caseModel

        function onSaid(text: string, tone: string): void {
            screen.appViewModel.toast(text, tone);
        }
    }
    Connections {
        ignoreUnknownSignals: true
        target: screen.viewModel.appeal ?? null

        function onSaid(text: string, tone: string): void {
            screen.appViewModel.toast(text, tone);
        }
    }
    Shortcut {
        sequences: [StandardKey.Find]
        enabled: screen.visible && above.visible && !screen.appealing && !screen.carrying && !screen.casing
        onActivated: above.search()
    }
    Shortcut {
        sequence: "Ctrl+Return"
        enabled: send.enabled && !screen.appealing && !screen.carrying && !screen.casing
        onActivated: screen.viewModel.send()
    }

    PageFrame {
        id: page

        anchors.fill: parent
        visible: !screen.appealing && !screen.carrying && !screen.casing
        title: qsTr("Outbox")
        subtitle: screen.viewModel.summary
        scrollable: false
        padding: Theme.l

        actions: [
            QuietButton {
                objectName: "openCarry"
                text: qsTr("Without a network…")
                iconName: "offline"
                onClicked: screen.carry?.enter()
                Keys.onReturnPressed: clicked()
            },
            PrimaryButton {
                id: send

                text: screen.viewModel.sending ? qsTr("Sending…") : qsTr("Send now")
                iconName: "upload"
                keyHint: qsTr("Ctrl+Enter")
                visible: screen.viewModel.total > 0
                busy: screen.viewModel.sending
                enabled: screen.viewModel.unsent > 0
                onClicked: screen.viewModel.send()
            }
        ]

        ErrorBanner {
            what: screen.viewModel.problemMessage
            safe: screen.viewModel.problemSafe
            todo: screen.viewModel.problemAction
            actionText: screen.viewModel.problemRetryable ? qsTr("Try again") : ""
            Layout.fillWidth: true
            onActed: screen.viewModel.send()
            onDismissed: screen.viewModel.dismissProblem()
        }
        QueueBanner {
            queue: screen.appViewModel.screenModel("queue")
            sends: false
            Layout.fillWidth: true
        }
        OutboxFind {
            id: above

            visible: screen.viewModel.total > 0
            viewModel: screen.viewModel
            Layout.fillWidth: true
            onPassed: list.forceActiveFocus(Qt.TabFocusReason)
        }
        ListView {
            id: list

            model: screen.viewModel.items
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
            Layout.minimumHeight: count > 0 ? Math.round(150 * Theme.textScale) : 0
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Outbox")

            ScrollBar.vertical: ScrollBar {}
            footer: PlainText {
                visible: list.count >= screen.viewModel.mostRows
                height: visible ? implicitHeight : 0
                width: ListView.view?.width ?? 0
                padding: Theme.m
                text: qsTr("Only the newest are listed. To find an older one, search for its campaign.")
                color: Theme.textMuted
                horizontalAlignment: Text.AlignHCenter
            }
            Keys.onPressed: event => {
                const row = screen.rowAt(currentIndex);
                if (event.key === Qt.Key_T)
                    screen.takeBack(row);
                else if (event.key === Qt.Key_A && event.modifiers === Qt.NoModifier)
                    screen.appeal(row);
                else if (event.key === Qt.Key_C && event.modifiers === Qt.NoModifier)
                    screen.openCase(row);
                else if (event.key === Qt.Key_M && event.modifiers === Qt.NoModifier)
                    screen.write(row);
                else if (row && (event.key === Qt.Key_Menu || (event.key === Qt.Key_F10 && event.modifiers === Qt.ShiftModifier)))
                    menu.openFor(row, row);
                else if (event.key === Qt.Key_L && event.modifiers === Qt.NoModifier)
                    screen.letStand(row);
                else if ((event.key === Qt.Key_Return || event.key === Qt.Key_Enter) && event.modifiers === Qt.NoModifier)
                    screen.correct(row);
                else
                    return;
                event.accepted = true;
            }

            delegate: OutboxRowItem {
                id: row

                width: ListView.view.width
                keyboard: ListView.isCurrentItem && list.activeFocus
                onTapped: {
                    list.currentIndex = index;
                    list.forceActiveFocus(Qt.MouseFocusReason);
                }
                onTakenBack: screen.takeBack(row)
                onRedone: screen.correct(row)
                onAppealed: screen.appeal(row)
                onLetStand: screen.letStand(row)
                onCaseOpened: screen.openCase(row)
                onTalkOpened: screen.write(row)
                onMenuAsked: item => menu.openFor(row, item)
            }
        }
        LoadingPlaceholder {
            visible: !screen.viewModel.ready
            rows: 5
            Layout.fillWidth: true
        }
        EmptyState {
            id: start

            function takeFocus(): void {
                nextItemInFocusChain(true)?.forceActiveFocus(Qt.TabFocusReason);
            }

            visible: screen.viewModel.ready && screen.viewModel.total === 0
            onVisibleChanged: {
                if (screen.activeFocus)
                    screen.takeFocus();
            }
            iconName: "outbox"
            title: qsTr("Nothing done yet")
            sentence: qsTr("Finished tasks and reviews wait here until they are sent, and stay until they are paid.")
            actionText: qsTr("Find work")
            Layout.fillWidth: true
            Layout.topMargin: Theme.xl
            onActed: screen.appViewModel.openPage("findWork")
        }
        EmptyState {
            visible: screen.viewModel.total > 0 && list.count === 0
            title: qsTr("Nothing here")
            sentence: qsTr("No task is in this state at the moment.")
            actionText: qsTr("Show all")
            main: !send.enabled
            Layout.fillWidth: true
            Layout.topMargin: Theme.xl
            onActed: {
                above.clear();
                screen.viewModel.choose("all");
                list.forceActiveFocus(Qt.TabFocusReason);
            }
        }
        Item {
            visible: list.count === 0
            Layout.fillHeight: true
        }
    }
    OutboxMenu {
        id: menu

        onWritten: itemId => screen.talk.openTask(itemId)
        onReported: (itemId, title) => screen.abuse.openTask(itemId, title)
    }
    Loader {
        id: carryPart

        anchors.fill: parent
        active: screen.carrying
        visible: active
        focus: active

        sourceComponent: CarryPage {
            viewModel: screen.carry
            focus: true
        }
        onLoaded: {
            if (screen.activeFocus)
                screen.takeFocus();
        }
    }
    Loader {
        id: casePart

        anchors.fill: parent
        active: screen.casing
        visible: active
        focus: active

        sourceComponent: CasePage {
            viewModel: screen.viewModel.caseModel
            focus: true
        }
        onLoaded: {
            if (screen.activeFocus)
                screen.takeFocus();
        }
    }
    Loader {
        id: appealPart

        anchors.fill: parent
        active: screen.appealing
        visible: active
        focus: active

        sourceComponent: AppealPage {
            viewModel: screen.viewModel.appeal
            focus: true
            onCorrected: itemId => {
                screen.viewModel.appeal.leave();
                screen.viewModel.correct(itemId);
            }
            onLetStand: screen.viewModel.letStand(screen.viewModel.appeal.itemId)
            onCaseOpened: {
                const itemId = screen.viewModel.appeal.itemId;
                screen.viewModel.appeal.leave();
                screen.viewModel.openCase(itemId);
            }
        }
        onLoaded: {
            if (screen.activeFocus)
                screen.takeFocus();
        }
    }
}
