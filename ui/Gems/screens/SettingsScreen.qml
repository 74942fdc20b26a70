// SPDX-License-Identifier: Apache-2.0
// Options of this profile. Each is kept as soon as it is changed.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

PageFrame {
    id: screen

    required property var viewModel
    required property var appViewModel

    readonly property list<string> themes: ["system", "light", "dark", "contrast"]
    readonly property list<int> scales: [100, 125, 150, 175, 200]

    title: qsTr("Settings")
    subtitle: qsTr("Every change is kept at once.")

    Connections {
        target: screen.viewModel

        function onSaid(text: string, tone: string): void {
            screen.appViewModel.toast(text, tone);
        }
    }

    ErrorBanner {
        what: screen.viewModel.problemMessage
        safe: screen.viewModel.problemSafe
        todo: screen.viewModel.problemAction
        Layout.fillWidth: true
        onDismissed: screen.viewModel.dismissProblem()
    }
    LoadingPlaceholder {
        visible: !screen.viewModel.ready
        rows: 8
        Layout.fillWidth: true
    }
    GridLayout {
        visible: screen.viewModel.ready
        columns: screen.width < 860 * Theme.textScale ? 1 : 2
        columnSpacing: Theme.m
        rowSpacing: Theme.m
        uniformCellWidths: true
        Layout.fillWidth: true

        Card {
            title: qsTr("Reading")
            iconName: "text"
            Layout.fillWidth: true
            Layout.fillHeight: true

            FormRow {
                label: qsTr("Language")
                Layout.fillWidth: true

                SegmentedControl {
                    objectName: "language"
                    name: qsTr("Language")
                    labels: ["English", "العربية"]
                    currentIndex: screen.appViewModel.language === "ar" ? 1 : 0
                    onChosen: index => screen.appViewModel.setLanguage(index === 1 ? "ar" : "en")
                }
            }
            PlainText {
                objectName: "translationNote"
                visible: screen.appViewModel.language !== "en"
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
                    model: screen.scales.map(scale => scale + " %")
                    currentIndex: Math.max(0, screen.scales.indexOf(screen.viewModel.textScale))
                    Accessible.name: qsTr("Text size")
                    onActivated: index => screen.viewModel.setTextScale(screen.scales[index])
                }
            }
            FormRow {
                label: qsTr("Colours")
                Layout.fillWidth: true

                ComboBox {
                    objectName: "theme"
                    model: [qsTr("As the system"), qsTr("Light"), qsTr("Dark"), qsTr("High contrast")]
                    currentIndex: Math.max(0, screen.themes.indexOf(screen.viewModel.theme))
                    Accessible.name: qsTr("Colours")
                    onActivated: index => screen.viewModel.setTheme(screen.themes[index])
                }
            }
            Switch {
                objectName: "reduceMotion"
                text: qsTr("Nothing moves on its own")
                checked: screen.viewModel.reduceMotion
                onToggled: screen.viewModel.setReduceMotion(checked)
            }
            Item {
                Layout.fillHeight: true
            }
        }
        SettingsWork {
            viewModel: screen.viewModel
            appViewModel: screen.appViewModel
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
        Card {
            title: qsTr("What you are willing to see")
            iconName: "eye"
            Layout.fillWidth: true
            Layout.fillHeight: true

            PlainText {
                text: qsTr("Tasks that may disturb are covered until you ask for them. What is switched off here is not offered to you at all.")
                color: Theme.textMuted
                font.pixelSize: Theme.fontSmall
                Layout.fillWidth: true
            }
            Repeater {
                model: screen.viewModel.content

                Switch {
                    required property string category
                    required property string title
                    required property bool offered

                    objectName: "content." + category
                    text: title
                    checked: offered
                    Layout.fillWidth: true
                    onToggled: screen.viewModel.offerContent(category, checked)
                }
            }
            Item {
                Layout.fillHeight: true
            }
        }
        Card {
            title: qsTr("Wallet and security")
            iconName: "shield"
            Layout.fillWidth: true
            Layout.fillHeight: true

            FormRow {
                label: qsTr("Your address")
                hint: screen.viewModel.storage
                Layout.fillWidth: true

                PlainText {
                    text: screen.viewModel.address
                    wrapMode: Text.WrapAtWordBoundaryOrAnywhere
                    Layout.fillWidth: true
                }
            }
            SecondaryButton {
                objectName: "lock"
                text: qsTr("Lock now")
                iconName: "lock"
                onClicked: screen.viewModel.lock()
            }
            PlainText {
                text: qsTr("Your seed words are on your paper. Nothing here shows them, and nobody from Gems will ask for them.")
                color: Theme.textMuted
                font.pixelSize: Theme.fontSmall
                Layout.fillWidth: true
            }
            Item {
                Layout.fillHeight: true
            }
        }
        Card {
            title: qsTr("Bond")
            iconName: "earnings"
            Layout.fillWidth: true
            Layout.fillHeight: true

            BondForm {
                viewModel: screen.viewModel
                Layout.fillWidth: true
            }
            Item {
                Layout.fillHeight: true
            }
        }
        Card {
            title: qsTr("Network")
            iconName: "globe"
            Layout.fillWidth: true
            Layout.fillHeight: true

            FactLine {
                label: qsTr("Profile")
                value: screen.viewModel.profile
            }
            FactLine {
                label: qsTr("Platform")
                value: screen.viewModel.platformUrl
            }
            SettingsNetwork {
                nodes: screen.appViewModel.screenModel("nodes")
                Layout.fillWidth: true
            }
            SettingsProxy {
                viewModel: screen.viewModel
                Layout.fillWidth: true
            }
            PracticeBadge {
                visible: screen.appViewModel.practice
                text: qsTr("Practice network: this GEM has no value")
            }
            Item {
                Layout.fillHeight: true
            }
        }
        SettingsSafety {
            viewModel: screen.appViewModel.screenModel("safety")
            appViewModel: screen.appViewModel
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
        SettingsData {
            viewModel: screen.appViewModel.screenModel("dataUsed")
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
        ProfilesCard {
            viewModel: screen.appViewModel.screenModel("profiles")
            appViewModel: screen.appViewModel
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
        SettingsCare {
            care: screen.appViewModel.care
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
        Card {
            title: qsTr("About")
            iconName: "info"
            Layout.fillWidth: true
            Layout.fillHeight: true

            FactLine {
                label: qsTr("Version")
                value: screen.viewModel.version
            }
            FactLine {
                label: qsTr("Licence")
                value: "Apache-2.0"
            }
            PlainText {
                text: qsTr("Made with Qt (LGPL), IBM Plex Sans (OFL) and Lucide icons (ISC). No data about you leaves this computer but what a task needs.")
                color: Theme.textMuted
                font.pixelSize: Theme.fontSmall
                Layout.fillWidth: true
            }
            Item {
                Layout.fillHeight: true
            }
        }
    }
}
