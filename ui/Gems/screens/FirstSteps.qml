// SPDX-License-Identifier: Apache-2.0
// The newcomer's way to the first pay: what is done, what is now, what comes later; it has no buttons of its own.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

Card {
    id: card

    required property var steps

    objectName: "firstSteps"
    title: qsTr("Your first steps")
    iconName: "flag"

    ProgressLine {
        text: card.steps?.doneText ?? ""
        value: card.steps?.done ?? 0
        Layout.fillWidth: true
    }
    Repeater {
        model: card.steps?.steps ?? null

        RowLayout {
            id: row

            required property string text
            required property string note
            required property string stage
            required property string stageText

            readonly property bool now: stage === "now"

            objectName: "firstStep"
            spacing: Theme.m
            Layout.fillWidth: true
            Accessible.role: Accessible.ListItem
            Accessible.name: [text, stageText, note].filter(part => part !== "").join(", ")

            Icon {
                name: row.stage === "done" ? "done" : row.now ? "circle-dot" : "circle"
                color: row.stage === "done" ? Theme.good : row.now ? Theme.accent : Theme.textMuted
                Layout.alignment: Qt.AlignTop
            }
            ColumnLayout {
                spacing: 2
                Layout.fillWidth: true

                PlainText {
                    text: row.text
                    color: row.now ? Theme.text : Theme.textMuted
                    font.weight: row.now ? Font.DemiBold : Font.Normal
                    Layout.fillWidth: true
                    Accessible.ignored: true
                }
                PlainText {
                    visible: text !== ""
                    text: row.note
                    color: Theme.textMuted
                    font.pixelSize: Theme.fontSmall
                    Layout.fillWidth: true
                    Accessible.ignored: true
                }
            }
            PlainText {
                text: row.stageText
                color: row.stage === "done" ? Theme.good : row.now ? Theme.accent : Theme.textMuted
                font.pixelSize: Theme.fontSmall
                Layout.alignment: Qt.AlignTop
                Accessible.ignored: true
            }
        }
    }
}
