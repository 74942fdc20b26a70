// SPDX-License-Identifier: Apache-2.0
// Rows and sections: filled, empty, being read, not to be read.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems.components

PageFrame {
    id: page

    readonly property string words: qsTranslate("Main", "Find work")
    readonly property var heads: [head(qsTranslate("Main", "Work"), "campaign", 3, "left"), head("State", "state", 1, "left"), head("Pay", "pay", 1, "right")]

    function head(title: string, role: string, weight: int, align: string): var {
        return {
            title: title,
            role: role,
            weight: weight,
            align: align
        };
    }

    title: "Lists"
    subtitle: "Up and down move, Enter opens. Numbers stand to the right."

    Card {
        title: "DataList"
        Layout.fillWidth: true

        DataList {
            name: "DataList"
            columns: page.heads
            currentIndex: 1
            model: ListModel {
                ListElement {
                    campaign: "Boats in the harbour"
                    state: "Open"
                    pay: "0.40"
                }
                ListElement {
                    campaign: "Sentiment of reviews"
                    state: "Sent"
                    pay: "11.20"
                }
                ListElement {
                    campaign: "Birds or not"
                    state: "Paid"
                    pay: "128.00"
                }
            }
            Layout.fillWidth: true
        }
    }
    Shelf {
        title: "Empty, being read, not to be read"
        cell: 380

        DataList {
            name: "DataList · empty"
            columns: page.heads
            emptyText: "Why it is empty, and what fills it."
            model: ListModel {}
            Layout.fillWidth: true
        }
        LoadingPlaceholder {
            Layout.fillWidth: true
        }
        ErrorBanner {
            what: "It cannot be read."
            safe: "What is safe."
            todo: "What to do."
            actionText: qsTranslate("Main", "Try again")
            dismissable: false
            Layout.fillWidth: true
        }
    }
    Shelf {
        title: "Sections and tabs"
        cell: 380

        Specimen {
            name: "SectionList"
            Layout.fillWidth: true

            SectionList {
                title: "SectionList"
                beside: true
                entries: [
                    {
                        name: "one",
                        label: page.words,
                        icon: "search"
                    },
                    {
                        name: "two",
                        label: qsTranslate("Main", "Earnings"),
                        icon: "earnings"
                    }
                ]
                current: "one"
                onChosen: name => current = name
                Layout.fillWidth: true
            }
        }
        Specimen {
            name: "TabBar"
            Layout.fillWidth: true

            TabBar {
                TabButton {
                    text: page.words
                    width: implicitWidth
                }
                TabButton {
                    text: "Other"
                    width: implicitWidth
                }
                TabButton {
                    text: "Off"
                    width: implicitWidth
                    enabled: false
                }
            }
        }
        Specimen {
            name: "ItemDelegate"
            Layout.fillWidth: true

            ItemDelegate {
                text: page.words
                Layout.fillWidth: true
            }
            ItemDelegate {
                text: "Chosen"
                highlighted: true
                Layout.fillWidth: true
            }
            ItemDelegate {
                text: "Switched off"
                enabled: false
                Layout.fillWidth: true
            }
        }
        Specimen {
            name: "CheckDelegate, RadioDelegate, SwitchDelegate"
            Layout.fillWidth: true

            CheckDelegate {
                text: page.words
                checked: true
                Layout.fillWidth: true
            }
            RadioDelegate {
                text: page.words
                Layout.fillWidth: true
            }
            SwitchDelegate {
                text: page.words
                checked: true
                Layout.fillWidth: true
            }
        }
    }
}
