// SPDX-License-Identifier: Apache-2.0
// Checks of the set-up in words, and the way to a report.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

Card {
    id: card

    required property var care

    readonly property var signs: ({
            good: "check",
            note: "info",
            bad: "alert"
        })

    title: qsTr("Is everything in order?")
    iconName: "shield"

    Flow {
        spacing: Theme.s
        Layout.fillWidth: true

        SecondaryButton {
            objectName: "checkSetup"
            text: card.care.checking ? qsTr("Checking…") : qsTr("Check this set-up")
            busy: card.care.checking
            onClicked: card.care.check()
        }
        QuietButton {
            objectName: "makeReport"
            text: qsTr("Make a report…")
            onClicked: card.care.compose()
        }
    }
    PlainText {
        visible: !card.care.checked && !card.care.checking
        text: qsTr("Looks at this computer, your profile and the network, changes nothing, and says in words what is wrong.")
        color: Theme.textMuted
        font.pixelSize: Theme.fontSmall
        Layout.fillWidth: true
    }
    Repeater {
        model: card.care.findings

        RowLayout {
            id: finding

            required property string level
            required property string what
            required property string todo

            spacing: Theme.s
            Layout.fillWidth: true

            Icon {
                name: card.signs[finding.level] ?? "info"
                color: finding.level === "bad" ? Theme.bad : finding.level === "note" ? Theme.warn : Theme.good
                Layout.alignment: Qt.AlignTop
            }
            ColumnLayout {
                spacing: 0
                Layout.fillWidth: true

                PlainText {
                    text: finding.what
                    font.weight: finding.level === "bad" ? Font.DemiBold : Font.Normal
                    Layout.fillWidth: true
                }
                PlainText {
                    visible: text !== ""
                    text: finding.todo
                    color: Theme.textMuted
                    font.pixelSize: Theme.fontSmall
                    Layout.fillWidth: true
                }
            }
        }
    }
}
