// SPDX-License-Identifier: Apache-2.0
// Judging answers: the answer as it was given, and beside it the instruction, the verdict and its reason.
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
    readonly property bool onItem: stage === "review"
    readonly property bool blind: viewModel.blind
    readonly property bool wide: width >= 760 * Theme.textScale
    // Where the panel is below the evidence, what was asked is folded away there until it is wanted.
    property bool asking: false
    readonly property bool reviewer: appViewModel.reviewerAvailable === true && !appViewModel.practiceReviewer
    // Whether everything of the item is decoded; then the next drawn frame shows it.
    readonly property bool decoded: viewModel.task?.shown ?? false
    readonly property bool rejecting: viewModel.rejecting
    readonly property bool marking: viewModel.marking

    function takeFocus(): void {
        // asked of the view model, since bindings on the stage may not have run yet
        if (viewModel.stage === "review" && viewModel.blind)
            (blindPart.item as BlindReview)?.takeKeyboard();
        else if (viewModel.stage === "review")
            task.takeKeyboard();
        else if (viewModel.stage !== "loading")
            pause.takeFocus();
    }

    // A verdict waits for a frame that was drawn with the item in it, and for nothing else.
    function watch(): void {
        if (viewModel.stage !== "review" || !visible || !(viewModel.task?.shown ?? false))
            return;
        frames.waiting = viewModel.itemId;
        Window.window?.requestUpdate();
    }

    function key(event: KeyEvent): void {
        if (!onItem || blind || event.modifiers & (Qt.ControlModifier | Qt.AltModifier | Qt.MetaModifier))
            return;
        event.accepted = true;
        if (event.key === Qt.Key_U)
            viewModel.undo();
        else if (viewModel.marking && event.key === Qt.Key_Escape)
            viewModel.markPlace();
        else if (viewModel.marking && (event.key === Qt.Key_Return || event.key === Qt.Key_Enter))
            return;
        else
        // it is the place that is asked for, in the task
        if (viewModel.rejecting && event.key === Qt.Key_Escape)
            viewModel.cancelReject();
        else if (viewModel.rejecting && (event.key === Qt.Key_Return || event.key === Qt.Key_Enter))
            viewModel.reject(panel.note);
        else if (viewModel.rejecting && event.key >= Qt.Key_1 && event.key <= Qt.Key_7)
            viewModel.chooseReason(viewModel.reasons.data(viewModel.reasons.index(event.key - Qt.Key_1, 0), Qt.UserRole + 1));
        else if (event.key === Qt.Key_M && viewModel.rejecting)
            viewModel.markPlace();
        else if (event.key === Qt.Key_A)
            viewModel.accept();
        else if (event.key === Qt.Key_R)
            viewModel.beginReject();
        else if (event.key === Qt.Key_S)
            viewModel.skip();
        else if (event.key === Qt.Key_Escape && viewModel.canPause)
            viewModel.pause();
        else if (event.key === Qt.Key_PageDown)
            panel.page(1);
        else if (event.key === Qt.Key_PageUp)
            panel.page(-1);
        else
            event.accepted = false;
    }

    Component.onCompleted: viewModel.reload()
    onStageChanged: {
        takeFocus();
        watch();
    }
    onBlindChanged: {
        if (onItem && activeFocus)
            takeFocus();
        watch();
    }
    onDecodedChanged: watch()
    onRejectingChanged: {
        // the field with the remark is gone, and the keys with it
        if (!rejecting)
            takeFocus();
    }
    onMarkingChanged: {
        if (marking)
            task.enter();
    }
    onVisibleChanged: watch()
    onActiveFocusChanged: {
        if (activeFocus && !body.activeFocus)
            takeFocus();
    }
    Keys.onPressed: event => screen.key(event)

    Connections {
        target: screen.viewModel

        function onTaskChanged(): void {
            screen.watch();
        }
    }
    Connections {
        target: screen.viewModel.task
        ignoreUnknownSignals: true

        function onOpened(): void {
            panel.clear();
            screen.watch();
        }
    }
    Connections {
        id: frames

        property string waiting: ""

        target: screen.Window.window
        enabled: waiting !== ""

        function onFrameSwapped(): void {
            const id = frames.waiting;
            frames.waiting = "";
            screen.viewModel.itemShown(id);
        }
    }

    Shortcut {
        sequence: "F3"
        enabled: screen.onItem && !screen.blind && !screen.wide
        onActivated: screen.asking = !screen.asking
    }
    // Shortcuts, since a picture that has the keyboard has these letters for itself; who types a remark keeps them too.
    Shortcut {
        sequence: "M"
        enabled: screen.onItem && screen.rejecting && !screen.marking
        onActivated: screen.viewModel.markPlace()
    }
    Shortcut {
        sequence: "N"
        enabled: screen.onItem && screen.rejecting && !screen.marking
        onActivated: panel.write()
    }
    Shortcut {
        sequence: "F4"
        enabled: screen.onItem && !screen.blind
        onActivated: screen.viewModel.comparing.toggle()
    }
    FocusScope {
        id: body

        anchors.fill: parent
        focus: true

        Loader {
            id: blindPart

            anchors.fill: parent
            active: screen.onItem && screen.blind
            visible: active
            focus: active

            sourceComponent: BlindReview {
                viewModel: screen.viewModel
                voice: screen.appViewModel.screenModel("voice")
                focus: true
            }
            onLoaded: {
                if (screen.activeFocus)
                    screen.takeFocus();
            }
        }
        ColumnLayout {
            visible: screen.onItem && !screen.blind
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

                ReadAloud {
                    reads: screen.viewModel
                    voice: screen.appViewModel.screenModel("voice")
                    active: screen.onItem && !screen.blind
                    itemId: screen.viewModel.itemId
                }
                QuietButton {
                    visible: screen.wide || screen.viewModel.canUndo
                    text: qsTr("Undo last")
                    iconName: "undo"
                    keyHint: "U"
                    enabled: screen.viewModel.canUndo
                    focusPolicy: Qt.TabFocus
                    onClicked: screen.viewModel.undo()
                }
                QuietButton {
                    objectName: "asked"
                    visible: !screen.wide
                    text: qsTr("Instructions")
                    iconName: screen.asking ? "chevron-up" : "chevron-down"
                    keyHint: "F3"
                    focusPolicy: Qt.TabFocus
                    onClicked: screen.asking = !screen.asking
                }
                QuietButton {
                    objectName: "finishReviewing"
                    visible: screen.viewModel.canPause
                    text: qsTr("Enough for now")
                    iconName: "pause"
                    keyHint: qsTr("Esc")
                    focusPolicy: Qt.TabFocus
                    onClicked: screen.viewModel.pause()
                }
            }
            ErrorBanner {
                what: screen.onItem && !screen.blind ? screen.viewModel.problemMessage : ""
                safe: screen.viewModel.problemSafe
                todo: screen.viewModel.problemAction
                Layout.fillWidth: true
                Layout.margins: Theme.m
                Layout.bottomMargin: 0
                onDismissed: screen.viewModel.dismissProblem()
            }
            GridLayout {
                columns: screen.wide ? 2 : 1
                columnSpacing: 0
                rowSpacing: 0
                Layout.fillWidth: true
                Layout.fillHeight: true

                TaskPlace {
                    id: task

                    objectName: "evidence"
                    viewModel: screen.viewModel
                    active: !screen.blind
                    focus: true
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    Layout.margins: Theme.l
                    Layout.minimumHeight: Math.min(160, screen.height * 0.3)
                }
                ReviewPanel {
                    id: panel

                    viewModel: screen.viewModel
                    wide: screen.wide
                    asking: screen.asking
                    Layout.fillWidth: !screen.wide
                    Layout.preferredWidth: Math.round(330 * Theme.textScale)
                    Layout.fillHeight: true
                    Layout.minimumHeight: screen.wide ? 0 : 120
                    Layout.preferredHeight: screen.wide ? -1 : Math.min(wanted, screen.height * 0.5)
                    Layout.maximumHeight: screen.wide ? Number.POSITIVE_INFINITY : Layout.preferredHeight
                }
            }
        }
        ColumnLayout {
            visible: !screen.onItem
            anchors.fill: parent
            spacing: 0

            ErrorBanner {
                what: !screen.onItem ? screen.viewModel.problemMessage : ""
                safe: screen.viewModel.problemSafe
                todo: screen.viewModel.problemAction
                Layout.fillWidth: true
                Layout.margins: Theme.l
                onDismissed: screen.viewModel.dismissProblem()
            }
            LoadingPlaceholder {
                visible: screen.stage === "loading"
                rows: 5
                Layout.fillWidth: true
                Layout.margins: Theme.xl
            }
            ReviewPause {
                id: pause

                viewModel: screen.viewModel
                appViewModel: screen.appViewModel
                reviewer: screen.reviewer
                visible: screen.stage !== "loading"
                Layout.fillWidth: true
                Layout.fillHeight: true
            }
            Item {
                visible: screen.stage === "loading"
                Layout.fillHeight: true
            }
        }
    }
}
