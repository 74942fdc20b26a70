// SPDX-License-Identifier: Apache-2.0
// Brings a wallet back: from its seed words in any language, from a private key, or from a keystore file.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

WelcomeStep {
    id: step

    required property var viewModel

    readonly property list<string> kinds: ["words", "key", "keystore"]
    readonly property string kind: viewModel.restoreKind
    readonly property bool busy: viewModel.busy

    function bring(): void {
        if (kind === "words")
            viewModel.restoreWords(wordsField.field, passphraseField.field, accountBox.value - 1);
        else if (kind === "key")
            viewModel.restoreKey(keyField.field);
        else if (viewModel.keystoreName !== "")
            viewModel.restoreKeystore(keystorePassword.field);
    }

    title: qsTr("Bring your wallet back")
    sentence: qsTr("Balance, vouchers, open work, stakes and appeals come back from what was signed. Drafts that were never sealed do not.")
    first: wordsField

    SegmentedControl {
        objectName: "restoreKind"
        name: qsTr("What you have")
        labels: [qsTr("Seed words"), qsTr("Private key"), qsTr("Keystore file")]
        currentIndex: step.kinds.indexOf(step.kind)
        onChosen: index => step.viewModel.setRestoreKind(step.kinds[index])
    }
    ColumnLayout {
        visible: step.kind === "words"
        spacing: Theme.m
        Layout.fillWidth: true

        FormRow {
            label: qsTr("Your seed words")
            word: "seed_words"
            hint: qsTr("12 to 24 words in their order, in any of the ten languages there are seed words in.")
            Layout.fillWidth: true

            PasswordField {
                id: wordsField

                objectName: "restoreWords"
                name: qsTr("Your seed words")
                placeholder: qsTr("first second third …")
                onSubmitted: step.bring()
            }
        }
        CheckBox {
            id: moreBox

            objectName: "restoreMore"
            text: qsTr("I used a passphrase or another account")
        }
        FormRow {
            visible: moreBox.checked
            label: qsTr("Passphrase beside the words")
            hint: qsTr("Leave it empty if you never had one. A wrong one opens another, empty wallet.")
            Layout.fillWidth: true

            PasswordField {
                id: passphraseField

                objectName: "restorePassphrase"
                name: qsTr("Passphrase beside the words")
                onSubmitted: step.bring()
            }
        }
        FormRow {
            visible: moreBox.checked
            label: qsTr("Which account")
            Layout.fillWidth: true

            SpinBox {
                id: accountBox

                objectName: "restoreAccount"
                from: 1
                to: 1000
                editable: true
                Accessible.name: qsTr("Which account")
            }
        }
    }
    FormRow {
        visible: step.kind === "key"
        label: qsTr("Your private key")
        hint: qsTr("64 digits from 0 to 9 and a to f; 0x before them may be there.")
        Layout.fillWidth: true

        PasswordField {
            id: keyField

            objectName: "restoreKey"
            name: qsTr("Your private key")
            onSubmitted: step.bring()
        }
    }
    ColumnLayout {
        visible: step.kind === "keystore"
        spacing: Theme.m
        Layout.fillWidth: true

        FormRow {
            label: qsTr("The keystore file")
            hint: step.viewModel.keystoreName !== "" ? qsTr("Chosen: %1").arg(step.viewModel.keystoreName) : qsTr("Drop the file on this page, or type where it is and press Enter.")
            Layout.fillWidth: true

            TextField {
                objectName: "keystorePath"
                placeholderText: qsTr("Path of the file")
                Accessible.name: qsTr("The keystore file")
                Layout.fillWidth: true
                onEditingFinished: {
                    if (text !== "")
                        step.viewModel.chooseKeystore(text);
                }
            }
        }
        FormRow {
            label: qsTr("Password of the file")
            Layout.fillWidth: true

            PasswordField {
                id: keystorePassword

                objectName: "keystorePassword"
                name: qsTr("Password of the file")
                onSubmitted: step.bring()
            }
        }
        DropArea {
            implicitHeight: Math.round(56 * Theme.textScale)
            Layout.fillWidth: true
            onDropped: drop => {
                if (drop.hasUrls && drop.urls.length === 1)
                    step.viewModel.chooseKeystore(drop.urls[0].toString());
            }

            Rectangle {
                anchors.fill: parent
                radius: Theme.radius
                color: (parent as DropArea).containsDrag ? Theme.accentSoft : Theme.sunken
                border.color: Theme.outline

                PlainText {
                    anchors.centerIn: parent
                    text: qsTr("Drop the file here")
                    color: Theme.textMuted
                }
            }
        }
    }
    RowLayout {
        spacing: Theme.s

        PrimaryButton {
            objectName: "bringBack"
            text: step.busy ? qsTr("Opening") : qsTr("Bring it back")
            keyHint: "Enter"
            busy: step.busy
            enabled: step.kind === "words" ? wordsField.length > 0 : step.kind === "key" ? keyField.length > 0 : step.viewModel.keystoreName !== "" && keystorePassword.length > 0
            onClicked: step.bring()
        }
        QuietButton {
            text: qsTr("Back")
            onClicked: step.viewModel.startOver()
        }
    }
}
