// SPDX-License-Identifier: Apache-2.0
// One appeal: what was decided, who would decide anew, what losing costs and winning brings, and the reason to write.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
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
    readonly property bool onItsWay: ready && !["write", "closed"].includes(stage)

    signal corrected(string itemId)

    function takeFocus(): void {
        if (mayWrite && wide)
            reason.forceActiveFocus(Qt.TabFocusReason);
        else
            back.forceActiveFocus(Qt.TabFocusReason);
    }

    function appeal(): void {
        if (mayWrite && reason.text.trim() !== "")
            viewModel.appeal(reason.text);
        else
            reason.forceActiveFocus(Qt.TabFocusReason);
    }

    Component.onCompleted: reason.text = viewModel.draft()
    // later, since what is to have the keyboard is not shown yet
    onReadyChanged: Qt.callLater(takeFocus)
    onStageChanged: Qt.callLater(takeFocus)
    Keys.onEscapePressed: viewModel.leave()

    Shortcut {
        sequence: "Ctrl+Return"
        enabled: page.mayWrite
        onActivated: page.appeal()
    }

    PageFrame {
        anchors.fill: parent
        focus: true
        title: page.onItsWay ? qsTr("Your appeal") : qsTr("Appeal")
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
        Card {
            visible: page.onItsWay
            title: page.viewModel.stageText
            iconName: page.stage === "won" ? "check" : page.stage === "lost" || page.stage === "late" ? "x" : "clock"
            Layout.fillWidth: true

            AppealSteps {
                step: page.viewModel.step
                stage: page.stage
                Layout.fillWidth: true
            }
            PlainText {
                visible: text !== ""
                text: page.viewModel.endText
                Layout.fillWidth: true
            }
            PlainText {
                visible: page.viewModel.mine !== ""
                text: qsTr("You wrote:")
                color: Theme.textMuted
                font.pixelSize: Theme.fontSmall
                Layout.fillWidth: true
            }
            PlainText {
                visible: text !== ""
                text: page.viewModel.mine
                Layout.fillWidth: true
            }
        }
        GridLayout {
            columns: page.wide && page.mayWrite ? 2 : 1
            columnSpacing: Theme.l
            rowSpacing: Theme.l
            uniformCellWidths: true
            Layout.fillWidth: true

            ColumnLayout {
                spacing: Theme.l
                Layout.fillWidth: true
                Layout.alignment: Qt.AlignTop

                Card {
                    visible: page.viewModel.reason !== "" || page.viewModel.note !== ""
                    title: qsTr("Why it was rejected")
                    Layout.fillWidth: true

                    PlainText {
                        visible: text !== ""
                        text: page.viewModel.reason
                        color: Theme.bad
                        font.weight: Font.Medium
                        Layout.fillWidth: true
                    }
                    PlainText {
                        visible: text !== ""
                        text: page.viewModel.note
                        Layout.fillWidth: true
                    }
                }
                Card {
                    visible: page.ready && ["write", "made", "sent", "judging"].includes(page.stage)
                    title: qsTr("What an appeal means")
                    spacing: Theme.s
                    Layout.fillWidth: true

                    FactLine {
                        visible: value !== ""
                        label: qsTr("Who decides")
                        value: page.viewModel.deciders
                    }
                    FactLine {
                        visible: page.mayWrite
                        label: qsTr("You can appeal until")
                        value: page.viewModel.untilText
                    }
                    FactLine {
                        label: qsTr("Decided by, at the latest")
                        value: page.viewModel.decidedBy
                    }
                    FactLine {
                        visible: page.viewModel.hasBond
                        label: page.mayWrite ? qsTr("Bond you put up (%1 GEM are free)").arg(page.viewModel.bondFree) : qsTr("Bond you put up")
                        value: page.viewModel.bond
                        unit: qsTr("GEM")
                    }
                    FactLine {
                        visible: page.mayWrite
                        label: qsTr("If you lose, it costs you")
                        value: page.viewModel.loses
                        unit: qsTr("GEM")
                        strong: true
                    }
                    PlainText {
                        text: page.viewModel.losesText
                        color: Theme.textMuted
                        font.pixelSize: Theme.fontSmall
                        Layout.fillWidth: true
                    }
                    FactLine {
                        label: qsTr("If you win, you get")
                        value: page.viewModel.wins
                        unit: qsTr("GEM")
                        strong: true
                    }
                    PlainText {
                        text: page.viewModel.winsText
                        color: Theme.textMuted
                        font.pixelSize: Theme.fontSmall
                        Layout.fillWidth: true
                    }
                }
            }
            ColumnLayout {
                visible: page.mayWrite
                spacing: Theme.l
                Layout.fillWidth: true
                Layout.alignment: Qt.AlignTop

                ErrorBanner {
                    what: page.viewModel.redoText
                    tone: "info"
                    dismissable: false
                    Layout.fillWidth: true
                }
                Card {
                    visible: page.mayWrite
                    title: qsTr("Why your answer is right")
                    Layout.fillWidth: true

                    TextArea {
                        id: reason

                        objectName: "appealReason"
                        placeholderText: qsTr("What is right about it, in a sentence or two")
                        Accessible.name: qsTr("Why your answer is right")
                        Accessible.multiLine: true
                        KeyNavigation.priority: KeyNavigation.BeforeItem
                        // Tab leaves the field, as everywhere else
                        Keys.onTabPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
                        Keys.onBacktabPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
                        Layout.fillWidth: true
                        onTextChanged: {
                            if (length > page.viewModel.longest)
                                remove(page.viewModel.longest, length);
                            page.viewModel.keepDraft(text);
                        }
                    }
                    PlainText {
                        text: qsTr("It is signed with the appeal and leaves with the next connection. %1 of %2 characters.").arg(reason.length).arg(page.viewModel.longest)
                        color: Theme.textMuted
                        font.pixelSize: Theme.fontSmall
                        Layout.fillWidth: true
                    }
                    Flow {
                        spacing: Theme.s
                        Layout.fillWidth: true

                        PrimaryButton {
                            objectName: "appeal"
                            text: page.viewModel.givesUpRedo ? qsTr("Appeal and give up the second try") : qsTr("Sign the appeal")
                            iconName: "flag"
                            keyHint: qsTr("Ctrl+Enter")
                            enabled: reason.text.trim() !== "" && !page.viewModel.writing
                            onClicked: page.appeal()
                            Keys.onReturnPressed: clicked()
                        }
                        SecondaryButton {
                            visible: page.viewModel.canRedo
                            text: qsTr("Correct it instead")
                            iconName: "redo"
                            onClicked: page.corrected(page.viewModel.redoId())
                            Keys.onReturnPressed: clicked()
                        }
                    }
                }
            }
        }
    }
}
