// SPDX-License-Identifier: Apache-2.0
// The grade in a letter and in words, how sure it is, and which way it goes.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

Card {
    id: card

    required property var viewModel

    title: qsTr("Grade")
    iconName: "trust"
    word: "grade"

    RowLayout {
        spacing: Theme.l
        Layout.fillWidth: true

        Rectangle {
            implicitWidth: Math.round(72 * Math.min(Theme.textScale, 1.6))
            implicitHeight: implicitWidth
            radius: Theme.radius
            color: Theme.toneSoft(card.viewModel.tone)
            border.width: Theme.highContrast ? 1 : 0
            border.color: Theme.border
            Layout.alignment: Qt.AlignTop

            PlainText {
                anchors.centerIn: parent
                text: card.viewModel.grade
                color: Theme.tone(card.viewModel.tone)
                font.pixelSize: Math.round(Theme.fontDisplay * 1.3)
                font.weight: Font.DemiBold
                Accessible.name: qsTr("Grade %1").arg(text)
            }
        }
        ColumnLayout {
            spacing: 2
            Layout.fillWidth: true

            PlainText {
                text: card.viewModel.gradeText
                font.pixelSize: Theme.fontTitle
                font.weight: Font.DemiBold
                Layout.fillWidth: true
            }
            PlainText {
                objectName: "trustSentence"
                text: card.viewModel.sentence
                Layout.fillWidth: true
            }
            RowLayout {
                visible: card.viewModel.trend !== "level" && card.viewModel.trendText !== ""
                spacing: Theme.s
                Layout.fillWidth: true

                Icon {
                    name: card.viewModel.trend === "up" ? "chevron-up" : "chevron-down"
                    color: Theme.tone(card.viewModel.trend === "up" ? "good" : "warn")
                    Layout.alignment: Qt.AlignTop
                }
                PlainText {
                    objectName: "trend"
                    text: card.viewModel.trendText
                    color: Theme.tone(card.viewModel.trend === "up" ? "good" : "warn")
                    Layout.fillWidth: true
                }
            }
        }
    }
    RowLayout {
        visible: card.viewModel.bounded
        spacing: Theme.m
        Layout.fillWidth: true

        GradeBar {
            objectName: "gradeBar"
            lower: card.viewModel.lower
            upper: card.viewModel.upper
            summary: card.viewModel.boundsText
            Layout.fillWidth: true
        }
        Explain {
            word: "bounds"
            why: card.viewModel.boundsText
            Layout.alignment: Qt.AlignTop
        }
    }
    PlainText {
        visible: text !== ""
        text: card.viewModel.nextGradeText
        Layout.fillWidth: true
    }
    RowLayout {
        spacing: Theme.s
        Layout.fillWidth: true

        PlainText {
            text: [card.viewModel.levelText, card.viewModel.nextLevelText].filter(part => part !== "").join(" · ")
            color: Theme.textMuted
            Layout.fillWidth: true
            Layout.maximumWidth: Math.ceil(implicitWidth) + 1
        }
        Explain {
            word: "level"
            Layout.alignment: Qt.AlignTop
        }
    }
    PlainText {
        text: qsTr("A level counts checked work and is never lost; a grade can fall, and a better one is yours once it has held for ten checked tasks.")
        color: Theme.textMuted
        font.pixelSize: Theme.fontSmall
        Layout.fillWidth: true
    }
    Item {
        Layout.fillHeight: true
    }
}
