// SPDX-License-Identifier: Apache-2.0
// Everything that is filled in or chosen: empty, filled, wrong, only to read, switched off.
import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems.components

PageFrame {
    id: page

    readonly property string label: qsTranslate("WelcomeScreen", "Password")
    readonly property string words: qsTranslate("HomeScreen", "Find work")

    title: "Fields"
    subtitle: "A name above, below it a hint or what is wrong; never a colour alone."

    Shelf {
        title: "One line"
        cell: 300

        FormRow {
            label: "TextField · empty"
            hint: "A hint says what is wanted."
            Layout.fillWidth: true

            TextField {
                placeholderText: "https://"
                Layout.fillWidth: true
            }
        }
        FormRow {
            label: "TextField · filled"
            word: "stake"
            Layout.fillWidth: true

            TextField {
                text: page.words
                Layout.fillWidth: true
            }
        }
        FormRow {
            label: "TextField · wrong"
            error: "What is wrong, and what helps."
            Layout.fillWidth: true

            TextField {
                text: "0x12"
                Layout.fillWidth: true
            }
        }
        FormRow {
            label: "TextField · only to read"
            Layout.fillWidth: true

            TextField {
                text: page.words
                readOnly: true
                Layout.fillWidth: true
            }
        }
        FormRow {
            label: "TextField · switched off"
            Layout.fillWidth: true

            TextField {
                text: page.words
                enabled: false
                Layout.fillWidth: true
            }
        }
        FormRow {
            label: "PasswordField"
            Layout.fillWidth: true

            PasswordField {
                placeholder: page.label
            }
        }
        FormRow {
            label: "PasswordField · switched off"
            Layout.fillWidth: true

            PasswordField {
                placeholder: page.label
                enabled: false
            }
        }
        FormRow {
            label: "ComboBox"
            Layout.fillWidth: true

            ComboBox {
                model: [page.words, "GEM"]
            }
        }
        FormRow {
            label: "ComboBox · switched off"
            Layout.fillWidth: true

            ComboBox {
                model: [page.words]
                enabled: false
            }
        }
        FormRow {
            label: "SpinBox"
            Layout.fillWidth: true

            SpinBox {
                value: 5
            }
        }
        FormRow {
            label: "SpinBox · switched off"
            Layout.fillWidth: true

            SpinBox {
                value: 5
                enabled: false
            }
        }
        FormRow {
            label: "Slider"
            Layout.fillWidth: true

            Slider {
                value: 0.4
                Layout.fillWidth: true
            }
            Slider {
                value: 0.4
                enabled: false
                Layout.fillWidth: true
            }
        }
    }
    Shelf {
        title: "Several lines"
        cell: 400

        FormRow {
            label: "TextArea · empty"
            Layout.fillWidth: true

            TextArea {
                placeholderText: page.words
                Layout.fillWidth: true
            }
        }
        FormRow {
            label: "TextArea · switched off"
            Layout.fillWidth: true

            TextArea {
                text: page.words
                enabled: false
                Layout.fillWidth: true
            }
        }
    }
    Shelf {
        title: "Choices"
        cell: 260

        Specimen {
            name: "CheckBox"

            CheckBox {
                text: page.words
            }
            CheckBox {
                text: page.words
                checked: true
            }
            CheckBox {
                text: page.words
                checkState: Qt.PartiallyChecked
                tristate: true
            }
            CheckBox {
                text: page.words
                checked: true
                enabled: false
            }
        }
        Specimen {
            name: "RadioButton"

            RadioButton {
                text: page.words
                checked: true
            }
            RadioButton {
                text: page.words
            }
            RadioButton {
                text: page.words
                enabled: false
            }
        }
        Specimen {
            name: "Switch"

            Switch {
                text: page.words
            }
            Switch {
                text: page.words
                checked: true
            }
            Switch {
                text: page.words
                checked: true
                enabled: false
            }
        }
        Specimen {
            name: "SegmentedControl"

            SegmentedControl {
                labels: ["GEM", "KES", "INR"]
            }
            SegmentedControl {
                labels: ["GEM", "KES", "INR"]
                enabled: false
            }
        }
    }
    Shelf {
        title: "Marks and words"
        cell: 460

        Specimen {
            name: "MarkRow"
            Layout.fillWidth: true

            MarkRow {
                question: qsTranslate("ReportRating", "Fairness")
                worst: qsTranslate("ReportRating", "bad")
                best: qsTranslate("ReportRating", "good")
                mark: 4
                Layout.fillWidth: true
            }
        }
        Specimen {
            name: "SeedWords"
            Layout.fillWidth: true

            SeedWords {
                Layout.fillWidth: true
            }
        }
    }
}
