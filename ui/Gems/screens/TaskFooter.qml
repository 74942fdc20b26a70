// SPDX-License-Identifier: Apache-2.0
// The line below a task: what is still missing or whether it is saved, and the way to the next.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

ColumnLayout {
    id: footer

    property string problemsText: ""
    // "", "saving", "saved" or "stuck".
    property string saving: ""
    property string actionText: ""
    property bool actionEnabled: true
    property bool complete: false
    default property alias others: otherRow.data

    signal acted

    // That answers are kept is said once, and again after they were not.
    property string heard: ""

    onProblemsTextChanged: Aloud.say(footer, problemsText, true)
    onSavingChanged: {
        if (saving !== "saved" && saving !== "stuck" || saving === heard)
            return;
        heard = saving;
        Aloud.say(footer, kept.text, saving === "stuck");
    }

    spacing: 0

    Rectangle {
        implicitHeight: 1
        color: Theme.border
        Layout.fillWidth: true
    }
    GridLayout {
        // One line while the words beside the buttons have room to be read.
        columns: width - actions.implicitWidth < 240 * Theme.textScale ? 1 : 2
        columnSpacing: Theme.l
        rowSpacing: Theme.xs
        Layout.fillWidth: true
        Layout.margins: Theme.s
        Layout.leftMargin: Theme.l
        Layout.rightMargin: Theme.l

        RowLayout {
            spacing: Theme.s
            Layout.fillWidth: true

            Icon {
                visible: footer.problemsText !== ""
                name: "alert-circle"
                color: Theme.warn
            }
            PlainText {
                visible: footer.problemsText !== ""
                text: footer.problemsText
                color: Theme.warn
                font.weight: Font.Medium
                Layout.fillWidth: true
                Accessible.role: Accessible.AlertMessage
            }
            Icon {
                visible: footer.problemsText === "" && footer.saving !== ""
                name: footer.saving === "saved" ? "check" : footer.saving === "stuck" ? "alert" : "clock"
                size: Theme.fontBody
                color: footer.saving === "stuck" ? Theme.bad : Theme.textMuted
            }
            PlainText {
                id: kept

                visible: footer.problemsText === ""
                text: {
                    switch (footer.saving) {
                    case "saved":
                        return qsTr("Saved on this computer");
                    case "saving":
                        return qsTr("Saving…");
                    case "stuck":
                        return qsTr("Not saved yet");
                    }
                    return "";
                }
                color: footer.saving === "stuck" ? Theme.bad : Theme.textMuted
                font.pixelSize: Theme.fontSmall
                Layout.fillWidth: true
            }
        }
        RowLayout {
            id: actions

            spacing: Theme.s
            Layout.alignment: Qt.AlignRight

            RowLayout {
                id: otherRow

                spacing: Theme.s
            }
            PrimaryButton {
                text: footer.actionText
                iconName: "check"
                keyHint: qsTr("Enter")
                focusPolicy: Qt.TabFocus
                // Not disabled while something is missing: pressing it says what.
                variant: footer.complete ? "primary" : "secondary"
                enabled: footer.actionEnabled
                onClicked: footer.acted()
            }
        }
    }
}
