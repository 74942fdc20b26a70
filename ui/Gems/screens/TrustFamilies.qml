// SPDX-License-Identifier: Apache-2.0
// My record in each kind of work, and what is missing before I may review it.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

Card {
    id: card

    required property QtObject model

    title: qsTr("Kinds of work")
    iconName: "list"

    Repeater {
        model: card.model

        ColumnLayout {
            id: family

            required property int index
            required property string family
            required property string grade
            required property string tone
            required property string evidence
            required property string counts
            required property string review
            required property bool verifier
            required property bool bounded
            required property real lower
            required property real upper
            required property string summary

            objectName: "familyRow"
            spacing: Theme.xs
            Layout.fillWidth: true

            Rectangle {
                visible: family.index > 0
                implicitHeight: 1
                color: Theme.border
                Layout.fillWidth: true
                Layout.bottomMargin: Theme.xs
            }
            RowLayout {
                spacing: Theme.m
                Layout.fillWidth: true

                Badge {
                    text: family.grade
                    tone: family.tone
                    Accessible.name: qsTr("Grade %1").arg(text)
                    Layout.alignment: Qt.AlignTop
                }
                ColumnLayout {
                    spacing: 2
                    Layout.fillWidth: true

                    PlainText {
                        text: family.family
                        font.weight: Font.DemiBold
                        elide: Text.ElideRight
                        maximumLineCount: 2
                        Layout.fillWidth: true
                    }
                    PlainText {
                        text: family.evidence
                        Layout.fillWidth: true
                    }
                    GradeBar {
                        visible: family.bounded
                        letters: false
                        lower: family.lower
                        upper: family.upper
                        summary: family.summary
                        Layout.fillWidth: true
                        Layout.maximumWidth: Theme.readingWidth
                        Layout.topMargin: Theme.xs
                        Layout.bottomMargin: Theme.xs
                    }
                    PlainText {
                        visible: text !== ""
                        text: family.counts
                        color: Theme.textMuted
                        font.pixelSize: Theme.fontSmall
                        Layout.fillWidth: true
                    }
                    RowLayout {
                        visible: family.review !== ""
                        spacing: Theme.s
                        Layout.fillWidth: true

                        Icon {
                            name: family.verifier ? "check" : "review"
                            size: Theme.fontBody
                            color: family.verifier ? Theme.good : Theme.textMuted
                            Layout.alignment: Qt.AlignTop
                        }
                        PlainText {
                            text: family.review
                            color: family.verifier ? Theme.good : Theme.textMuted
                            font.pixelSize: Theme.fontSmall
                            Layout.fillWidth: true
                        }
                    }
                }
            }
        }
    }
}
