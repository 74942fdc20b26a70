// SPDX-License-Identifier: Apache-2.0
// How the examples went: right or not, and the requester's hint; never the right answer.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

PageFrame {
    id: page

    required property var viewModel
    property bool starter: false

    signal done

    function takeFocus(): void {
        (viewModel.passed ? onward : again).forceActiveFocus(Qt.TabFocusReason);
    }

    title: viewModel.passed ? qsTr("You have passed") : qsTr("Not enough yet")
    subtitle: viewModel.resultText + ". " + viewModel.neededText

    PlainText {
        // no word of hints where there are none
        visible: page.viewModel.passed || page.viewModel.hinted
        text: page.viewModel.passed && page.starter ? qsTr("Real tasks are done the same way, and they pay. Choose the first ones now.") : page.viewModel.passed ? qsTr("You can take tasks of this campaign now.") : qsTr("Read the hints and try the examples once more; you may do so as often as you like.")
        Layout.fillWidth: true
    }
    Flow {
        spacing: Theme.s
        Layout.fillWidth: true

        PrimaryButton {
            id: onward

            objectName: "practiceDone"
            visible: page.viewModel.passed
            text: page.starter ? qsTr("Find work") : qsTr("Back to the campaign")
            iconName: page.starter ? "search" : "check"
            Keys.onReturnPressed: clicked()
            Keys.onEnterPressed: clicked()
            onClicked: page.done()
        }
        GemButton {
            id: again

            objectName: "practiceTryAgain"
            variant: page.viewModel.passed ? "secondary" : "primary"
            text: qsTr("Try the examples again")
            iconName: "redo"
            Keys.onReturnPressed: clicked()
            Keys.onEnterPressed: clicked()
            onClicked: page.viewModel.again()
        }
    }
    Card {
        Layout.fillWidth: true

        Repeater {
            model: page.viewModel.feedback

            RowLayout {
                id: example

                required property string name
                required property bool correct
                required property string outcome
                required property string hint

                objectName: "practiceFeedback"
                spacing: Theme.m
                Layout.fillWidth: true
                Accessible.role: Accessible.ListItem
                Accessible.name: [name, outcome, hint].join(", ")

                Icon {
                    name: example.correct ? "done" : "error"
                    color: example.correct ? Theme.good : Theme.warn
                    Layout.alignment: Qt.AlignTop
                }
                ColumnLayout {
                    spacing: 2
                    Layout.fillWidth: true

                    PlainText {
                        text: example.name + ": " + example.outcome
                        font.weight: Font.Medium
                        Layout.fillWidth: true
                        Accessible.ignored: true
                    }
                    PlainText {
                        visible: text !== ""
                        text: example.hint
                        color: Theme.textMuted
                        Layout.fillWidth: true
                        Accessible.ignored: true
                    }
                }
            }
        }
    }
}
