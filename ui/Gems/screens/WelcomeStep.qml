// SPDX-License-Identifier: Apache-2.0
// One step of the way in: what is to be done, why in a sentence, and its fields.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

ColumnLayout {
    id: step

    property string title: ""
    property string sentence: ""
    // What gets the keyboard when the step appears.
    property Item first: null
    default property alias content: body.data

    function takeFocus(): void {
        first?.forceActiveFocus(Qt.TabFocusReason);
    }

    spacing: Theme.m

    PlainText {
        text: step.title
        font.pixelSize: Theme.fontHeading
        font.weight: Font.DemiBold
        Layout.fillWidth: true
        Accessible.role: Accessible.Heading
    }
    PlainText {
        visible: text !== ""
        text: step.sentence
        color: Theme.textMuted
        Layout.fillWidth: true
    }
    ColumnLayout {
        id: body

        spacing: Theme.m
        Layout.fillWidth: true
        Layout.topMargin: Theme.s
    }
}
