// SPDX-License-Identifier: Apache-2.0
// One thing to know before accepting: its name, its value, and where the value comes from.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

ColumnLayout {
    id: fact

    required property string label
    required property string value
    required property string note
    property color ink: Theme.text
    // A word of the glossary (Explain.qml).
    required property string word

    spacing: 0
    Accessible.role: Accessible.StaticText
    Accessible.name: [label, value, note].join(" ")
    Layout.fillWidth: true
    Layout.preferredWidth: 1
    Layout.alignment: Qt.AlignTop

    RowLayout {
        spacing: Theme.xs + 2
        Layout.fillWidth: true

        PlainText {
            text: fact.label
            color: Theme.textMuted
            font.pixelSize: Theme.fontSmall
            Layout.fillWidth: true
            Layout.maximumWidth: Math.ceil(implicitWidth) + 1
            Accessible.ignored: true
        }
        Explain {
            word: fact.word
            Layout.alignment: Qt.AlignTop
        }
        Item {
            Layout.fillWidth: true
        }
    }
    PlainText {
        text: fact.value
        color: fact.ink
        font.weight: Font.DemiBold
        Layout.fillWidth: true
        Accessible.ignored: true
    }
    PlainText {
        visible: text !== ""
        text: fact.note
        color: Theme.textMuted
        font.pixelSize: Theme.fontSmall
        Layout.fillWidth: true
        Accessible.ignored: true
    }
}
