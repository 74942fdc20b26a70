// SPDX-License-Identifier: Apache-2.0
// What stands around every page.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

PageFrame {
    id: page

    readonly property var pages: [entry("home", qsTranslate("Main", "Home"), ""), entry("search", qsTranslate("Main", "Find work"), ""), entry("outbox", qsTranslate("Main", "Outbox"), "12"), entry("earnings", qsTranslate("Main", "Earnings"), ""), entry("settings", qsTranslate("Main", "Settings"), "")]

    function entry(name: string, label: string, badge: string): var {
        return {
            name: name,
            label: label,
            icon: name,
            badge: badge
        };
    }

    title: "Frame"
    subtitle: "A title, what the page is, its actions; the words are never wider than can be read."
    practice: true
    actions: [
        SecondaryButton {
            text: qsTranslate("FindWorkScreen", "Refresh")
            iconName: "refresh"
        },
        PrimaryButton {
            text: qsTranslate("Main", "Find work")
            iconName: "search"
        }
    ]

    Card {
        title: "PageFrame"
        Layout.fillWidth: true

        PageFrame {
            title: qsTranslate("Main", "Outbox")
            subtitle: "Its children scroll in one column."
            practice: true
            Layout.fillWidth: true
            Layout.preferredHeight: Math.round(140 * Theme.textScale)
        }
    }
    Card {
        title: "NavRail"
        Layout.fillWidth: true

        NavRail {
            pages: page.pages
            foot: page.entry("info", qsTranslate("Main", "Help"), "")
            current: "search"
            news: "3"
            onChosen: name => current = name
            Layout.preferredHeight: Math.round(420 * Theme.textScale)
        }
    }
    Card {
        title: "NavEntry"
        Layout.fillWidth: true

        NavEntry {
            text: qsTranslate("Main", "Home")
            glyphName: "home"
            least: Theme.controlHeight
            here: true
            Layout.preferredWidth: Math.round(200 * Theme.textScale)
        }
        NavEntry {
            text: qsTranslate("Main", "Outbox")
            glyphName: "outbox"
            badge: "12"
            least: Theme.controlHeight
            marked: true
            Layout.preferredWidth: Math.round(200 * Theme.textScale)
        }
    }
    Card {
        title: "StatusStrip"
        iconName: "monitor"
        word: "claimable"
        Layout.fillWidth: true

        Repeater {
            model: [["online", "Online"], ["syncing", "Exchanging"], ["offline", "Offline"]]

            StatusStrip {
                required property var modelData

                connection: modelData[0]
                connectionText: modelData[1]
                unsent: modelData[0] === "offline" ? 12 : 0
                megabytes: "3.1 MB"
                balance: "17.805"
                Layout.fillWidth: true
            }
        }
    }
}
