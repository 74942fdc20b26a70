// SPDX-License-Identifier: Apache-2.0
// My trust score with its bounds, how it moved, how far it is to reviewing, and every judged answer behind it.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

PageFrame {
    id: screen

    required property var viewModel
    required property var appViewModel

    title: qsTr("Trust")
    subtitle: qsTr("Computed on this computer from signed verdicts; nobody can simply set it.")
    actions: [
        SecondaryButton {
            objectName: "compare"
            text: qsTr("Compare with the platform")
            iconName: "refresh"
            enabled: !screen.viewModel.busy
            onClicked: screen.viewModel.compare()
        }
    ]

    ErrorBanner {
        what: screen.viewModel.problemMessage
        safe: screen.viewModel.problemSafe
        todo: screen.viewModel.problemAction
        actionText: screen.viewModel.problemRetryable ? qsTr("Try again") : ""
        Layout.fillWidth: true
        onActed: screen.viewModel.compare()
        onDismissed: screen.viewModel.dismissProblem()
    }
    ErrorBanner {
        objectName: "differs"
        what: screen.viewModel.differs ? qsTr("The platform shows another number.") : ""
        safe: screen.viewModel.differsText
        todo: qsTr("Its number may lag behind by a few verdicts. If it stays so, tell the platform's operator; the evidence below is signed.")
        tone: "warn"
        dismissable: false
        Layout.fillWidth: true
    }
    LoadingPlaceholder {
        visible: !screen.viewModel.ready
        rows: 6
        Layout.fillWidth: true
    }
    EmptyState {
        visible: screen.viewModel.ready && screen.viewModel.checked === 0
        iconName: "trust"
        title: qsTr("No answer of yours has been checked yet")
        sentence: qsTr("Every checked answer counts. Begin with any campaign; those without a stake are the easiest start.")
        actionText: qsTr("Find work")
        Layout.fillWidth: true
        Layout.topMargin: Theme.xl
        onActed: screen.appViewModel.openPage("findWork")
    }
    GridLayout {
        visible: screen.viewModel.ready && screen.viewModel.checked > 0
        columns: screen.width < 860 * Theme.textScale ? 1 : 2
        columnSpacing: Theme.m
        rowSpacing: Theme.m
        Layout.fillWidth: true

        Card {
            title: qsTr("Score")
            iconName: "trust"
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 3

            RowLayout {
                spacing: Theme.m

                PlainText {
                    text: screen.viewModel.scoreText
                    font.pixelSize: Math.round(Theme.fontDisplay * 1.4)
                    font.weight: Font.DemiBold
                }
                PlainText {
                    text: qsTr("your share of right answers lies %1").arg(screen.viewModel.boundsText)
                    color: Theme.textMuted
                    Layout.fillWidth: true
                }
            }
            ScoreBar {
                score: screen.viewModel.score
                lower: screen.viewModel.lower
                upper: screen.viewModel.upper
                summary: screen.viewModel.scoreText + ", " + screen.viewModel.boundsText
                Layout.fillWidth: true
            }
            PlainText {
                text: screen.viewModel.sentence
                Layout.fillWidth: true
            }
            RowLayout {
                spacing: Theme.s

                Badge {
                    text: qsTr("%1 checked").arg(screen.viewModel.checked)
                }
                Badge {
                    text: qsTr("%1 right").arg(screen.viewModel.accepted)
                    tone: "good"
                }
                Badge {
                    text: qsTr("%1 at the first try").arg(screen.viewModel.firstTry)
                    tone: "info"
                }
            }
            Item {
                Layout.fillHeight: true
            }
        }
        Card {
            title: qsTr("How it moved")
            iconName: "trend"
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 2

            Sparkline {
                visible: screen.viewModel.history.length > 1
                values: screen.viewModel.history
                summary: screen.viewModel.historySummary
                Layout.fillWidth: true
            }
            PlainText {
                text: screen.viewModel.history.length > 1 ? screen.viewModel.historySummary : qsTr("A line shows here after the second checked answer.")
                color: Theme.textMuted
                Layout.fillWidth: true
            }
            Item {
                Layout.fillHeight: true
            }
        }
    }
    Card {
        visible: screen.viewModel.ready && (screen.viewModel.verifier || screen.viewModel.toVerifier !== "")
        title: qsTr("Reviewing other people's work")
        iconName: "review"
        Layout.fillWidth: true

        RowLayout {
            spacing: Theme.m
            Layout.fillWidth: true

            PlainText {
                text: screen.viewModel.verifier ? qsTr("You may review. Reviews pay better by the hour and need no network once they are here.") : screen.viewModel.toVerifier
                Layout.fillWidth: true
            }
            SecondaryButton {
                visible: screen.viewModel.verifier
                text: qsTr("Review")
                iconName: "review"
                onClicked: screen.appViewModel.openPage("review")
            }
        }
    }
    Card {
        visible: screen.viewModel.ready && screen.viewModel.checked > 0
        title: qsTr("Evidence")
        iconName: "list"
        Layout.fillWidth: true

        DataList {
            name: qsTr("Evidence")
            model: screen.viewModel.outcomes
            columns: [
                {
                    title: qsTr("Judged"),
                    role: "when",
                    weight: 2
                },
                {
                    title: qsTr("Campaign"),
                    role: "campaign",
                    weight: 4
                },
                {
                    title: qsTr("Verdict"),
                    role: "outcome",
                    weight: 1
                },
                {
                    title: qsTr("Attempt"),
                    role: "attempt",
                    weight: 1.4
                }
            ]
            Layout.fillWidth: true
        }
    }
}
