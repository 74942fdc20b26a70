// SPDX-License-Identifier: Apache-2.0
// A campaign's examples, done like tasks before the first real one; then what was right, and a hint where it was not.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

FocusScope {
    id: pane

    required property var viewModel
    property var voice: null

    // Comes with the application, so there is no campaign to go back to.
    readonly property bool starter: viewModel.starter === true
    readonly property string stage: viewModel.stage
    readonly property bool onTask: stage === "task"

    signal skipped
    signal passedIt

    function leave(): void {
        if (starter)
            skipped();
        else
            viewModel.leave();
    }

    function takeFocus(): void {
        if (viewModel.stage === "task")
            task.takeKeyboard();
        else if (viewModel.stage === "result")
            result.takeFocus();
        else
            leaving.forceActiveFocus(Qt.TabFocusReason);
    }

    onStageChanged: takeFocus()
    Keys.onEscapePressed: pane.leave()
    Keys.onPressed: event => {
        if (!pane.onTask || event.modifiers !== Qt.NoModifier && event.modifiers !== Qt.KeypadModifier)
            return;
        if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter) {
            pane.viewModel.next();
            event.accepted = true;
        }
    }

    Shortcut {
        sequence: "Ctrl+Return"
        enabled: pane.onTask
        onActivated: pane.viewModel.next()
    }

    Shortcut {
        sequence: "F2"
        enabled: pane.onTask
        onActivated: keysPanel.open()
    }
    KeysPanel {
        id: keysPanel

        viewModel: pane.viewModel.keys
        actions: [[qsTr("Enter"), qsTr("Next example")], [qsTr("Esc"), leaving.text], ["F2", qsTr("Keys")], ["+ −", qsTr("Zoom")], ["0", qsTr("Show all of a picture")], [qsTr("Del"), qsTr("Take away what is selected")]]
        onClosed: pane.takeFocus()
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        GridLayout {
            id: head

            columns: width < 560 * Theme.textScale ? 1 : 2
            columnSpacing: Theme.m
            rowSpacing: Theme.xs
            Layout.fillWidth: true
            Layout.margins: Theme.s
            Layout.leftMargin: Theme.l
            Layout.rightMargin: Theme.l

            ColumnLayout {
                spacing: 0
                Layout.fillWidth: true

                PlainText {
                    text: pane.viewModel.title
                    font.weight: Font.DemiBold
                    elide: Text.ElideRight
                    maximumLineCount: 1
                    Layout.fillWidth: true
                    Accessible.role: Accessible.Heading
                }
                PlainText {
                    text: pane.onTask ? qsTr("Practice · %1").arg(pane.viewModel.positionText) : qsTr("Practice")
                    color: Theme.textMuted
                    font.pixelSize: Theme.fontSmall
                    Layout.fillWidth: true
                }
            }
            RowLayout {
                spacing: Theme.xs

                ReadAloud {
                    visible: pane.onTask && (pane.voice?.ready ?? false)
                    reads: pane.viewModel
                    voice: pane.voice
                    active: pane.onTask
                    itemId: pane.viewModel.positionText
                }
                QuietButton {
                    visible: pane.onTask
                    text: head.columns > 1 ? qsTr("Keys") : ""
                    Accessible.name: qsTr("Keys")
                    iconName: "keyboard"
                    keyHint: "F2"
                    onClicked: keysPanel.open()
                }
                QuietButton {
                    id: leaving

                    objectName: "leavePractice"
                    // who has passed has nothing left to skip
                    visible: !(pane.starter && pane.viewModel.stage === "result" && pane.viewModel.passed)
                    text: pane.starter ? qsTr("Skip the practice") : qsTr("Back to the campaign")
                    iconName: "x"
                    keyHint: qsTr("Esc")
                    onClicked: pane.leave()
                }
            }
        }
        Rectangle {
            implicitHeight: 1
            color: Theme.border
            Layout.fillWidth: true
        }
        ErrorBanner {
            what: pane.viewModel.problemMessage
            safe: pane.viewModel.problemSafe
            todo: pane.viewModel.problemAction
            Layout.fillWidth: true
            Layout.margins: Theme.l
            Layout.bottomMargin: 0
            onDismissed: pane.viewModel.dismissProblem()
        }
        LoadingPlaceholder {
            visible: pane.stage === "loading"
            rows: 4
            Layout.fillWidth: true
            Layout.margins: Theme.xl
        }
        WorkInstructions {
            visible: pane.onTask && pane.viewModel.instructions !== ""
            rows: pane.viewModel.instructionRows
            most: Math.round(pane.height * 0.24)
            Layout.fillWidth: true
            Layout.margins: Theme.l
            Layout.bottomMargin: 0
        }
        TaskPlace {
            id: task

            viewModel: pane.viewModel
            visible: pane.onTask && !pane.viewModel.broken
            focus: true
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.margins: Theme.m
            Layout.leftMargin: Theme.l
            Layout.rightMargin: Theme.l
        }
        PracticeResult {
            id: result

            visible: pane.stage === "result"
            viewModel: pane.viewModel
            starter: pane.starter
            onDone: {
                if (pane.starter)
                    pane.passedIt();
                else
                    pane.viewModel.leave();
            }
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
        Item {
            visible: pane.stage === "loading" || pane.viewModel.broken
            Layout.fillHeight: true
        }
        Rectangle {
            visible: pane.onTask
            implicitHeight: 1
            color: Theme.border
            Layout.fillWidth: true
        }
        GridLayout {
            visible: pane.onTask
            columns: width < 560 * Theme.textScale ? 1 : 2
            columnSpacing: Theme.l
            rowSpacing: Theme.xs
            Layout.fillWidth: true
            Layout.margins: Theme.s
            Layout.leftMargin: Theme.l
            Layout.rightMargin: Theme.l

            PlainText {
                visible: parent.columns > 1 || pane.viewModel.problemsText !== ""
                text: pane.viewModel.problemsText !== "" ? pane.viewModel.problemsText : qsTr("Practice pays nothing and costs nothing. %1").arg(pane.viewModel.neededText)
                color: pane.viewModel.problemsText !== "" ? Theme.warn : Theme.textMuted
                font.pixelSize: Theme.fontSmall
                Layout.fillWidth: true
            }
            Flow {
                spacing: Theme.s
                layoutDirection: Qt.RightToLeft
                Layout.alignment: Qt.AlignRight
                Layout.fillWidth: parent.columns === 1
                Layout.preferredWidth: parent.columns === 1 ? -1 : onward.implicitWidth + backward.implicitWidth + spacing

                PrimaryButton {
                    id: onward

                    objectName: "practiceNext"
                    text: pane.viewModel.sending ? qsTr("Checking…") : pane.viewModel.last ? qsTr("Have them checked") : qsTr("Next example")
                    iconName: pane.viewModel.last ? "check" : "arrow-right"
                    keyHint: qsTr("Enter")
                    focusPolicy: Qt.TabFocus
                    variant: pane.viewModel.complete ? "primary" : "secondary"
                    busy: pane.viewModel.sending
                    enabled: !pane.viewModel.broken && !pane.viewModel.veiled
                    onClicked: pane.viewModel.next()
                }
                QuietButton {
                    id: backward

                    objectName: "practiceBack"
                    text: qsTr("Back")
                    iconName: "arrow-left"
                    focusPolicy: Qt.TabFocus
                    enabled: !pane.viewModel.first && !pane.viewModel.sending
                    onClicked: pane.viewModel.back()
                }
            }
        }
    }
}
