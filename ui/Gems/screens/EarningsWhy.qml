// SPDX-License-Identifier: Apache-2.0
// Why one movement is what it is: its parts with their sum, and what proves it.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

ConfirmDialog {
    id: dialog

    // A WhyViewModel (gems_desktop/viewmodels/why.py).
    required property var why

    signal taskAsked(string itemId)

    title: why.title
    sentence: [why.when, why.task].filter(part => part !== "").join("\n")
    asks: false
    rejectText: qsTr("Close")
    onClosed: why.leave()

    Repeater {
        model: dialog.why.parts

        FactLine {
            required property string amount

            required label
            value: amount
            unit: qsTr("GEM")
        }
    }
    Rectangle {
        implicitHeight: 1
        color: Theme.border
        Layout.fillWidth: true
    }
    FactLine {
        objectName: "whySum"
        label: Help.names.together ?? ""
        value: dialog.why.sum
        unit: qsTr("GEM")
        beside: dialog.why.beside
        strong: true
    }
    Repeater {
        model: dialog.why.evidence

        RowLayout {
            id: proof

            required property string text

            spacing: Theme.s
            Layout.fillWidth: true

            Icon {
                name: "check"
                size: Math.round(Theme.iconSize * 0.8)
                color: Theme.textMuted
                Layout.alignment: Qt.AlignTop
            }
            PlainText {
                text: proof.text
                color: Theme.textMuted
                Layout.fillWidth: true
            }
        }
    }
    PlainText {
        visible: dialog.why.transaction !== ""
        text: qsTr("On the chain: %1").arg(dialog.why.transaction)
        color: Theme.textMuted
        font.pixelSize: Theme.fontSmall
        wrapMode: Text.WrapAnywhere
        Layout.fillWidth: true
    }
    SecondaryButton {
        objectName: "whyTask"
        visible: dialog.why.itemId !== ""
        text: qsTr("Open the task")
        iconName: "outbox"
        Layout.maximumWidth: parent.width
        onClicked: {
            const itemId = dialog.why.itemId;
            dialog.close();
            dialog.taskAsked(itemId);
        }
        Keys.onReturnPressed: clicked()
    }
}
