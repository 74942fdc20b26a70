// SPDX-License-Identifier: Apache-2.0
// One case: what the contract would pay, what everybody sees then, who brings it, and where it stands on the chain.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

FocusScope {
    id: page

    // A CaseViewModel (gems_desktop/viewmodels/case.py).
    required property var viewModel

    readonly property bool ready: viewModel.ready
    readonly property bool ended: ["PAID", "TURNED", "ANSWERED", "LATE"].includes(viewModel.stage)

    function takeFocus(): void {
        if (save.visible && save.enabled)
            save.forceActiveFocus(Qt.TabFocusReason);
        else
            back.forceActiveFocus(Qt.TabFocusReason);
    }

    // later, since what is to have the keyboard is not shown yet
    onReadyChanged: Qt.callLater(takeFocus)
    Keys.onEscapePressed: viewModel.leave()

    Shortcut {
        sequence: "Ctrl+Return"
        enabled: page.visible && page.viewModel.canSave
        onActivated: page.viewModel.save()
    }

    PageFrame {
        anchors.fill: parent
        focus: true
        title: qsTr("Take it to the contract")
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
            what: page.viewModel.none
            tone: "info"
            dismissable: false
            Layout.fillWidth: true
        }
        Card {
            visible: page.viewModel.stageText !== ""
            title: page.viewModel.stageText
            iconName: page.viewModel.stage === "PAID" ? "check" : page.ended ? "x" : "clock"
            spacing: Theme.s
            Layout.fillWidth: true

            PlainText {
                text: page.viewModel.why
                Layout.fillWidth: true
            }
            FactLine {
                label: qsTr("It pays you, at most")
                value: page.viewModel.pays
                unit: qsTr("GEM")
                strong: true
            }
            FactLine {
                visible: page.viewModel.by !== ""
                label: qsTr("Bring it by")
                value: page.viewModel.by
            }
            FactLine {
                visible: page.viewModel.waits !== ""
                label: qsTr("The contract waits for objections")
                word: "contest_day"
                value: page.viewModel.waits
            }
            FactLine {
                visible: page.viewModel.saved !== ""
                label: qsTr("Saved as a file")
                value: page.viewModel.saved
            }
        }
        Card {
            visible: page.viewModel.why !== "" && !page.ended
            title: qsTr("How it goes")
            spacing: Theme.s
            Layout.fillWidth: true

            PlainText {
                text: qsTr("1. You save a file with what was signed about this task. Your answer is not in it, only its fingerprint, and no secret of yours.")
                Layout.fillWidth: true
            }
            PlainText {
                text: qsTr("2. Anybody with a little gas coin brings it to the contract: the keeper of a watch-tower, a friend, or you. They need nothing but the file, and can change nothing in it.")
                Layout.fillWidth: true
            }
            PlainText {
                text: qsTr("3. The contract waits for objections, then anybody can let it pay. The money goes to your wallet, whoever brings the case.")
                Layout.fillWidth: true
            }
            PlainText {
                text: qsTr("Saving costs you nothing; who brings it pays the gas coin. If the contract decides otherwise, it pays nothing, and nothing more is taken from you.")
                Layout.fillWidth: true
            }
            PlainText {
                text: qsTr("On the chain everybody sees your wallet's address, the task's number, its pay, and how it was judged. If the platform pays you after all, Gems signs that it did, and the contract pays nobody twice.")
                color: Theme.textMuted
                font.pixelSize: Theme.fontSmall
                Layout.fillWidth: true
            }
            Flow {
                spacing: Theme.s
                Layout.fillWidth: true

                PrimaryButton {
                    id: save

                    objectName: "saveCase"
                    text: page.viewModel.saved === "" ? qsTr("Save the case") : qsTr("Save it again")
                    iconName: "download"
                    keyHint: qsTr("Ctrl+Enter")
                    busy: page.viewModel.busy
                    enabled: page.viewModel.canSave
                    onClicked: page.viewModel.save()
                    Keys.onReturnPressed: clicked()
                }
                SecondaryButton {
                    text: qsTr("Look at the chain again")
                    iconName: "refresh"
                    busy: page.viewModel.busy
                    onClicked: page.viewModel.reload()
                    Keys.onReturnPressed: clicked()
                }
            }
        }
    }
}
