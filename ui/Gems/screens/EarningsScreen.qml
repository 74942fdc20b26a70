// SPDX-License-Identifier: Apache-2.0
// Money: what can be claimed now in big numbers, where the rest is, claims on their way, and every movement.
import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

PageFrame {
    id: screen

    required property var viewModel
    required property var appViewModel
    readonly property var upkeep: appViewModel.screenModel("upkeep")
    readonly property var sending: appViewModel.screenModel("sending")

    title: qsTr("Earnings")
    subtitle: qsTr("Only what this computer has checked is counted.")
    actions: [
        SecondaryButton {
            objectName: "receive"
            text: qsTr("Receive")
            iconName: "qr"
            onClicked: receiveDialog.open()
        },
        SecondaryButton {
            objectName: "send"
            text: qsTr("Send")
            iconName: "upload"
            onClicked: sendDialog.open()
        },
        SecondaryButton {
            objectName: "exportCsv"
            text: qsTr("Export CSV")
            iconName: "download"
            enabled: screen.viewModel.ready
            onClicked: screen.viewModel.exportCsv()
        }
    ]

    onActiveFocusChanged: {
        if (activeFocus && claimButton.enabled && !claimButton.activeFocus && Window.activeFocusItem === screen)
            claimButton.forceActiveFocus(Qt.TabFocusReason);
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

            PlainText {
                text: qsTr("Ready to claim")
                color: Theme.textMuted
                font.weight: Font.Medium
            }
            Amount {
                value: screen.viewModel.claimable
                size: Math.round(Theme.fontDisplay * 1.5)
                Layout.fillWidth: true
            }
            PlainText {
                text: screen.viewModel.canClaim ? qsTr("A relayer brings it to your wallet for a small fee in GEM. You need no gas coin; the fee is shown before.") : qsTr("Nothing can be claimed right now. Accepted work is paid into your channel and shows here.")
                color: Theme.textMuted
                Layout.fillWidth: true
            }
            PrimaryButton {
                id: claimButton

                objectName: "claim"
                text: screen.viewModel.claiming ? qsTr("Claiming") : qsTr("Claim to my wallet")
                iconName: "wallet"
                enabled: screen.viewModel.canClaim && !screen.viewModel.claiming && !screen.viewModel.busy
                onClicked: screen.viewModel.askQuote()
                Keys.onReturnPressed: clicked()
            }
            Item {
                Layout.fillHeight: true
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
    GridLayout {
        visible: screen.viewModel.ready
        columns: screen.width < 860 * Theme.textScale ? 1 : 2
        columnSpacing: Theme.m
        rowSpacing: Theme.m
        Layout.fillWidth: true

        Card {
            title: qsTr("Earned by day")
            iconName: "trend"
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 3

            RowLayout {
                spacing: Theme.xl

                FactLine {
                    label: qsTr("Today")
                    value: screen.viewModel.earnedToday
                    strong: true
                }
                FactLine {
                    label: qsTr("Seven days")
                    value: screen.viewModel.earnedWeek
                    strong: true
                }
                FactLine {
                    label: qsTr("In all")
                    value: screen.viewModel.earnedTotal
                    strong: true
                }
            }
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
            title: qsTr("Bond")
            iconName: "shield"
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 2

            BondForm {
                viewModel: screen.viewModel
                Layout.fillWidth: true
            }
            Item {
                Layout.fillHeight: true
            }
        }
    }
    EarningsUpkeep {
        visible: screen.viewModel.ready && screen.upkeep.ready
        upkeep: screen.upkeep
        Layout.fillWidth: true
    }
    Card {
        visible: screen.viewModel.ready
        title: qsTr("Every movement")
        iconName: "list"
        Layout.fillWidth: true

        ComboBox {
            objectName: "movementKinds"
            model: [qsTr("Everything"), qsTr("Pay"), qsTr("Stakes"), qsTr("Claims and sent")]
            Accessible.name: qsTr("Which movements are shown and exported")
            onActivated: index => screen.viewModel.chooseKinds(index)
        }
        DataList {
            name: qsTr("Every movement")
            model: screen.viewModel.ledger
            emptyText: qsTr("Nothing has moved yet. Pay, stakes and claims are listed here as they happen.")
            columns: [
                {
                    title: qsTr("When"),
                    role: "when",
                    weight: 2
                },
                {
                    title: qsTr("What"),
                    role: "what",
                    weight: 2.2
                },
                {
                    title: qsTr("Campaign"),
                    role: "campaign",
                    weight: 3
                },
                {
                    title: qsTr("Pocket"),
                    role: "pocket",
                    weight: 1.1
                },
                {
                    title: qsTr("GEM"),
                    role: "amount",
                    weight: 1.2,
                    align: "right"
                }
            ]
            Layout.fillWidth: true
        }
    }
    EarningsReceive {
        id: receiveDialog

        objectName: "receiveDialog"
        sending: screen.sending
        appViewModel: screen.appViewModel
    }
    EarningsSend {
        id: sendDialog

        objectName: "sendDialog"
        sending: screen.sending
        appViewModel: screen.appViewModel
    }
    ClaimDialog {
        id: claimDialog

        objectName: "claimDialog"
        viewModel: screen.viewModel
    }
}
