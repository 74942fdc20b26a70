// SPDX-License-Identifier: Apache-2.0
// The way in, one step at a time: make a wallet or bring one back, type its words, protect it; later, unlock it.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

FocusScope {
    id: screen

    required property var viewModel
    required property var appViewModel

    readonly property string step: viewModel.step
    readonly property var steps: ({
            language: languageStep,
            start: startStep,
            words: wordsStep,
            typeBack: typeBackStep,
            restore: restoreStep,
            protect: protectStep,
            unlock: unlockStep
        })
    // In the order of the standard's lists; each in its own letters, as on the paper.
    readonly property list<string> wordLanguages: ["English", "Español", "Français", "Italiano", "Português", "Čeština", "日本語", "한국어", "简体中文", "繁體中文"]
    property bool choosingWords: false
    // Making a wallet takes three steps; where we are among them, or 0.
    readonly property int place: step === "words" ? 1 : step === "typeBack" ? 2 : step === "protect" ? 3 : 0

    // What the keyboard is on is never outside the view.
    readonly property Item focused: Window.activeFocusItem
    onFocusedChanged: keepInView()

    function keepInView(): void {
        if (!activeFocus || !focused)
            return;
        const top = focused.mapToItem(flick.contentItem, 0, 0).y;
        const most = Math.max(0, flick.contentHeight - flick.height);
        if (top < flick.contentY)
            flick.contentY = Math.max(0, top - Theme.l);
        else if (top + focused.height > flick.contentY + flick.height)
            flick.contentY = Math.min(most, top + focused.height - flick.height + Theme.l);
    }

    // What went wrong is read from its first line, with the field to mend still in the view where both have room.
    function showProblem(): void {
        const most = Math.max(0, flick.contentHeight - flick.height);
        flick.contentY = Math.min(most, Math.max(0, banner.mapToItem(flick.contentItem, 0, 0).y - Theme.l));
        keepInView();
    }

    onStepChanged: focusLater.restart()
    Component.onCompleted: focusLater.restart()

    Timer {
        id: later

        interval: 0
        onTriggered: screen.keepInView()
    }
    Timer {
        id: problemLater

        interval: 0
        onTriggered: screen.showProblem()
    }
    Timer {
        id: focusLater

        interval: 0
        onTriggered: {
            (stepLoader.item as WelcomeStep)?.takeFocus();
            screen.keepInView();
        }
    }

    Flickable {
        id: flick

        anchors.fill: parent
        contentWidth: width
        contentHeight: Math.max(height, column.implicitHeight + 2 * Theme.xl)
        interactive: contentHeight > height
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        // a step has its height only once it is laid out
        onContentHeightChanged: later.restart()

        ScrollBar.vertical: ScrollBar {}

        ColumnLayout {
            id: column

            anchors.horizontalCenter: parent.horizontalCenter
            y: Math.max(Theme.xl, (flick.height - implicitHeight) / 2)
            width: Math.min(Math.round(640 * Theme.textScale), flick.width - 2 * Theme.xl)
            spacing: Theme.l

            RowLayout {
                spacing: Theme.m
                Layout.fillWidth: true

                Icon {
                    name: "gem"
                    size: Math.round(30 * Theme.textScale)
                    color: Theme.accent
                }
                PlainText {
                    text: qsTr("Gems")
                    font.pixelSize: Theme.fontHeading
                    font.weight: Font.DemiBold
                }
                PracticeBadge {
                    visible: screen.appViewModel.practice
                    text: qsTr("Practice network")
                }
                Item {
                    Layout.fillWidth: true
                }
                LanguageBox {
                    visible: screen.step !== "language"
                    appViewModel: screen.appViewModel
                    onActivated: index => screen.viewModel.languageChosen(screen.appViewModel.languageCodes[index])
                }
            }
            ErrorBanner {
                id: banner

                what: screen.viewModel.problemMessage
                safe: screen.viewModel.problemSafe
                todo: screen.viewModel.problemAction
                Layout.fillWidth: true
                onHeightChanged: if (what.length > 0)
                    problemLater.restart()
                onDismissed: screen.viewModel.dismissProblem()
            }
            Card {
                padding: Theme.xl
                Layout.fillWidth: true

                ProgressLine {
                    visible: screen.place > 0
                    text: qsTr("Step %1 of 3").arg(screen.viewModel.spell(screen.place))
                    value: screen.place / 3
                    Layout.fillWidth: true
                }
                Loader {
                    id: stepLoader

                    focus: true
                    sourceComponent: screen.steps[screen.step] ?? null
                    Layout.fillWidth: true
                }
                PlainText {
                    visible: stepLoader.item === null
                    text: qsTr("Looking for your wallet")
                    color: Theme.textMuted
                }
            }
            ProfilesCard {
                objectName: "profiles"
                viewModel: screen.appViewModel.screenModel("profiles")
                appViewModel: screen.appViewModel
                choosing: true
                visible: screen.step === "unlock" || (screen.step === "start" && viewModel.several)
                Layout.fillWidth: true
            }
            PlainText {
                visible: ["words", "typeBack", "restore"].includes(screen.step)
                text: qsTr("Gems asks for seed words only on this page, and only to make or bring back a wallet. Nobody else needs them, ever.")
                color: Theme.textMuted
                font.pixelSize: Theme.fontSmall
                horizontalAlignment: Text.AlignHCenter
                Layout.fillWidth: true
            }
        }
    }

    Component {
        id: languageStep

        WelcomeLanguage {
            appViewModel: screen.appViewModel
            onChosen: code => screen.viewModel.languageChosen(code)
        }
    }
    Component {
        id: startStep

        WelcomeStep {
            title: qsTr("Get paid for small tasks")
            sentence: qsTr("Your pay goes to a wallet that only you hold. You need no money and no papers to begin; making one takes about three minutes.")
            first: makeButton

            PrimaryButton {
                id: makeButton

                objectName: "makeWallet"
                text: qsTr("Make a new wallet")
                iconName: "plus"
                enabled: !screen.viewModel.busy
                Layout.fillWidth: true
                onClicked: screen.viewModel.createWallet()
            }
            SecondaryButton {
                objectName: "beginRestore"
                text: qsTr("I have a wallet already")
                iconName: "key"
                enabled: !screen.viewModel.busy
                Layout.fillWidth: true
                onClicked: screen.viewModel.beginRestore()
            }
            QuietButton {
                objectName: "chooseWords"
                visible: !screen.choosingWords
                text: qsTr("Language of its twelve words") + ": " + screen.wordLanguages[screen.viewModel.wordsLanguage]
                iconName: "chevron-down"
                onClicked: {
                    screen.choosingWords = true;
                    wordsBox.forceActiveFocus(Qt.TabFocusReason);
                }
            }
            FormRow {
                visible: screen.choosingWords
                label: qsTr("Language of its twelve words")
                Layout.fillWidth: true

                ComboBox {
                    id: wordsBox

                    objectName: "wordsLanguage"
                    model: screen.wordLanguages
                    currentIndex: screen.viewModel.wordsLanguage
                    Accessible.name: qsTr("Language of its twelve words")
                    onActivated: index => screen.viewModel.chooseWords(index)
                }
            }
        }
    }
    Component {
        id: wordsStep

        WelcomeStep {
            title: qsTr("Write these twelve words on paper")
            sentence: qsTr("They are your wallet: whoever has them has your money, and they bring it back if this computer is lost. Do not photograph them.")
            first: writtenButton

            SeedWords {
                id: grid

                objectName: "seedWords"
                Layout.fillWidth: true
                Component.onCompleted: screen.viewModel.showWords(grid)
            }
            PlainText {
                text: qsTr("Keep the paper where only you can find it.")
                color: Theme.textMuted
                Layout.fillWidth: true
            }
            RowLayout {
                spacing: Theme.s

                PrimaryButton {
                    id: writtenButton

                    objectName: "wordsWritten"
                    text: qsTr("I have written them down")
                    onClicked: screen.viewModel.wordsWritten()
                }
                QuietButton {
                    text: qsTr("Back")
                    onClicked: screen.viewModel.startOver()
                }
            }
        }
    }
    Component {
        id: typeBackStep

        WelcomeTypeBack {
            viewModel: screen.viewModel
        }
    }
    Component {
        id: restoreStep

        WelcomeRestore {
            viewModel: screen.viewModel
        }
    }
    Component {
        id: protectStep

        WelcomeProtect {
            viewModel: screen.viewModel
        }
    }
    Component {
        id: unlockStep

        WelcomeStep {
            title: qsTr("Unlock your wallet")
            sentence: screen.viewModel.withKeyring ? qsTr("Your work and your earnings are stored on this computer; the system's keyring opens them.") : qsTr("Your work and your earnings are stored on this computer; the password opens them.")
            first: screen.viewModel.withKeyring ? unlockButton : unlockField

            FormRow {
                label: qsTr("Password")
                visible: !screen.viewModel.withKeyring
                Layout.fillWidth: true

                PasswordField {
                    id: unlockField

                    objectName: "unlockPassword"
                    name: qsTr("Password")
                    enabled: !screen.viewModel.busy
                    onSubmitted: screen.viewModel.unlock(unlockField.field)
                }
            }
            PrimaryButton {
                id: unlockButton

                text: screen.viewModel.busy ? qsTr("Opening") : qsTr("Unlock")
                iconName: "unlock"
                keyHint: "Enter"
                objectName: "unlockNow"
                busy: screen.viewModel.busy
                enabled: screen.viewModel.withKeyring || unlockField.length > 0
                onClicked: {
                    if (screen.viewModel.withKeyring)
                        screen.viewModel.unlockWithKeyring();
                    else
                        screen.viewModel.unlock(unlockField.field);
                }
            }
        }
    }
}
