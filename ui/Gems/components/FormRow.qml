// SPDX-License-Identifier: Apache-2.0
// A field with its name above, and below it either a hint or what is wrong.
import QtQuick
import QtQuick.Layouts
import Gems

ColumnLayout {
    id: row

    property string label: ""
    property string hint: ""
    property string error: ""
    default property alias content: holder.data

    spacing: Theme.xs

    PlainText {
        visible: text !== ""
        text: row.label
        font.weight: Font.Medium
        Layout.fillWidth: true
    }
    RowLayout {
        id: holder

        spacing: Theme.s
        Layout.fillWidth: true
    }
    RowLayout {
        visible: row.error !== "" || row.hint !== ""
        spacing: Theme.xs
        Layout.fillWidth: true

        Icon {
            visible: row.error !== ""
            name: "alert-circle"
            size: Theme.fontBody
            color: Theme.bad
            Layout.alignment: Qt.AlignTop
        }
        PlainText {
            text: row.error !== "" ? row.error : row.hint
            color: row.error !== "" ? Theme.bad : Theme.textMuted
            font.pixelSize: Theme.fontSmall
            Layout.fillWidth: true
        }
    }
}
