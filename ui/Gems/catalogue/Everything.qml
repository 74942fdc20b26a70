// SPDX-License-Identifier: Apache-2.0
// One of everything, for looking at and for walking over in tests.
import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

PageFrame {
    id: page

    property QtObject viewModel: null
    property string said: "Street signs at the crossing"

    title: qsTr("Good morning")
    subtitle: qsTr("Twelve tasks wait in two batches; all of them work offline.")
    practice: true
    actions: [
        SecondaryButton {
            text: qsTr("Refresh")
            iconName: "refresh"
            keyHint: "R"
        },
        PrimaryButton {
            text: qsTr("Continue")
            iconName: "play"
            keyHint: "Enter"
        }
    ]

    GridLayout {
        columns: page.width < 700 * Theme.textScale ? 2 : 4
        columnSpacing: Theme.m
        rowSpacing: Theme.m
        uniformCellWidths: true
        Layout.fillWidth: true

        StatTile {
            label: qsTr("Earned today")
            value: "3.42"
            unit: "GEM"
            note: qsTr("1.10 more than yesterday")
            tone: "good"
            iconName: "earnings"
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
        StatTile {
            label: qsTr("Waiting to send")
            value: "12"
            note: qsTr("The first is due in 3 hours")
            tone: "warn"
            iconName: "outbox"
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
        StatTile {
            label: qsTr("In review")
            value: "48"
            note: qsTr("Usually decided in a day")
            iconName: "clock"
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
        StatTile {
            label: qsTr("Claimable")
            value: "17.805"
            unit: "GEM"
            note: page.said
            iconName: "wallet"
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
    }
    ErrorBanner {
        what: qsTr("The platform cannot be reached.")
        safe: qsTr("Your 12 answers are stored on this computer.")
        todo: qsTr("Go on working; they are sent when the line is back.")
        actionText: qsTr("Try again")
        tone: "warn"
        Layout.fillWidth: true
    }
    GridLayout {
        columns: page.width < 760 * Theme.textScale ? 1 : 2
        columnSpacing: Theme.m
        rowSpacing: Theme.m
        uniformCellWidths: true
        Layout.fillWidth: true

        Card {
            title: qsTr("This week")
            iconName: "trend"
            Layout.fillWidth: true
            Layout.fillHeight: true

            BarChart {
                title: qsTr("Earned by day")
                facts: ({
                        points: [1.2, 3.4, 2.2, 0, 4.1, 2.9, 3.4].map((value, at) => ({
                                    label: "MTWTFSS"[at],
                                    value: value,
                                    said: String(value),
                                    cells: ["MTWTFSS"[at], String(value)]
                                })),
                        ticks: [0, 2, 4, 6].map(value => ({
                                    value: value,
                                    text: String(value)
                                })),
                        summary: qsTr("Between 0 and 4.1 GEM a day")
                    })
                heads: [qsTr("Day"), qsTr("Pay")]
                Layout.fillWidth: true
            }
            ProgressLine {
                text: qsTr("7 of 20 in this batch")
                value: 0.35
                Layout.fillWidth: true
            }
            Flow {
                spacing: Theme.s
                Layout.fillWidth: true

                Badge {
                    text: qsTr("Accepted")
                    tone: "good"
                    iconName: "check"
                }
                Badge {
                    text: qsTr("Rejected")
                    tone: "bad"
                }
                Badge {
                    text: qsTr("Due soon")
                    tone: "warn"
                }
                Badge {
                    text: qsTr("Sending")
                    tone: "info"
                }
                Badge {
                    text: qsTr("Draft")
                }
                Countdown {
                    endsAt: Date.now() / 1000 + 9000
                }
            }
        }
        Card {
            title: page.said
            iconName: "settings"
            Layout.fillWidth: true
            Layout.fillHeight: true

            FormRow {
                label: qsTr("Password")
                hint: qsTr("At least 8 letters.")
                Layout.fillWidth: true

                PasswordField {
                    objectName: "password"
                    placeholder: qsTr("Type a password")
                }
            }
            FormRow {
                label: qsTr("Network")
                error: qsTr("This address does not answer.")
                Layout.fillWidth: true

                TextField {
                    placeholderText: "https://"
                    Layout.fillWidth: true
                }
            }
            SegmentedControl {
                labels: [qsTr("Light"), qsTr("Dark"), qsTr("System")]
            }
            RowLayout {
                spacing: Theme.m

                CheckBox {
                    text: qsTr("Metered")
                    checked: true
                }
                RadioButton {
                    text: qsTr("One")
                    checked: true
                }
                Switch {
                    text: qsTr("Sound")
                    checked: true
                }
            }
            RowLayout {
                spacing: Theme.s

                ComboBox {
                    model: [page.said, "GEM"]
                }
                SpinBox {
                    value: 5
                }
                Slider {
                    value: 0.4
                    Layout.fillWidth: true
                }
            }
            Flow {
                spacing: Theme.s
                Layout.fillWidth: true

                Button {
                    text: page.said
                }
                Button {
                    text: qsTr("Off")
                    enabled: false
                }
                QuietButton {
                    text: qsTr("Details")
                    iconName: "chevron-right"
                }
                DangerButton {
                    text: qsTr("Leave batch")
                    iconName: "trash"
                }
            }
        }
    }
    Card {
        title: qsTr("Batches")
        iconName: "list"
        Layout.fillWidth: true

        DataList {
            name: qsTr("Batches")
            columns: [
                {
                    title: qsTr("Campaign"),
                    role: "campaign",
                    weight: 3
                },
                {
                    title: qsTr("State"),
                    role: "state",
                    weight: 1
                },
                {
                    title: qsTr("Pay"),
                    role: "pay",
                    weight: 1,
                    align: "right"
                }
            ]
            model: ListModel {
                ListElement {
                    campaign: "Boats in the harbour"
                    state: "Open"
                    pay: "0.40"
                }
                ListElement {
                    campaign: "Sentiment of reviews"
                    state: "Sent"
                    pay: "1.20"
                }
                ListElement {
                    campaign: "Birds or not"
                    state: "Paid"
                    pay: "2.00"
                }
            }
            Layout.fillWidth: true
        }
    }
    RowLayout {
        spacing: Theme.m
        Layout.fillWidth: true

        EmptyState {
            title: qsTr("Nothing to review")
            sentence: qsTr("New work to review comes as others finish theirs. Look again later.")
            actionText: qsTr("Find work")
            iconName: "review"
            Layout.fillWidth: true
        }
        LoadingPlaceholder {
            Layout.fillWidth: true
        }
    }
    SeedWords {
        objectName: "words"
        Layout.fillWidth: true
    }
    Item {
        Layout.fillWidth: true
        implicitHeight: Theme.controlHeight * 3

        Flow {
            anchors.fill: parent
            spacing: Theme.s

            Label {
                text: page.said
            }
            ToolButton {
                text: page.said
            }
            RoundButton {
                text: "?"
            }
            TabBar {
                TabButton {
                    text: page.said
                    width: implicitWidth
                }
                TabButton {
                    text: qsTr("Other")
                    width: implicitWidth
                }
            }
            ProgressBar {
                value: 0.3
            }
            TextArea {
                placeholderText: page.said
                text: page.said
            }
            GroupBox {
                title: page.said
                CheckDelegate {
                    text: page.said
                }
            }
            ItemDelegate {
                text: page.said
            }
            SwitchDelegate {
                text: page.said
            }
            RadioDelegate {
                text: page.said
            }
            SwipeDelegate {
                text: page.said
            }
        }
    }
    Menu {
        objectName: "menu"
        title: page.said

        MenuItem {
            text: page.said
        }
        Action {
            text: page.said
        }
    }
    ConfirmDialog {
        objectName: "confirm"
        title: qsTr("Leave this batch?")
        sentence: page.said
        consequence: qsTr("You lose nothing, and the tasks go to others.")
        dangerous: true
        acceptText: qsTr("Leave batch")
    }
    Dialog {
        objectName: "dialog"
        title: page.said
        standardButtons: Dialog.Ok | Dialog.Cancel

        Label {
            text: page.said
        }
    }
}
