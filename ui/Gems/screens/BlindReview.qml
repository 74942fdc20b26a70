// SPDX-License-Identifier: Apache-2.0
// A review that is done by doing the task: as in Work, with the other's answer nowhere on the screen.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

FocusScope {
    id: blind

    required property var viewModel
    property var voice: null
    property bool instructionsOpen: true

    function takeKeyboard(): void {
        task.takeKeyboard();
    }

    Keys.onPressed: event => {
        if (event.modifiers !== Qt.NoModifier && event.modifiers !== Qt.KeypadModifier)
            return;
        event.accepted = true;
        if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter)
            blind.viewModel.giveAnswer();
        else if (event.key === Qt.Key_S)
            blind.viewModel.skip();
        else if (event.key === Qt.Key_U)
            blind.viewModel.undo();
        else if (event.key === Qt.Key_Escape && blind.viewModel.canPause)
            blind.viewModel.pause();
        else
            event.accepted = false;
    }

    Shortcut {
        sequence: "F2"
        onActivated: keysPanel.open()
    }
    Shortcut {
        sequence: "Ctrl+Return"
        onActivated: blind.viewModel.giveAnswer()
    }
    Shortcut {
        sequences: ["Ctrl+Z"]
        onActivated: blind.viewModel.undoEdit()
    }
    Shortcut {
        sequences: ["Ctrl+Shift+Z", "Ctrl+Y"]
        onActivated: blind.viewModel.redoEdit()
    }
    Shortcut {
        sequence: "F3"
        onActivated: blind.instructionsOpen = !blind.instructionsOpen
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        WorkHeader {
            title: blind.viewModel.title
            positionText: blind.viewModel.positionText
            progress: blind.viewModel.progress
            reward: blind.viewModel.reward
            warning: blind.viewModel.warning
            dueAt: blind.viewModel.dueAt
            Layout.fillWidth: true

            QuietButton {
                iconName: "undo"
                keyHint: "Ctrl+Z"
                enabled: blind.viewModel.canUndoEdit
                focusPolicy: Qt.TabFocus
                Accessible.name: qsTr("Undo")
                onClicked: blind.viewModel.undoEdit()
            }
            QuietButton {
                iconName: "redo"
                keyHint: "Ctrl+Shift+Z"
                enabled: blind.viewModel.canRedoEdit
                focusPolicy: Qt.TabFocus
                Accessible.name: qsTr("Redo")
                onClicked: blind.viewModel.redoEdit()
            }
            QuietButton {
                visible: blind.viewModel.instructions !== ""
                text: qsTr("Instructions")
                iconName: blind.instructionsOpen ? "chevron-up" : "chevron-down"
                keyHint: "F3"
                focusPolicy: Qt.TabFocus
                onClicked: blind.instructionsOpen = !blind.instructionsOpen
            }
            ReadAloud {
                reads: blind.viewModel
                voice: blind.voice
                itemId: blind.viewModel.itemId
            }
            QuietButton {
                iconName: "keyboard"
                keyHint: "F2"
                focusPolicy: Qt.TabFocus
                Accessible.name: qsTr("Keys")
                onClicked: keysPanel.open()
            }
            QuietButton {
                visible: blind.viewModel.canUndo
                text: qsTr("Undo last")
                iconName: "arrow-left"
                keyHint: "U"
                focusPolicy: Qt.TabFocus
                onClicked: blind.viewModel.undo()
            }
            QuietButton {
                visible: blind.viewModel.canPause
                text: qsTr("Enough for now")
                iconName: "pause"
                keyHint: qsTr("Esc")
                focusPolicy: Qt.TabFocus
                onClicked: blind.viewModel.pause()
            }
        }
        WorkAbove {
            most: Math.round(blind.height * (blind.height < 420 * Theme.textScale ? 0.24 : 0.36))
            Layout.fillWidth: true

            ErrorBanner {
                what: blind.viewModel.problemMessage
                safe: blind.viewModel.problemSafe
                todo: blind.viewModel.problemAction
                actionText: blind.viewModel.saving === "stuck" ? qsTr("Save again") : ""
                Layout.fillWidth: true
                onActed: blind.viewModel.retrySaving()
                onDismissed: blind.viewModel.dismissProblem()
            }
            ReviewKind {
                viewModel: blind.viewModel
                Layout.fillWidth: true
            }
            WorkInstructions {
                rows: blind.viewModel.instructionRows
                visible: blind.instructionsOpen && blind.viewModel.instructions !== ""
                most: Math.round(blind.height * 0.24)
                Layout.fillWidth: true
            }
        }
        TaskPlace {
            id: task

            viewModel: blind.viewModel
            visible: !blind.viewModel.broken
            focus: true
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.margins: Theme.m
            Layout.leftMargin: Theme.l
            Layout.rightMargin: Theme.l
        }
        Item {
            visible: blind.viewModel.broken
            Layout.fillHeight: true
        }
        TaskFooter {
            problemsText: blind.viewModel.problemsText
            saving: blind.viewModel.saving
            actionText: qsTr("Give this answer")
            complete: blind.viewModel.complete
            actionEnabled: blind.viewModel.shown && !blind.viewModel.broken && !blind.viewModel.veiled
            Layout.fillWidth: true
            onActed: blind.viewModel.giveAnswer()

            QuietButton {
                text: qsTr("Skip")
                iconName: "skip"
                keyHint: blind.viewModel.skipKey
                enabled: blind.viewModel.shown || blind.viewModel.broken || blind.viewModel.veiled
                focusPolicy: Qt.TabFocus
                onClicked: blind.viewModel.skip()
            }
        }
    }
    KeysPanel {
        id: keysPanel

        viewModel: blind.viewModel.keys
        actions: [[qsTr("Enter"), qsTr("Give this answer")], [blind.viewModel.skipKey !== "" ? blind.viewModel.skipKey : "–", qsTr("Skip")], ["Ctrl+Z", qsTr("Undo")], ["Ctrl+Shift+Z", qsTr("Redo")], ["F3", qsTr("Instructions")], ["F2", qsTr("Keys")], ["+ −", qsTr("Zoom")], ["0", qsTr("Show all of a picture")], [qsTr("Del"), qsTr("Take away what is selected")]]
        onClosed: blind.takeKeyboard()
    }
}
