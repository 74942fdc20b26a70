// SPDX-License-Identifier: Apache-2.0
// A field with its name above, and below it either a hint or what is wrong.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Gems

ColumnLayout {
    id: row

    property string label: ""
    property string hint: ""
    property string error: ""
    // A word of the glossary (Explain.qml).
    property string word: ""
    default property alias content: holder.data

    readonly property string told: error !== "" ? error : hint

    // A field without a name of its own is called by the label, and what is wrong is read with it.
    function tell(): void {
        for (const field of holder.children) {
            if (field instanceof PasswordField) {
                if (field.name === "")
                    field.name = Qt.binding(() => row.label);
                field.description = told;
            } else if (field instanceof T.TextField || field instanceof T.TextArea || field instanceof T.ComboBox || field instanceof T.SpinBox || field instanceof T.Slider) {
                if (field.Accessible.name === "" || field.Accessible.name === (field.placeholderText ?? ""))
                    field.Accessible.name = Qt.binding(() => row.label);
                if (field instanceof T.ComboBox)
                    field.Accessible.description = Qt.binding(() => [field.displayText, row.told].filter(part => part !== "").join(". "));
                else
                    field.Accessible.description = told;
            }
        }
    }

    spacing: Theme.xs
    onToldChanged: tell()
    Component.onCompleted: tell()

    RowLayout {
        visible: row.label !== ""
        spacing: Theme.s
        Layout.fillWidth: true

        PlainText {
            text: row.label
            font.weight: Font.Medium
            Layout.fillWidth: true
            Layout.maximumWidth: Math.ceil(implicitWidth) + 1
        }
        Explain {
            word: row.word
            Layout.alignment: Qt.AlignTop
        }
        Item {
            Layout.fillWidth: true
        }
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
