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
            start: startStep,
            words: wordsStep,
            typeBack: typeBackStep,
            restore: restoreStep,
            protect: protectStep,
            unlock: unlockStep
        })
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

    onStepChanged: focusLater.restart()
    Component.onCompleted: focusLater.restart()

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
                SegmentedControl {
                    name: qsTr("Language")
                    labels: ["English", "العربية"]
                    currentIndex: screen.appViewModel.language === "ar" ? 1 : 0
                    onChosen: index => screen.appViewModel.setLanguage(index === 1 ? "ar" : "en")
                }
            }
            ErrorBanner {
                what: screen.viewModel.problemMessage
                safe: screen.viewModel.problemSafe
                todo: screen.viewModel.problemAction
                Layout.fillWidth: true
                onDismissed: screen.viewModel.dismissProblem()
            }
            Card {
                padding: Theme.xl
                Layout.fillWidth: true

                ProgressLine {
                    visible: screen.place > 0
                    text: qsTr("Step %1 of 3").arg(screen.place)
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
            PlainText {
                text: qsTr("Gems asks for seed words only on this page, and only to make or bring back a wallet. Nobody else needs them, ever.")
                color: Theme.textMuted
                font.pixelSize: Theme.fontSmall
                horizontalAlignment: Text.AlignHCenter
                Layout.fillWidth: true
            }
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
                text: qsTr("I have seed words already")
                iconName: "key"
                enabled: !screen.viewModel.busy
                Layout.fillWidth: true
                onClicked: screen.viewModel.beginRestore()
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

        WelcomeStep {
            title: qsTr("Type the words back")
            sentence: qsTr("In their order, with one space between two words. This proves that your paper is right before there is money in the wallet.")
            first: backField

            FormRow {
                label: qsTr("The twelve words")
                Layout.fillWidth: true

                PasswordField {
                    id: backField

                    objectName: "typeBack"
                    name: qsTr("The twelve words")
                    masked: false
                    pasteAllowed: false
                    placeholder: qsTr("first second third …")
                    onSubmitted: screen.viewModel.typeBack(backField.field)
                }
            }
            RowLayout {
                spacing: Theme.s

                PrimaryButton {
                    text: qsTr("Compare")
                    keyHint: "Enter"
                    enabled: backField.length > 0 && !screen.viewModel.busy
                    onClicked: screen.viewModel.typeBack(backField.field)
                }
                QuietButton {
                    text: qsTr("Start over with new words")
                    onClicked: screen.viewModel.startOver()
                }
            }
        }
    }
    Component {
        id: restoreStep

        WelcomeStep {
            title: qsTr("Bring your wallet back")
            sentence: qsTr("Type your twelve words in their order. Balance, open work and stakes come back from the platform and the chain.")
            first: wordsField

            FormRow {
                label: qsTr("Your seed words")
                Layout.fillWidth: true

                PasswordField {
                    id: wordsField

                    objectName: "restoreWords"
                    name: qsTr("Your seed words")
                    placeholder: qsTr("first second third …")
                    onSubmitted: screen.viewModel.restoreWords(wordsField.field)
                }
            }
            RowLayout {
                spacing: Theme.s

                PrimaryButton {
                    text: qsTr("Bring it back")
                    keyHint: "Enter"
                    enabled: wordsField.length > 0 && !screen.viewModel.busy
                    onClicked: screen.viewModel.restoreWords(wordsField.field)
                }
                QuietButton {
                    text: qsTr("Back")
                    onClicked: screen.viewModel.startOver()
                }
            }
        }
    }
    Component {
        id: protectStep

        WelcomeStep {
            title: qsTr("Protect it on this computer")
            sentence: qsTr("A password keeps others who use this computer away from your money. It is not sent anywhere; if you forget it, your seed words still work.")
            first: firstField

            FormRow {
                label: qsTr("Password")
                hint: qsTr("At least 8 characters. A few words in a row are easy to remember.")
                Layout.fillWidth: true

                PasswordField {
                    id: firstField

                    objectName: "newPassword"
                    name: qsTr("Password")
                    onSubmitted: againField.field.forceActiveFocus(Qt.TabFocusReason)
                }
            }
            FormRow {
                label: qsTr("The same password again")
                Layout.fillWidth: true

                PasswordField {
                    id: againField

                    objectName: "samePassword"
                    name: qsTr("The same password again")
                    onSubmitted: screen.viewModel.protectWithPassword(firstField.field, againField.field)
                }
            }
            Flow {
                spacing: Theme.s
                Layout.fillWidth: true

                PrimaryButton {
                    text: qsTr("Protect with this password")
                    keyHint: "Enter"
                    enabled: firstField.length > 0 && againField.length > 0 && !screen.viewModel.busy
                    onClicked: screen.viewModel.protectWithPassword(firstField.field, againField.field)
                }
                SecondaryButton {
                    objectName: "useKeyring"
                    visible: screen.viewModel.keyringAvailable
                    text: qsTr("Use the system's keyring instead")
                    iconName: "lock"
                    enabled: !screen.viewModel.busy
                    onClicked: screen.viewModel.protectWithKeyring()
                }
            }
        }
    }
    Component {
        id: unlockStep

        WelcomeStep {
            title: qsTr("Unlock your wallet")
            sentence: qsTr("Your work and your earnings are stored on this computer; the password opens them.")
            first: unlockField

            FormRow {
                label: qsTr("Password")
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
                text: screen.viewModel.busy ? qsTr("Opening") : qsTr("Unlock")
                iconName: "unlock"
                keyHint: "Enter"
                enabled: unlockField.length > 0 && !screen.viewModel.busy
                onClicked: screen.viewModel.unlock(unlockField.field)
            }
        }
    }
}
