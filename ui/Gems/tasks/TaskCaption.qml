// SPDX-License-Identifier: Apache-2.0
// What stands above a control: its hint, and a star where it must be answered.
import QtQuick
import Gems
import Gems.components

Flow {
    id: caption

    required property TaskRow row
    property string text: row.hint

    visible: text !== "" || row.needed
    spacing: Theme.s

    PlainText {
        visible: text !== ""
        width: Math.min(implicitWidth, caption.width)
        text: caption.text
        color: Theme.textMuted
    }
    PlainText {
        objectName: "needed"
        visible: caption.row.needed
        text: "* " + qsTr("Required")
        color: Theme.warn
        font.pixelSize: Theme.fontSmall
        font.weight: Font.Medium
        Accessible.name: qsTr("This must be answered")
    }
}
