// SPDX-License-Identifier: Apache-2.0
// The words back from the paper: four letters and a space write one, and a wrong one is said at once.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

WelcomeStep {
    id: step

    required property var viewModel
    readonly property int done: field.field.wordCount
    readonly property int wrong: field.field.unknownWord
    // A slip that can be seen is mended before a try; after one the words stay to be corrected.
    readonly property bool whole: done === 12 && wrong === 0

    function compare(): void {
        if (whole && !viewModel.busy)
            viewModel.typeBack(field.field);
    }

    title: qsTr("Type the words back")
    sentence: qsTr("In their order, from your paper. The first four letters and a space are enough for a word.")
    first: field

    FormRow {
        label: qsTr("The twelve words")
        error: step.wrong > 0 ? qsTr("Word %1 is not one of them: look at your paper.").arg(step.viewModel.spell(step.wrong)) : ""
        Layout.fillWidth: true

        PasswordField {
            id: field

            objectName: "typeBack"
            name: qsTr("The twelve words")
            masked: false
            pasteAllowed: false
            placeholder: qsTr("first second third …")
            Component.onCompleted: step.viewModel.helpTyping(field.field)
            onSubmitted: step.compare()
        }
    }
    ProgressLine {
        objectName: "wordsTyped"
        text: qsTr("%1 of 12 words").arg(step.viewModel.spell(step.done))
        value: step.done / 12
        tone: step.whole ? "good" : "accent"
        Layout.fillWidth: true
    }
    Flow {
        spacing: Theme.s
        Layout.fillWidth: true

        PrimaryButton {
            objectName: "compareWords"
            text: qsTr("Compare")
            keyHint: "Enter"
            busy: step.viewModel.busy
            enabled: step.whole
            onClicked: step.compare()
        }
        QuietButton {
            text: qsTr("Start over with new words")
            onClicked: step.viewModel.startOver()
        }
    }
}
