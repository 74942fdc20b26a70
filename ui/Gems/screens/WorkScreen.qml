// SPDX-License-Identifier: Apache-2.0
// Doing tasks: the task fills the window, a slim line above it, one line below it with the way to the next.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

FocusScope {
    id: screen

    required property var viewModel
    required property var appViewModel

    readonly property string stage: viewModel.stage
    readonly property bool onTask: stage === "task"
    // Open on the first task of a campaign, folded by itself on the second; F3 takes over for good.
    property bool instructionsOpen: true
    property bool foldsItself: true
    property string known: ""
    readonly property string itemId: viewModel.itemId

    readonly property var ownKeys: [[qsTr("Enter"), qsTr("Finish and next")], ["Ctrl+Z", qsTr("Undo")], ["Ctrl+Shift+Z", qsTr("Redo")], ["F3", qsTr("Instructions")], ["F2", qsTr("Keys")], ["F4", qsTr("Show the differences")], ["Tab", qsTr("Go to the next element")], ["+ −", qsTr("Zoom")], ["0", qsTr("Show all of a picture")], [qsTr("Del"), qsTr("Take away what is selected")]]

    function foldInstructions(): void {
        foldsItself = false;
        instructionsOpen = !instructionsOpen;
        viewModel.foldInstructions(!instructionsOpen);
    }

    function giveBack(): void {
        viewModel.giveBack();
        takeFocus();
    }

    function takeFocus(): void {
        // asked of the view model, since bindings on the stage may not have run yet
        if (viewModel.stage === "task")
            task.takeKeyboard();
        else if (viewModel.stage !== "loading")
            pause.takeFocus();
    }

    Component.onCompleted: viewModel.reload()
    onStageChanged: takeFocus()
    onItemIdChanged: {
        if (itemId === "")
            return;
        const campaign = viewModel.title + viewModel.instructions;
        if (viewModel.folded >= 0)
            instructionsOpen = viewModel.folded === 0;
        else if (campaign !== known)
            instructionsOpen = true;
        else if (foldsItself)
            instructionsOpen = false;
        foldsItself = foldsItself || campaign !== known;
        known = campaign;
    }
    onActiveFocusChanged: {
        if (activeFocus && !body.activeFocus)
            takeFocus();
    }
    Keys.onPressed: event => {
        if (!screen.onTask || event.modifiers !== Qt.NoModifier && event.modifiers !== Qt.KeypadModifier)
            return;
        if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter) {
            screen.viewModel.finish();
            event.accepted = true;
        } else if (event.text === "?") {
            keysPanel.open();
            event.accepted = true;
        }
    }

    Shortcut {
        sequence: "Ctrl+Return"
        enabled: screen.onTask
        onActivated: screen.viewModel.finish()
    }
    Shortcut {
        sequence: "F3"
        enabled: screen.onTask
        onActivated: screen.foldInstructions()
    }
    Shortcut {
        sequence: "F2"
        enabled: screen.onTask
        onActivated: keysPanel.open()
    }
    Shortcut {
        sequence: "F4"
        enabled: screen.onTask
        onActivated: screen.viewModel.comparing.toggle()
    }
    Shortcut {
        // what was done to the answer comes first, then what the toast offers
        sequences: ["Ctrl+Z"]
        onActivated: {
            if (!screen.onTask || !screen.viewModel.undo())
                screen.appViewModel.undo.undo();
        }
    }
    Shortcut {
        sequences: ["Ctrl+Shift+Z", "Ctrl+Y"]
        enabled: screen.onTask
        onActivated: screen.viewModel.redo()
    }

    FocusScope {
        id: body

        anchors.fill: parent
        focus: true

        ColumnLayout {
            visible: screen.onTask
            anchors.fill: parent
            spacing: 0

            WorkHeader {
                title: screen.viewModel.title
                positionText: screen.viewModel.positionText
                progress: screen.viewModel.progress
                reward: screen.viewModel.reward
                warning: screen.viewModel.warning
                dueAt: screen.viewModel.dueAt
                Layout.fillWidth: true

                QuietButton {
                    iconName: "undo"
                    keyHint: "Ctrl+Z"
                    enabled: screen.viewModel.canUndo
                    focusPolicy: Qt.TabFocus
                    Accessible.name: qsTr("Undo")
                    onClicked: screen.viewModel.undo()
                }
                QuietButton {
                    iconName: "redo"
                    keyHint: "Ctrl+Shift+Z"
                    enabled: screen.viewModel.canRedo
                    focusPolicy: Qt.TabFocus
                    Accessible.name: qsTr("Redo")
                    onClicked: screen.viewModel.redo()
                }
                QuietButton {
                    visible: screen.viewModel.instructions !== ""
                    text: qsTr("Instructions")
                    iconName: screen.instructionsOpen ? "chevron-up" : "chevron-down"
                    keyHint: "F3"
                    focusPolicy: Qt.TabFocus
                    onClicked: screen.foldInstructions()
                }
                ReadAloud {
                    reads: screen.viewModel
                    voice: screen.appViewModel.screenModel("voice")
                    active: screen.onTask
                    itemId: screen.itemId
                }
                QuietButton {
                    objectName: "keys"
                    iconName: "keyboard"
                    keyHint: "F2"
                    focusPolicy: Qt.TabFocus
                    Accessible.name: qsTr("Keys")
                    onClicked: keysPanel.open()
                }
                QuietButton {
                    visible: !screen.viewModel.correction
                    text: qsTr("Give back")
                    iconName: "hand"
                    focusPolicy: Qt.TabFocus
                    onClicked: screen.giveBack()
                }
            }
            WorkAbove {
                most: Math.round(screen.height * (screen.height < 420 * Theme.textScale ? 0.24 : 0.36))
                Layout.fillWidth: true

                QueueBanner {
                    queue: screen.appViewModel.screenModel("queue")
                    Layout.fillWidth: true
                    onActed: screen.appViewModel.openPage("outbox")
                }
                ErrorBanner {
                    what: screen.onTask ? screen.viewModel.problemMessage : ""
                    safe: screen.viewModel.problemSafe
                    todo: screen.viewModel.problemAction
                    actionText: screen.viewModel.saving === "stuck" ? qsTr("Save again") : ""
                    Layout.fillWidth: true
                    onActed: screen.viewModel.retrySaving()
                    onDismissed: screen.viewModel.dismissProblem()
                }
                ErrorBanner {
                    what: screen.viewModel.correction ? qsTr("This answer was rejected: %1").arg(screen.viewModel.redoReason) : ""
                    safe: [screen.viewModel.redoNote, screen.viewModel.redoMark !== "" ? qsTr("Marked in the task: %1").arg(screen.viewModel.redoMark) : ""].filter(part => part !== "").join("\n")
                    todo: qsTr("Correct it and finish it again; it goes back to review by itself.")
                    tone: "warn"
                    dismissable: false
                    Layout.fillWidth: true
                }
                WorkInstructions {
                    visible: screen.instructionsOpen && screen.viewModel.instructions !== ""
                    rows: screen.viewModel.instructionRows
                    most: Math.round(screen.height * 0.24)
                    Layout.fillWidth: true
                }
                TaskDifferences {
                    viewModel: screen.viewModel.comparing
                    most: Math.round(screen.height * 0.18)
                    Layout.fillWidth: true
                }
            }
            TaskPlace {
                id: task

                viewModel: screen.viewModel
                visible: !screen.viewModel.broken
                focus: true
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.margins: Theme.m
                Layout.leftMargin: Theme.l
                Layout.rightMargin: Theme.l
            }
            Item {
                visible: screen.viewModel.broken
                Layout.fillHeight: true
            }
            TaskFooter {
                problemsText: screen.viewModel.problemsText
                saving: screen.viewModel.saving
                actionText: qsTr("Finish and next")
                complete: screen.viewModel.complete
                actionEnabled: !screen.viewModel.broken && !screen.viewModel.veiled
                Layout.fillWidth: true
                onActed: screen.viewModel.finish()
            }
        }
        ColumnLayout {
            visible: !screen.onTask
            anchors.fill: parent
            spacing: 0

            ErrorBanner {
                what: !screen.onTask ? screen.viewModel.problemMessage : ""
                safe: screen.viewModel.problemSafe
                todo: screen.viewModel.problemAction
                actionText: screen.viewModel.problemRetryable && screen.stage === "seal" ? qsTr("Try again") : ""
                Layout.fillWidth: true
                Layout.margins: Theme.l
                onActed: screen.viewModel.sealAndSend()
                onDismissed: screen.viewModel.dismissProblem()
            }
            LoadingPlaceholder {
                visible: screen.stage === "loading"
                rows: 5
                Layout.fillWidth: true
                Layout.margins: Theme.xl
            }
            WorkPause {
                id: pause

                visible: screen.stage !== "loading"
                Layout.fillWidth: true
                Layout.fillHeight: true

                iconName: screen.stage === "seal" ? "done" : screen.stage === "sent" ? "outbox" : "work"
                title: {
                    switch (screen.stage) {
                    case "seal":
                        return qsTr("%n task(s) done", "", screen.viewModel.finished);
                    case "sent":
                        return qsTr("%n answer(s) waiting to be sent", "", screen.viewModel.unsent);
                    }
                    return screen.viewModel.sentText !== "" ? screen.viewModel.sentText : qsTr("No tasks here yet");
                }
                sentence: {
                    switch (screen.stage) {
                    case "seal":
                        return qsTr("They bring up to %1 GEM when they are accepted. Sealing signs them with your key, so that nobody can change them; sealed answers leave as soon as there is a connection.").arg(screen.viewModel.finishedReward);
                    case "sent":
                        return screen.viewModel.offline ? qsTr("They are sealed and safe on this computer, and leave by themselves when there is a connection.") : qsTr("They are sealed and on their way.");
                    }
                    return qsTr("Take a batch of tasks; they stay on this computer and can be done without a network.");
                }
                actionText: screen.stage === "seal" ? (screen.viewModel.sending ? qsTr("Sealing and sending…") : screen.viewModel.offline ? qsTr("Seal for sending") : qsTr("Seal and send")) : qsTr("Find work")
                actionIcon: screen.stage === "seal" ? "lock" : "search"
                actionEnabled: !screen.viewModel.sending
                // also once everything has left: where it went is asked then
                otherText: screen.stage === "empty" && screen.viewModel.sentText === "" ? "" : qsTr("Open the outbox")
                onActed: {
                    if (screen.stage === "seal")
                        screen.viewModel.sealAndSend();
                    else
                        screen.appViewModel.openPage("findWork");
                }
                onOtherActed: screen.appViewModel.openPage("outbox")
            }
            Item {
                visible: screen.stage === "loading"
                Layout.fillHeight: true
            }
        }
    }
    KeysPanel {
        id: keysPanel

        viewModel: screen.viewModel.keys
        actions: screen.ownKeys
        onClosed: screen.takeFocus()
    }
}
