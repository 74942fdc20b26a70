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

    readonly property var steps: appViewModel.screenModel("firstSteps")
    readonly property bool newcomer: steps?.shown ?? false
    // What a newcomer has nothing in yet is not shown.
    readonly property bool early: steps?.early ?? false
    // The one thing to do: "practise", "work", "send" or "find".
    readonly property string next: newcomer && steps.next === "practise" ? "practise" : viewModel.canContinue ? "work" : newcomer && steps.next === "send" ? "send" : "find"

    function go(): void {
        appViewModel.openPage({
            practise: "firstPractice",
            work: "work",
            send: "work",
            find: "findWork"
        }[next]);
    }

    title: qsTr("Home")
    practice: appViewModel.practice

    onActiveFocusChanged: {
        if (activeFocus && Window.activeFocusItem === screen && goOn.visible)
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
                    text: {
                        switch (screen.next) {
                        case "practise":
                            return qsTr("Begin with three examples");
                        case "send":
                            return qsTr("Your answers are ready to be sent");
                        case "work":
                            return screen.viewModel.continueTitle;
                        }
                        return screen.newcomer ? qsTr("Take your first tasks") : screen.viewModel.answerable > 0 ? qsTr("No tasks here yet") : qsTr("Nothing is waiting for you");
                    }
                    font.pixelSize: Theme.fontTitle
                    font.weight: Font.DemiBold
                    elide: Text.ElideRight
                    maximumLineCount: 2
                    Layout.fillWidth: true
                }
                PlainText {
                    text: screen.next === "practise" ? qsTr("They take a minute, pay nothing and risk nothing.") : screen.next === "send" ? qsTr("Sealing signs them; they leave as soon as there is a connection.") : screen.next === "work" ? screen.viewModel.continueText : qsTr("Take a batch of tasks; once it is here you can work on it without any network.")
                    color: Theme.textMuted
                    Layout.fillWidth: true
                }
                PlainText {
                    readonly property var queue: screen.appViewModel.screenModel("queue")

                    visible: !screen.early && (queue?.ready ?? false) && text !== ""
                    text: [queue?.atHandText ?? "", queue?.dataText ?? "", queue?.whyText ?? ""].filter(part => part !== "").join(" · ")
                    color: Theme.textMuted
                    font.pixelSize: Theme.fontSmall
                    Layout.fillWidth: true
                }
                Badge {
                    visible: screen.next === "work" && screen.viewModel.continueIsRedo
                    text: qsTr("Came back to be corrected")
                    tone: "warn"
                    iconName: "undo"
                }
            }
            PrimaryButton {
                id: goOn

                objectName: "continue"
                text: screen.next === "practise" ? qsTr("Practise") : screen.next === "find" ? qsTr("Find work") : qsTr("Continue")
                iconName: screen.next === "practise" ? "practice" : screen.next === "find" ? "search" : "play"
                onClicked: screen.go()
                Keys.onReturnPressed: clicked()
            }
        }
    }
    FirstSteps {
        steps: screen.steps
        visible: screen.newcomer && screen.viewModel.ready
        Layout.fillWidth: true
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
    UpdateOffer {
        updates: screen.appViewModel.screenModel("updates")
        Layout.fillWidth: true
        onWanted: {
            screen.appViewModel.screenModel("settings").openSection("updates");
            screen.appViewModel.openPage("settings");
        }
    }
    RateOffer {
        offer: screen.appViewModel.screenModel("rateOffer")
        Layout.fillWidth: true
        onWanted: requester => screen.appViewModel.openReport(requester)
    }
    GridLayout {
        visible: screen.viewModel.ready && !screen.early
        columns: screen.width < 900 * Theme.textScale ? 2 : 4
        columnSpacing: Theme.m
        rowSpacing: Theme.m
        uniformCellWidths: true
        Layout.fillWidth: true

        StatTile {
            label: qsTr("Earned today")
            word: "gem"
            value: screen.viewModel.earnedToday
            beside: screen.viewModel.todayBeside
            unit: qsTr("GEM")
            note: qsTr("%1 in seven days").arg(screen.viewModel.earnedWeek)
            iconName: "earnings"
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
        StatTile {
            label: Help.names.claimable ?? ""
            word: "claimable"
            value: screen.viewModel.claimable
            beside: screen.viewModel.claimableBeside
            unit: qsTr("GEM")
            // Once claimed it is not gone: what the wallet holds is said where the claim was.
            note: screen.viewModel.inWallet !== "" ? (Help.names.in_wallet ?? "") + ": " + screen.viewModel.inWallet : qsTr("Proven by the channel")
            iconName: "wallet"
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
        StatTile {
            label: Help.names.in_review ?? ""
            word: "in_review"
            value: screen.viewModel.inReview
            beside: screen.viewModel.inReviewBeside
            unit: qsTr("GEM")
            note: screen.viewModel.inReviewText
            iconName: "clock"
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
        StatTile {
            label: qsTr("Waiting to send")
            word: "outbox"
            value: String(screen.viewModel.waiting)
            note: screen.viewModel.waitingText
            tone: screen.viewModel.waiting > 0 ? "warn" : ""
            iconName: "outbox"
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
    }
    GridLayout {
        visible: screen.viewModel.ready && !screen.early
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
                objectName: "earnedChart"
                title: qsTr("Earned by day")
                facts: screen.viewModel.chart
                heads: [qsTr("Day"), qsTr("GEM")]
                emptyText: qsTr("Your first pay will show here, day by day.")
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
