// SPDX-License-Identifier: Apache-2.0
// What the window says: states, faults, progress, questions, and nothing at all.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

PageFrame {
    id: page

    readonly property string words: qsTranslate("Main", "Find work")

    title: "Messages"
    subtitle: "What happened, what is safe, what to do. An icon or a word beside every colour."
    actions: [
        SecondaryButton {
            text: "Open the question"
            onClicked: question.open()
        },
        SecondaryButton {
            text: "Say that it went through"
            onClicked: toast.show("Toast", "good")
        }
    ]

    Repeater {
        model: ["bad", "warn", "info"]

        ErrorBanner {
            required property string modelData

            tone: modelData
            what: "ErrorBanner · " + modelData
            safe: "What is safe."
            todo: "What to do."
            actionText: qsTranslate("Main", "Try again")
            Layout.fillWidth: true
        }
    }
    Shelf {
        title: "States in a word"
        cell: 520

        Specimen {
            name: "Badge"
            Layout.fillWidth: true

            Flow {
                spacing: Theme.s
                Layout.fillWidth: true

                Repeater {
                    model: [["", "Draft", "circle"], ["good", "Accepted", "check"], ["bad", "Rejected", "x"], ["warn", "Due soon", "clock"], ["info", "Sending", "upload"], ["accent", "3", ""]]

                    Badge {
                        required property var modelData

                        tone: modelData[0]
                        text: modelData[1]
                        iconName: modelData[2]
                    }
                }
            }
        }
        Specimen {
            name: "PracticeBadge"

            PracticeBadge {}
        }
        Specimen {
            name: "Countdown"

            Countdown {
                endsAt: Date.now() / 1000 + 9000
            }
            Countdown {
                endsAt: Date.now() / 1000 + 600
            }
            Countdown {
                endsAt: 1
            }
        }
        Specimen {
            name: "ProgressLine, ProgressBar"
            Layout.fillWidth: true

            ProgressLine {
                text: "7 / 20"
                value: 0.35
                Layout.fillWidth: true
            }
            ProgressLine {
                name: "20 / 20"
                value: 1
                tone: "good"
                Layout.fillWidth: true
            }
            ProgressBar {
                value: 0.3
                Accessible.name: "3 / 10"
                Layout.fillWidth: true
            }
        }
    }
    Shelf {
        title: "Nothing, and not yet"
        cell: 400

        EmptyState {
            iconName: "review"
            title: "EmptyState"
            sentence: "Why there is nothing, and what to do next."
            actionText: page.words
            main: false
            Layout.fillWidth: true
        }
        LoadingPlaceholder {
            Layout.fillWidth: true
        }
    }
    Shelf {
        title: "What floats"
        cell: 400

        Specimen {
            name: "Toast"
            Layout.fillWidth: true

            Item {
                implicitHeight: Math.round(90 * Theme.textScale)
                Layout.fillWidth: true

                Toast {
                    id: toast

                    anchors.centerIn: parent
                    staysFor: 60000
                    Component.onCompleted: show("Toast", "good")
                }
            }
        }
        Specimen {
            name: "Explain and its ExplainPopup"

            RowLayout {
                spacing: Theme.s

                PlainText {
                    text: Help.names["bond"] ?? ""
                    wrapMode: Text.NoWrap
                }
                Explain {
                    word: "bond"
                }
            }
        }
        Specimen {
            name: "ToolTip"

            SecondaryButton {
                text: page.words
                ToolTip.visible: hovered || visualFocus
                ToolTip.text: "A remark beside what the mouse or the keyboard is on."
            }
        }
        Specimen {
            name: "Menu"

            SecondaryButton {
                text: "Open the menu"
                iconName: "more"
                onClicked: menu.open()

                Menu {
                    id: menu

                    y: parent.height

                    MenuItem {
                        text: page.words
                    }
                    MenuItem {
                        text: "Chosen"
                        checkable: true
                        checked: true
                    }
                    MenuSeparator {}
                    MenuItem {
                        text: "Switched off"
                        enabled: false
                    }
                }
            }
        }
    }
    ExplainPopup {
        entry: ({
                name: "ExplainPopup",
                text: "A word in plain sentences."
            })
    }
    ConfirmDialog {
        id: question

        objectName: "question"
        title: "ConfirmDialog"
        sentence: "What will happen."
        consequence: "What it costs."
        dangerous: true
        practice: true
    }
}
