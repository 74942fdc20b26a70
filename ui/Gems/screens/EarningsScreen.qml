// SPDX-License-Identifier: Apache-2.0
// Money: what can be claimed now in big numbers, where the rest is, what is on its way, every movement.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

PageFrame {
    id: screen

    required property var viewModel
    required property var appViewModel
    readonly property var upkeep: appViewModel.screenModel("upkeep")
    readonly property var sending: appViewModel.screenModel("sending")
    readonly property var rates: appViewModel.screenModel("rates")

    Component.onCompleted: rates?.look()

    title: qsTr("Earnings")
    practice: appViewModel.practice
    subtitle: qsTr("Only what this computer has checked is counted.")

    onActiveFocusChanged: {
        if (activeFocus && Window.activeFocusItem === screen)
            (claimButton.enabled ? claimButton : receiveButton).forceActiveFocus(Qt.TabFocusReason);
    }

    Connections {
        target: screen.viewModel

        function onSaid(text: string, tone: string): void {
            screen.appViewModel.toast(text, tone);
        }
        function onQuoteChanged(): void {
            if (screen.viewModel.quoteOpen)
                claimDialog.open();
            else
                claimDialog.close();
        }
    }

    Connections {
        target: screen.viewModel.why

        function onChanged(): void {
            if (screen.viewModel.why.open)
                whyDialog.open();
        }
    }

    Connections {
        target: screen.upkeep

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
        onActed: screen.viewModel.reload()
        onDismissed: screen.viewModel.dismissProblem()
    }
    ErrorBanner {
        what: screen.viewModel.why.problemMessage
        safe: screen.viewModel.why.problemSafe
        todo: screen.viewModel.why.problemAction
        Layout.fillWidth: true
        onDismissed: screen.viewModel.why.dismissProblem()
    }
    ErrorBanner {
        objectName: "difference"
        what: screen.viewModel.differenceMessage
        safe: screen.viewModel.differenceSafe
        todo: screen.viewModel.differenceAction
        dismissable: false
        Layout.fillWidth: true
    }
    EarningsAlerts {
        upkeep: screen.upkeep
        Layout.fillWidth: true
    }
    LoadingPlaceholder {
        visible: !screen.viewModel.ready
        rows: 8
        Layout.fillWidth: true
    }
    GridLayout {
        visible: screen.viewModel.ready
        columns: screen.width < 860 * Theme.textScale ? 1 : 2
        columnSpacing: Theme.m
        rowSpacing: Theme.m
        Layout.fillWidth: true

        Card {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 3

            RowLayout {
                spacing: Theme.s

                PlainText {
                    text: Help.names.claimable ?? ""
                    color: Theme.textMuted
                    font.weight: Font.Medium
                }
                Explain {
                    word: "claimable"
                }
            }
            Amount {
                value: screen.viewModel.claimable
                beside: screen.viewModel.claimableBeside
                size: Math.round(Theme.fontDisplay * 1.5)
                Layout.fillWidth: true
            }
            PlainText {
                text: screen.viewModel.canClaim ? qsTr("A relayer brings it to your wallet for a small fee in GEM. You need no gas coin; the fee is shown before.") : qsTr("Nothing can be claimed right now. Accepted work is paid into your channel and shows here.")
                color: Theme.textMuted
                Layout.fillWidth: true
            }
            Flow {
                spacing: Theme.s
                Layout.fillWidth: true

                PrimaryButton {
                    id: claimButton

                    objectName: "claim"
                    text: screen.viewModel.claiming ? qsTr("Claiming") : qsTr("Claim to my wallet")
                    iconName: "wallet"
                    busy: screen.viewModel.claiming || screen.viewModel.busy
                    enabled: screen.viewModel.canClaim
                    onClicked: screen.viewModel.askQuote()
                    Keys.onReturnPressed: clicked()
                }
                SecondaryButton {
                    id: receiveButton

                    objectName: "receive"
                    text: qsTr("Receive")
                    iconName: "qr"
                    onClicked: receiveDialog.open()
                    Keys.onReturnPressed: clicked()
                }
                SecondaryButton {
                    objectName: "send"
                    text: qsTr("Send")
                    iconName: "upload"
                    onClicked: sendDialog.open()
                    Keys.onReturnPressed: clicked()
                }
            }
            Item {
                Layout.fillHeight: true
            }
            FactLine {
                label: qsTr("Earned today")
                value: screen.viewModel.earnedToday
                unit: qsTr("GEM")
            }
            FactLine {
                label: qsTr("Seven days")
                value: screen.viewModel.earnedWeek
                unit: qsTr("GEM")
            }
            FactLine {
                label: qsTr("In all")
                value: screen.viewModel.earnedTotal
                unit: qsTr("GEM")
            }
            RateLine {
                rates: screen.rates
                Layout.fillWidth: true
            }
        }
        EarningsWhere {
            viewModel: screen.viewModel
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 3
        }
    }
    Card {
        visible: screen.viewModel.ready && screen.viewModel.claims.count > 0
        title: qsTr("Claims")
        iconName: "upload"
        Layout.fillWidth: true

        Repeater {
            model: screen.viewModel.claims

            ClaimItem {}
        }
    }
    Card {
        visible: screen.viewModel.ready && screen.sending.transfers.count > 0
        title: qsTr("Sent")
        iconName: "upload"
        Layout.fillWidth: true

        Repeater {
            model: screen.sending.transfers

            TransferItem {}
        }
    }
    Card {
        visible: screen.viewModel.ready
        title: qsTr("Earned by day")
        iconName: "trend"
        Layout.fillWidth: true

        BarChart {
            objectName: "earnedChart"
            title: qsTr("Earned by day")
            facts: screen.viewModel.chart
            heads: [qsTr("Day"), qsTr("GEM")]
            emptyText: qsTr("Your first pay will show here, day by day.")
            Layout.fillWidth: true
        }
    }
    EarningsWage {
        visible: screen.viewModel.ready
        wage: screen.appViewModel.screenModel("wage")
        Layout.fillWidth: true
    }
    EarningsTotals {
        visible: screen.viewModel.ready
        totals: screen.appViewModel.screenModel("totals")
        Layout.fillWidth: true
    }
    EarningsMovements {
        visible: screen.viewModel.ready
        viewModel: screen.viewModel
        onExplained: index => screen.viewModel.explain(index)
        Layout.fillWidth: true
    }
    QuietButton {
        objectName: "moneySettings"
        visible: screen.viewModel.ready
        text: qsTr("Bond, copies of vouchers, claims by themselves…")
        iconName: "settings"
        Layout.fillWidth: true
        Layout.maximumWidth: implicitWidth
        onClicked: {
            screen.appViewModel.screenModel("settings").openSection("money");
            screen.appViewModel.openPage("settings");
        }
        Keys.onReturnPressed: clicked()
    }
    EarningsReceive {
        id: receiveDialog

        objectName: "receiveDialog"
        practice: screen.appViewModel.practice
        sending: screen.sending
        appViewModel: screen.appViewModel
    }
    EarningsSend {
        id: sendDialog

        objectName: "sendDialog"
        practice: screen.appViewModel.practice
        sending: screen.sending
        appViewModel: screen.appViewModel
    }
    EarningsWhy {
        id: whyDialog

        objectName: "whyDialog"
        why: screen.viewModel.why
        onTaskAsked: itemId => {
            screen.appViewModel.openPage("outbox");
            screen.appViewModel.screenModel("outbox").openTask(itemId);
        }
    }
    ClaimDialog {
        id: claimDialog

        objectName: "claimDialog"
        practice: screen.appViewModel.practice
        viewModel: screen.viewModel
    }
}
