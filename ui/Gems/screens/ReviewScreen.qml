// SPDX-License-Identifier: Apache-2.0
// Judging answers: the answer as it was given, and beside it the instruction, the verdict and its reason.
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

    readonly property string stage: viewModel.stage
    readonly property bool onItem: stage === "review"
    readonly property bool blind: viewModel.blind
    readonly property bool wide: width >= 760 * Theme.textScale
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
            viewModel.reject(reasons.note);
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
        else if (event.key === Qt.Key_PageDown)
            flick.contentY = Math.max(0, Math.min(flick.contentHeight - flick.height, flick.contentY + flick.height * 0.8));
        else if (event.key === Qt.Key_PageUp)
            flick.contentY = Math.max(0, flick.contentY - flick.height * 0.8);
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
            takeFocus();
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
            reasons.clear();
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

                QuietButton {
                    text: qsTr("Undo last")
                    iconName: "undo"
                    keyHint: "U"
                    enabled: screen.viewModel.canUndo
                    focusPolicy: Qt.TabFocus
                    onClicked: screen.viewModel.undo()
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

                    viewModel: screen.viewModel
                    active: !screen.blind
                    focus: true
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    Layout.margins: Theme.l
                    Layout.minimumHeight: 160
                }
                Rectangle {
                    color: Theme.surface
                    Layout.fillWidth: !screen.wide
                    Layout.preferredWidth: Math.round(330 * Theme.textScale)
                    Layout.fillHeight: screen.wide
                    Layout.preferredHeight: screen.wide ? -1 : Math.min(panel.implicitHeight + 2 * Theme.l, screen.height * 0.5)

                    Rectangle {
                        anchors.left: parent.left
                        width: screen.wide ? 1 : parent.width
                        height: screen.wide ? parent.height : 1
                        color: Theme.border
                    }
                    Flickable {
                        id: flick

                        anchors.fill: parent
                        contentWidth: width
                        contentHeight: panel.implicitHeight + 2 * Theme.l
                        interactive: contentHeight > height
                        boundsBehavior: Flickable.StopAtBounds
                        clip: true

                        ScrollBar.vertical: ScrollBar {}

                        ColumnLayout {
                            id: panel

                            x: Theme.l
                            y: Theme.l
                            width: flick.width - 2 * Theme.l
                            spacing: Theme.m

                            ReviewKind {
                                viewModel: screen.viewModel
                                withStake: false
                                Layout.fillWidth: true
                            }
                            PlainText {
                                visible: screen.viewModel.verdictText !== ""
                                text: screen.viewModel.verdictText
                                color: Theme.info
                                Layout.fillWidth: true
                            }
                            GridLayout {
                                visible: !screen.viewModel.rejecting
                                columns: screen.wide ? 1 : 3
                                columnSpacing: Theme.s
                                rowSpacing: Theme.s
                                Layout.fillWidth: true

                                PlainText {
                                    text: qsTr("Is this answer right?")
                                    font.weight: Font.DemiBold
                                    Layout.fillWidth: true
                                    Layout.columnSpan: screen.wide ? 1 : 3
                                }
                                PrimaryButton {
                                    objectName: "accept"
                                    text: qsTr("Accept")
                                    iconName: "check"
                                    keyHint: "A"
                                    enabled: screen.viewModel.shown && !screen.viewModel.veiled
                                    focusPolicy: Qt.TabFocus
                                    Layout.fillWidth: true
                                    onClicked: screen.viewModel.accept()
                                }
                                SecondaryButton {
                                    text: qsTr("Reject…")
                                    iconName: "x"
                                    keyHint: "R"
                                    enabled: screen.viewModel.shown && !screen.viewModel.veiled
                                    focusPolicy: Qt.TabFocus
                                    Layout.fillWidth: true
                                    onClicked: screen.viewModel.beginReject()
                                }
                                QuietButton {
                                    text: qsTr("Skip")
                                    iconName: "skip"
                                    keyHint: "S"
                                    enabled: screen.viewModel.shown || screen.viewModel.broken || screen.viewModel.veiled
                                    focusPolicy: Qt.TabFocus
                                    Layout.fillWidth: true
                                    onClicked: screen.viewModel.skip()
                                }
                            }
                            ReviewReasons {
                                id: reasons

                                visible: screen.viewModel.rejecting
                                viewModel: screen.viewModel
                                Layout.fillWidth: true
                            }
                            TaskDifferences {
                                viewModel: screen.viewModel.comparing
                                most: 320
                                Layout.fillWidth: true
                            }
                            Rectangle {
                                implicitHeight: 1
                                color: Theme.border
                                Layout.fillWidth: true
                            }
                            PlainText {
                                visible: screen.viewModel.instructions !== ""
                                text: qsTr("What was asked")
                                font.weight: Font.DemiBold
                                Layout.fillWidth: true
                                Accessible.role: Accessible.Heading
                            }
                            InstructionText {
                                rows: screen.viewModel.instructionRows
                                Layout.fillWidth: true
                                Layout.maximumWidth: Theme.readingWidth
                            }
                            PlainText {
                                visible: screen.viewModel.stake !== "" && screen.viewModel.stake !== "0.00"
                                text: qsTr("You stake %1 GEM on your verdict.").arg(screen.viewModel.stake)
                                color: Theme.textMuted
                                font.pixelSize: Theme.fontSmall
                                Layout.fillWidth: true
                            }
                        }
                    }
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
