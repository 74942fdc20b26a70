// SPDX-License-Identifier: Apache-2.0
// A requester as the evidence shows them; without one chosen, the requesters that offer work.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

PageFrame {
    id: screen

    required property var viewModel
    required property var appViewModel

    readonly property bool chosen: viewModel.address !== ""
    readonly property bool shown: chosen && viewModel.ready
    readonly property var setAside: appViewModel.screenModel("setAside")
    readonly property string address: viewModel.address

    onAddressChanged: setAside?.look?.(address)
    Component.onCompleted: setAside?.look?.(address)
    Keys.onEscapePressed: appViewModel.openPage("findWork")

    title: qsTr("Requester report")
    subtitle: qsTr("Facts from verdicts and payments; what workers think of them stands apart.")
    actions: [
        SecondaryButton {
            objectName: "back"
            visible: screen.chosen
            text: qsTr("All requesters")
            iconName: "list"
            onClicked: screen.viewModel.openReport("")
        },
        SecondaryButton {
            objectName: "toFindWork"
            text: qsTr("Back to Find work")
            iconName: "search"
            keyHint: qsTr("Esc")
            onClicked: screen.appViewModel.openPage("findWork")
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
        onActed: screen.viewModel.openReport(screen.viewModel.address)
        onDismissed: screen.viewModel.dismissProblem()
    }
    LoadingPlaceholder {
        visible: screen.chosen && !screen.viewModel.ready && screen.viewModel.problemMessage === ""
        rows: 6
        Layout.fillWidth: true
    }
    Card {
        visible: !screen.chosen
        title: qsTr("Requesters with work on offer")
        iconName: "users"
        Layout.fillWidth: true

        DataList {
            objectName: "requesters"
            name: qsTr("Requesters with work on offer")
            model: screen.viewModel.requesters
            emptyText: qsTr("No campaign is known yet. Look for work first.")
            columns: [
                {
                    title: qsTr("Requester"),
                    role: "shortAddress",
                    weight: 1
                },
                {
                    title: qsTr("Campaigns"),
                    role: "campaigns",
                    weight: 3
                }
            ]
            Layout.fillWidth: true
            onActivated: index => screen.viewModel.openRow(index)
        }
    }
    RowLayout {
        visible: screen.chosen
        spacing: Theme.m
        Layout.fillWidth: true

        Icon {
            name: "user"
            color: Theme.accent
        }
        PlainText {
            text: screen.viewModel.fullAddress
            font.weight: Font.Medium
            wrapMode: Text.WrapAtWordBoundaryOrAnywhere
            Layout.fillWidth: true
        }
        PracticeBadge {
            visible: screen.viewModel.practice
        }
    }
    Flow {
        visible: screen.chosen && (screen.setAside?.look ?? null) !== null
        spacing: Theme.s
        Layout.fillWidth: true

        WatchButton {
            objectName: "watchRequester"
            visible: !(screen.setAside?.blocked ?? false)
            on: screen.setAside?.watched ?? false
            onClicked: screen.setAside.watch(screen.address, !on)
        }
        QuietButton {
            objectName: "blockRequester"
            text: screen.setAside?.blocked ?? false ? qsTr("Offer it again") : qsTr("Block this requester")
            iconName: screen.setAside?.blocked ?? false ? "undo" : "x"
            onClicked: screen.setAside.blocked ? screen.setAside.bringBack(screen.address, true) : screen.setAside.block(screen.address)
        }
    }
    PlainText {
        visible: screen.chosen && (screen.setAside?.blocked ?? false)
        text: qsTr("Blocked: you are not offered this requester's work.")
        color: Theme.warn
        Layout.fillWidth: true
    }
    GridLayout {
        visible: screen.shown
        columns: screen.width < 700 * Theme.textScale ? 1 : screen.width < 1000 * Theme.textScale ? 2 : 5
        columnSpacing: Theme.m
        rowSpacing: Theme.m
        uniformCellWidths: true
        Layout.fillWidth: true

        StatTile {
            label: qsTr("Paid out")
            value: screen.viewModel.paidOut
            unit: qsTr("GEM")
            note: qsTr("In all, to everybody")
            iconName: "earnings"
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
        StatTile {
            label: qsTr("Pay per hour")
            word: "pay_per_hour"
            value: screen.viewModel.payPerHour
            unit: qsTr("GEM")
            note: screen.viewModel.payPerHourText
            iconName: "clock"
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
        StatTile {
            label: qsTr("Reviewers, per hour")
            word: "pay_per_hour"
            value: screen.viewModel.reviewPay
            unit: qsTr("GEM")
            note: screen.viewModel.reviewPayText
            iconName: "review"
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
        StatTile {
            label: qsTr("Time to pay")
            word: "days_to_pay"
            value: screen.viewModel.release
            note: screen.viewModel.releaseText
            iconName: "hourglass"
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
        StatTile {
            label: qsTr("Funded now")
            word: "funded"
            value: screen.viewModel.funded
            unit: qsTr("GEM")
            note: screen.viewModel.fundedText
            iconName: "bank"
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
    }
    PlainText {
        visible: screen.shown && text !== ""
        text: screen.viewModel.timesText
        color: Theme.textMuted
        Layout.fillWidth: true
    }
    ReportJudging {
        visible: screen.shown
        viewModel: screen.viewModel
        Layout.fillWidth: true
    }
    ReportPromptness {
        visible: screen.shown
        viewModel: screen.viewModel
        Layout.fillWidth: true
    }
    ReportRating {
        visible: screen.shown
        viewModel: screen.viewModel
        Layout.fillWidth: true
    }
    ReportChain {
        visible: screen.shown
        viewModel: screen.viewModel
        Layout.fillWidth: true
    }
}
