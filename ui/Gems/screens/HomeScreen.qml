// SPDX-License-Identifier: Apache-2.0
// What was earned, what waits, and where to go on.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

PageFrame {
    id: screen

    required property var viewModel
    required property var appViewModel

    title: qsTr("Home")

    onActiveFocusChanged: {
        if (activeFocus && !goOn.activeFocus && goOn.visible)
            goOn.forceActiveFocus(Qt.TabFocusReason);
    }

    ErrorBanner {
        what: screen.viewModel.problemMessage
        safe: screen.viewModel.problemSafe
        todo: screen.viewModel.problemAction
        actionText: screen.viewModel.problemRetryable ? qsTr("Try again") : ""
        Layout.fillWidth: true
        onActed: screen.viewModel.reload()
        onDismissed: screen.viewModel.dismissProblem()
    }
    LoadingPlaceholder {
        visible: !screen.viewModel.ready
        rows: 6
        Layout.fillWidth: true
    }
    Card {
        visible: screen.viewModel.ready
        Layout.fillWidth: true

        GridLayout {
            columns: screen.width < 760 * Theme.textScale ? 1 : 2
            columnSpacing: Theme.l
            rowSpacing: Theme.m
            Layout.fillWidth: true

            ColumnLayout {
                spacing: Theme.xs
                Layout.fillWidth: true

                PlainText {
                    text: screen.viewModel.canContinue ? screen.viewModel.continueTitle : qsTr("Nothing is waiting for you")
                    font.pixelSize: Theme.fontTitle
                    font.weight: Font.DemiBold
                    elide: Text.ElideRight
                    maximumLineCount: 2
                    Layout.fillWidth: true
                }
                PlainText {
                    text: screen.viewModel.canContinue ? screen.viewModel.continueText : qsTr("Take a batch of tasks; once it is here you can work on it without any network.")
                    color: Theme.textMuted
                    Layout.fillWidth: true
                }
                PlainText {
                    readonly property var queue: screen.appViewModel.screenModel("queue")

                    visible: (queue?.ready ?? false) && text !== ""
                    text: [queue?.atHandText ?? "", queue?.dataText ?? "", queue?.whyText ?? ""].filter(part => part !== "").join(" · ")
                    color: Theme.textMuted
                    font.pixelSize: Theme.fontSmall
                    Layout.fillWidth: true
                }
                Badge {
                    visible: screen.viewModel.continueIsRedo
                    text: qsTr("Came back to be corrected")
                    tone: "warn"
                    iconName: "undo"
                }
            }
            PrimaryButton {
                id: goOn

                objectName: "continue"
                text: screen.viewModel.canContinue ? qsTr("Continue") : qsTr("Find work")
                iconName: screen.viewModel.canContinue ? "play" : "search"
                onClicked: screen.appViewModel.openPage(screen.viewModel.canContinue ? "work" : "findWork")
                Keys.onReturnPressed: clicked()
            }
        }
    }
    QueueBanner {
        queue: screen.appViewModel.screenModel("queue")
        Layout.fillWidth: true
        onActed: screen.appViewModel.openPage("outbox")
    }
    HomeWaiting {
        visible: screen.viewModel.ready && screen.viewModel.answerable > 0
        sentence: screen.viewModel.answerableText
        endsAt: screen.viewModel.answerUntil
        Layout.fillWidth: true
        onActed: {
            screen.appViewModel.screenModel("outbox").choose("rejected");
            screen.appViewModel.openPage("outbox");
        }
    }
    GridLayout {
        visible: screen.viewModel.ready
        columns: screen.width < 900 * Theme.textScale ? 2 : 4
        columnSpacing: Theme.m
        rowSpacing: Theme.m
        uniformCellWidths: true
        Layout.fillWidth: true

        StatTile {
            label: qsTr("Earned today")
            value: screen.viewModel.earnedToday
            unit: qsTr("GEM")
            note: qsTr("%1 in seven days").arg(screen.viewModel.earnedWeek)
            iconName: "earnings"
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
        StatTile {
            label: qsTr("Ready to claim")
            value: screen.viewModel.claimable
            unit: qsTr("GEM")
            note: qsTr("Proven by the channel")
            iconName: "wallet"
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
        StatTile {
            label: qsTr("In review")
            value: screen.viewModel.inReview
            unit: qsTr("GEM")
            note: screen.viewModel.inReviewText
            iconName: "clock"
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
        StatTile {
            label: qsTr("Waiting to send")
            value: String(screen.viewModel.waiting)
            note: screen.viewModel.waitingText
            tone: screen.viewModel.waiting > 0 ? "warn" : ""
            iconName: "outbox"
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
    }
    GridLayout {
        visible: screen.viewModel.ready
        columns: screen.width < 820 * Theme.textScale ? 1 : 2
        columnSpacing: Theme.m
        rowSpacing: Theme.m
        Layout.fillWidth: true

        Card {
            title: qsTr("The last days")
            iconName: "trend"
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 3

            BarChart {
                visible: screen.viewModel.bars.length > 0
                values: screen.viewModel.bars
                labels: screen.viewModel.barLabels
                summary: screen.viewModel.barSummary
                Layout.fillWidth: true
            }
            PlainText {
                visible: screen.viewModel.bars.length === 0
                text: qsTr("Your first pay will show here, day by day.")
                color: Theme.textMuted
                Layout.fillWidth: true
            }
            Item {
                Layout.fillHeight: true
            }
        }
        Card {
            title: qsTr("Your standing")
            iconName: "trust"
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 2

            PlainText {
                text: screen.viewModel.trustSentence
                Layout.fillWidth: true
            }
            PlainText {
                visible: text !== "" && !screen.viewModel.verifier
                text: screen.viewModel.toVerifier
                color: Theme.textMuted
                Layout.fillWidth: true
            }
            Badge {
                visible: screen.viewModel.verifier
                text: qsTr("You may review")
                tone: "good"
                iconName: "check"
            }
            Item {
                Layout.fillHeight: true
            }
            QuietButton {
                text: qsTr("See the evidence")
                iconName: "chevron-right"
                onClicked: screen.appViewModel.openPage("trust")
            }
        }
    }
}
