// SPDX-License-Identifier: Apache-2.0
// Language, size and colours of the window.
import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

Card {
    id: card

    required property var viewModel
    required property var appViewModel

    readonly property list<string> themes: ["system", "light", "dark", "contrast"]
    readonly property list<int> scales: [100, 125, 150, 175, 200]

    title: qsTr("Reading")
    iconName: "text"

    FormRow {
        label: qsTr("Language")
        Layout.fillWidth: true

        LanguageBox {
            appViewModel: card.appViewModel
        }
    }
    PlainText {
        objectName: "translationNote"
        visible: card.appViewModel.language !== "en"
        text: qsTr("Translated by a machine; no native speaker has checked it yet. Where it is unclear, the English text counts.")
        color: Theme.textMuted
        font.pixelSize: Theme.fontSmall
        Layout.fillWidth: true
    }
    FormRow {
        label: qsTr("Text size")
        Layout.fillWidth: true

        ComboBox {
            objectName: "textScale"
            model: card.scales.map(scale => scale + " %")
            currentIndex: Math.max(0, card.scales.indexOf(card.viewModel.textScale))
            Accessible.name: qsTr("Text size")
            onActivated: index => card.viewModel.setTextScale(card.scales[index])
        }
    }
    FormRow {
        label: qsTr("Colours")
        Layout.fillWidth: true

        ComboBox {
            objectName: "theme"
            model: [qsTr("As the system"), qsTr("Light"), qsTr("Dark"), qsTr("High contrast")]
            currentIndex: Math.max(0, card.themes.indexOf(card.viewModel.theme))
            Accessible.name: qsTr("Colours")
            onActivated: index => card.viewModel.setTheme(card.themes[index])
        }
    }
    Switch {
        objectName: "reduceMotion"
        text: qsTr("Nothing moves on its own")
        checked: card.viewModel.reduceMotion
        onToggled: card.viewModel.setReduceMotion(checked)
    }
}
