// SPDX-License-Identifier: Apache-2.0
// My grade with its bounds, what comes next, each kind of work, every judged answer behind it, and my audits.
pragma ComponentBehavior: Bound

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
            busy: screen.viewModel.busy
            onClicked: screen.viewModel.compare()
        }
    ]

    Connections {
        target: screen.viewModel

        function onSaid(text: string, tone: string): void {
            screen.appViewModel.toast(text, tone);
        }
    }
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
        objectName: "removal"
        what: screen.viewModel.removalText
        safe: qsTr("What you have earned stays yours. If the platform removes you, you can appeal to its operator here.")
        todo: qsTr("Appeal rejections that you think are wrong in the Outbox: each one that you win counts as right here.")
        actionText: qsTr("Open the Outbox")
        dismissable: false
        Layout.fillWidth: true
        onActed: screen.appViewModel.openPage("outbox")
    }
    RemovalAppeal {
        objectName: "removalAppeal"
        viewModel: screen.viewModel.removal
        Layout.fillWidth: true
    }
    ErrorBanner {
        objectName: "alarm"
        what: screen.viewModel.alarmText
        safe: qsTr("Nothing is lost by this notice; it looks only at your last answers.")
        todo: qsTr("Read the reasons in the Outbox. A rejection that you think is wrong can be appealed there.")
        actionText: qsTr("Open the Outbox")
        tone: "warn"
        dismissable: false
        Layout.fillWidth: true
        onActed: screen.appViewModel.openPage("outbox")
    }
    ErrorBanner {
        objectName: "differs"
        what: screen.viewModel.differs ? qsTr("The platform says something else than your signed verdicts.") : ""
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
    GridLayout {
        visible: screen.viewModel.ready
        columns: screen.width < 860 * Theme.textScale ? 1 : 2
        columnSpacing: Theme.m
        rowSpacing: Theme.m
        Layout.fillWidth: true

        TrustGrade {
            viewModel: screen.viewModel
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 3
        }
        TrustAhead {
            visible: screen.viewModel.scenarios.count > 0
            model: screen.viewModel.scenarios
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 2
        }
    }
    EmptyState {
        visible: screen.viewModel.ready && screen.viewModel.checked === 0
        iconName: "trust"
        title: qsTr("No answer of yours has been checked yet")
        sentence: qsTr("Every checked answer counts. Begin with any campaign; those without a stake are the easiest start.")
        actionText: qsTr("Find work")
        Layout.fillWidth: true
        onActed: screen.appViewModel.openPage("findWork")
    }
    TrustFamilies {
        visible: screen.viewModel.families.count > 0
        model: screen.viewModel.families
        Layout.fillWidth: true
    }
    Card {
        visible: screen.viewModel.explanations.length > 0 || scoreChart.points.length > 1
        title: qsTr("How it came about")
        iconName: "info"
        Layout.fillWidth: true

        Repeater {
            model: screen.viewModel.explanations

            PlainText {
                required property string modelData

                objectName: "explanation"
                text: modelData
                Layout.fillWidth: true
            }
        }
        BandChart {
            id: scoreChart

            objectName: "scoreChart"
            title: qsTr("Score over time")
            facts: screen.viewModel.scoreChart
            heads: [qsTr("Checked answers"), qsTr("Score"), qsTr("At least"), qsTr("At most")]
            lineText: qsTr("Score")
            rangeText: qsTr("Where the true value probably lies")
            emptyText: qsTr("The score shows here from your second checked answer on.")
            Layout.fillWidth: true
        }
    }
    Card {
        visible: screen.viewModel.ready && (screen.viewModel.verifier || (screen.viewModel.toVerifier !== "" && screen.viewModel.families.count === 0))
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
        word: "score"
        Layout.fillWidth: true

        PlainText {
            text: qsTr("%1 checked · %2 right · %3 at the first try").arg(screen.viewModel.checked).arg(screen.viewModel.accepted).arg(screen.viewModel.firstTry) + (screen.viewModel.scoreText === "" ? "" : " · " + qsTr("trust score %1").arg(screen.viewModel.scoreText))
            color: Theme.textMuted
            Layout.fillWidth: true
        }
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
                },
                {
                    title: qsTr("Judged by"),
                    role: "judged",
                    weight: 1.6
                }
            ]
            Layout.fillWidth: true
        }
        PlainText {
            text: qsTr("A rejection counts only when it can change no more. You may appeal it in the Outbox until then.")
            color: Theme.textMuted
            font.pixelSize: Theme.fontSmall
            Layout.fillWidth: true
        }
    }
    TrustAudits {
        visible: screen.viewModel.ready
        viewModel: screen.viewModel
        Layout.fillWidth: true
    }
}
