// SPDX-License-Identifier: Apache-2.0
// After a fault of ours: what happened, and a report that the user may read, save and send to whom they trust.
import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

ConfirmDialog {
    id: dialog

    required property var care
    readonly property bool wanted: care.text !== ""
    property bool reading: false

    title: care.kind === "fault" ? qsTr("Something in this application went wrong") : care.kind === "crash" ? qsTr("Gems ended by itself the last time") : qsTr("A report for somebody who helps you")
    sentence: care.kind === "asked" ? "" : qsTr("Your answers and your money are stored and untouched. You can go on working.")
    consequence: qsTr("The report holds versions and places in our program: no answer, no address, no name, no amount. It is sent to nobody; saved as a file, you can give it to whom you trust.")
    asks: false
    rejectText: qsTr("Close")

    onWantedChanged: {
        reading = false;
        if (wanted)
            open();
        else
            close();
    }
    onRejected: care.dismiss()

    Flow {
        spacing: Theme.s
        Layout.fillWidth: true

        PrimaryButton {
            objectName: "careSave"
            text: qsTr("Save the report")
            visible: dialog.care.saved === ""
            onClicked: dialog.care.save()
        }
        QuietButton {
            objectName: "careRead"
            text: dialog.reading ? qsTr("Hide what it holds") : qsTr("Show what it holds")
            onClicked: dialog.reading = !dialog.reading
        }
    }
    ScrollView {
        visible: dialog.reading
        Layout.fillWidth: true
        Layout.preferredHeight: Math.round(180 * Theme.textScale)

        TextArea {
            objectName: "careText"
            LayoutMirroring.enabled: false // it is written in English
            readOnly: true
            textFormat: TextEdit.PlainText
            text: dialog.reading ? dialog.care.text : ""
            font.pixelSize: Theme.fontSmall
            wrapMode: TextEdit.WrapAnywhere
            horizontalAlignment: TextEdit.AlignLeft
            Accessible.name: qsTr("The report")
        }
    }
    PlainText {
        objectName: "careSaved"
        visible: text !== ""
        text: dialog.care.saved
        wrapMode: Text.WrapAtWordBoundaryOrAnywhere
        Layout.fillWidth: true
    }
}
