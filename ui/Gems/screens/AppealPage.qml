// SPDX-License-Identifier: Apache-2.0
// One judged task: its way as a conversation in order of time, what happens next, and an appeal to write.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

FocusScope {
    id: page

    // An AppealViewModel (gems_desktop/viewmodels/appeal.py).
    required property var viewModel

    readonly property string stage: viewModel.stage
    readonly property bool ready: viewModel.ready
    readonly property bool mayWrite: ready && stage === "write"
    // Beside each other, all of it is in sight at once; below each other, reading begins at the top.
    readonly property bool wide: width >= 900 * Theme.textScale

    signal corrected(string itemId)
    signal letStand
    signal caseOpened

    function takeFocus(): void {
        if (mayWrite && wide)
            write.takeFocus();
        else
            back.forceActiveFocus(Qt.TabFocusReason);
    }

    Component.onCompleted: write.fill()
    // later, since what is to have the keyboard is not shown yet
    onReadyChanged: {
        write.fill();
        Qt.callLater(takeFocus);
    }
    onStageChanged: Qt.callLater(takeFocus)
    Keys.onEscapePressed: viewModel.leave()

    Shortcut {
        sequence: "Ctrl+Return"
        enabled: page.mayWrite
        onActivated: write.appeal()
    }

    PageFrame {
        anchors.fill: parent
        focus: true
        title: qsTr("What happened to your answer")
        subtitle: page.viewModel.heading
        actions: [
            QuietButton {
                id: back

                text: qsTr("Back to the outbox")
                iconName: "arrow-left"
                keyHint: qsTr("Esc")
                onClicked: page.viewModel.leave()
                Keys.onReturnPressed: clicked()
            }
        ]

        ErrorBanner {
            what: page.viewModel.problemMessage
            safe: page.viewModel.problemSafe
            todo: page.viewModel.problemAction
            Layout.fillWidth: true
            onDismissed: page.viewModel.dismissProblem()
        }
        LoadingPlaceholder {
            visible: !page.ready
            rows: 5
            Layout.fillWidth: true
        }
        ErrorBanner {
            what: page.ready ? page.viewModel.whyNot : ""
            tone: "warn"
            dismissable: false
            Layout.fillWidth: true
        }
        RowLayout {
            visible: page.ready && !page.wide
            spacing: Theme.s
            Layout.fillWidth: true

            Icon {
                name: "arrow-right"
                color: Theme.accent
            }
            PlainText {
                text: page.viewModel.nextText
                font.weight: Font.DemiBold
                Layout.fillWidth: true
            }
            QuietButton {
                objectName: "toNext"
                visible: page.viewModel.primary !== ""
                iconName: "chevron-down"
                Accessible.name: qsTr("What happens next")
                onClicked: {
                    if (page.viewModel.primary === "appeal")
                        write.takeFocus();
                    else
                        next.takeFocus();
                }
                Keys.onReturnPressed: clicked()
            }
        }
        GridLayout {
            visible: page.ready
            columns: page.wide ? 2 : 1
            columnSpacing: Theme.l
            rowSpacing: Theme.l
            uniformCellWidths: true
            Layout.fillWidth: true

            ColumnLayout {
                spacing: Theme.m
                Layout.fillWidth: true
                Layout.alignment: Qt.AlignTop
                Accessible.role: Accessible.List
                Accessible.name: qsTr("What happened to your answer")

                Repeater {
                    model: page.viewModel.messages

                    StoryMessage {
                        canExport: page.viewModel.canExport && ["verifiers", "panel"].includes(who)
                        onExported: page.viewModel.exportEvidence()
                    }
                }
            }
            ColumnLayout {
                spacing: Theme.l
                Layout.fillWidth: true
                Layout.alignment: Qt.AlignTop

                AppealNext {
                    id: next

                    viewModel: page.viewModel
                    Layout.fillWidth: true
                    onCorrected: page.corrected(page.viewModel.redoId())
                    onLetStand: page.letStand()
                    onCaseOpened: page.caseOpened()
                }
                AppealWrite {
                    id: write

                    visible: ["write", "made", "sent", "judging"].includes(page.stage)
                    viewModel: page.viewModel
                    Layout.fillWidth: true
                }
            }
        }
    }
}
