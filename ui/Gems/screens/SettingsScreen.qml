// SPDX-License-Identifier: Apache-2.0
// Options of this profile, a part at a time. Each is kept as soon as it is changed.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

PageFrame {
    id: screen

    required property var viewModel
    required property var appViewModel

    readonly property bool beside: width >= 900 * Theme.textScale
    readonly property var parts: [part("reading", qsTr("Reading"), "text"), part("work", qsTr("Work and data"), "download"), part("notices", qsTr("Notices"), "bell"), part("safety", qsTr("Safety"), "shield"), part("money", qsTr("Money"), "earnings"), part("network", qsTr("Network"), "globe"), part("profiles", qsTr("Profiles"), "users"), part("updates", qsTr("New versions"), "sparkles"), part("help", qsTr("Help"), "info")]
    readonly property var cards: ({
            reading: reading,
            work: work,
            notices: notices,
            safety: safety,
            money: money,
            network: network,
            profiles: profiles,
            updates: updates,
            help: help
        })

    function part(name: string, label: string, icon: string): var {
        return {
            name: name,
            label: label,
            icon: icon
        };
    }

    title: qsTr("Settings")
    subtitle: qsTr("Every change is kept at once.")
    maximumWidth: Math.round(1140 * Theme.textScale)

    onActiveFocusChanged: {
        if (activeFocus && Window.activeFocusItem === screen)
            list.takeFocus();
    }

    Connections {
        target: screen.viewModel

        function onSaid(text: string, tone: string): void {
            screen.appViewModel.toast(text, tone);
        }
    }

    Connections {
        target: screen.appViewModel.screenModel("upkeep")

        function onSaid(text: string, tone: string): void {
            screen.appViewModel.toast(text, tone);
        }
    }

    Connections {
        target: screen.appViewModel.screenModel("unbonding")

        function onSaid(text: string, tone: string): void {
            screen.appViewModel.toast(text, tone);
        }
    }

    Connections {
        target: screen.appViewModel.screenModel("leaving")

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
        columns: screen.beside ? 2 : 1
        columnSpacing: Theme.xl
        rowSpacing: Theme.l
        Layout.fillWidth: true

        Item {
            implicitWidth: screen.beside ? Math.round(170 * Theme.textScale) : 0
            implicitHeight: list.height
            Layout.fillWidth: !screen.beside
            Layout.fillHeight: screen.beside

            SectionList {
                id: list

                // it stays in view while the part beside it is scrolled
                y: screen.beside ? Math.min(Math.max(0, screen.scrolled - parent.y), parent.height - height) : 0
                width: parent.width
                title: qsTr("Parts of the settings")
                entries: screen.parts
                current: screen.viewModel.section
                beside: screen.beside
                onChosen: name => screen.viewModel.openSection(name)
            }
        }
        Loader {
            sourceComponent: screen.viewModel.ready ? screen.cards[screen.viewModel.section] ?? null : null
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignTop
        }
    }

    Component {
        id: reading

        SettingsSection {
            SettingsReading {
                Layout.fillWidth: true
                viewModel: screen.viewModel
                appViewModel: screen.appViewModel
            }
            SettingsVoice {
                Layout.fillWidth: true
                voice: screen.appViewModel.screenModel("voice")
            }

            second: SettingsContent {
                Layout.fillWidth: true
                viewModel: screen.viewModel
            }
        }
    }
    Component {
        id: work

        SettingsSection {
            SettingsWork {
                Layout.fillWidth: true
                viewModel: screen.viewModel
                appViewModel: screen.appViewModel
            }

            second: SettingsData {
                Layout.fillWidth: true
                viewModel: screen.appViewModel.screenModel("dataUsed")
            }
        }
    }
    Component {
        id: notices

        SettingsSection {
            SettingsNotices {
                Layout.fillWidth: true
                viewModel: screen.appViewModel.screenModel("notices")
                appViewModel: screen.appViewModel
            }

            second: SettingsQuiet {
                Layout.fillWidth: true
                viewModel: screen.appViewModel.screenModel("notices")
            }
        }
    }
    Component {
        id: safety

        SettingsSection {
            SettingsWallet {
                Layout.fillWidth: true
                viewModel: screen.viewModel
                safety: screen.appViewModel.screenModel("safety")
            }
            SettingsSafety {
                Layout.fillWidth: true
                viewModel: screen.appViewModel.screenModel("safety")
                appViewModel: screen.appViewModel
            }

            second: SettingsBook {
                Layout.fillWidth: true
                viewModel: screen.appViewModel.screenModel("safety")
            }
        }
    }
    Component {
        id: money

        SettingsSection {
            Card {
                title: qsTr("Bond")
                iconName: "shield"
                Layout.fillWidth: true

                BondForm {
                    viewModel: screen.viewModel
                    Layout.fillWidth: true
                }
                BondMove {
                    unbonding: screen.appViewModel.screenModel("unbonding")
                    practice: screen.appViewModel.practice
                    Layout.fillWidth: true
                }
            }

            SettingsClaims {
                Layout.fillWidth: true
                upkeep: screen.appViewModel.screenModel("upkeep")
            }

            SettingsClosing {
                Layout.fillWidth: true
                leaving: screen.appViewModel.screenModel("leaving")
                practice: screen.appViewModel.practice
            }

            second: [
                SettingsCurrency {
                    Layout.fillWidth: true
                    rates: screen.appViewModel.screenModel("rates")
                },
                SettingsCopies {
                    Layout.fillWidth: true
                    upkeep: screen.appViewModel.screenModel("upkeep")
                }
            ]
        }
    }
    Component {
        id: network

        SettingsSection {
            SettingsPlatform {
                Layout.fillWidth: true
                viewModel: screen.viewModel
                appViewModel: screen.appViewModel
            }

            second: SettingsNetwork {
                Layout.fillWidth: true
                nodes: screen.appViewModel.screenModel("nodes")
            }
        }
    }
    Component {
        id: profiles

        SettingsSection {
            ProfilesCard {
                Layout.fillWidth: true
                viewModel: screen.appViewModel.screenModel("profiles")
                appViewModel: screen.appViewModel
            }
        }
    }
    Component {
        id: updates

        SettingsSection {
            SettingsUpdates {
                Layout.fillWidth: true
                updates: screen.appViewModel.screenModel("updates")
            }

            second: SettingsKept {
                Layout.fillWidth: true
                updates: screen.appViewModel.screenModel("updates")
            }
        }
    }
    Component {
        id: help

        SettingsSection {
            SettingsCare {
                Layout.fillWidth: true
                care: screen.appViewModel.care
            }

            second: SettingsAbout {
                Layout.fillWidth: true
                viewModel: screen.viewModel
            }
        }
    }
}
