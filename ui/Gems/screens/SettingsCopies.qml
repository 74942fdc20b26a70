// SPDX-License-Identifier: Apache-2.0
// Copies of the newest voucher elsewhere.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

Card {
    id: card

    required property var upkeep

    title: qsTr("Kept safe")
    iconName: "shield"

    PlainText {
        text: qsTr("A voucher is worth the same from anybody's hand and pays you alone. Copies elsewhere keep your pay safe when this computer breaks.")
        color: Theme.textMuted
        Layout.fillWidth: true
    }
    PlainText {
        visible: text !== ""
        text: card.upkeep.copyNote
        color: Theme.warn
        Layout.fillWidth: true
    }
    Repeater {
        model: card.upkeep.copies

        RowLayout {
            id: copy

            required property string place
            required property string said
            required property string tone
            required property bool tower

            spacing: Theme.s
            Layout.fillWidth: true

            Icon {
                name: copy.tone === "good" ? "check" : copy.tone === "warn" ? "alert" : "hourglass"
                color: copy.tone === "good" ? Theme.good : copy.tone === "warn" ? Theme.warn : Theme.textMuted
            }
            ColumnLayout {
                spacing: 0
                Layout.fillWidth: true

                PlainText {
                    text: copy.place
                    wrapMode: Text.WrapAnywhere
                    Layout.fillWidth: true
                }
                PlainText {
                    text: copy.said
                    color: Theme.textMuted
                    font.pixelSize: Theme.fontSmall
                    Layout.fillWidth: true
                }
            }
            QuietButton {
                visible: copy.tower
                text: qsTr("Remove")
                Accessible.name: qsTr("Remove the watch-tower %1").arg(copy.place)
                onClicked: card.upkeep.removeTower(copy.place)
            }
        }
    }
    FormRow {
        label: qsTr("Another watch-tower")
        word: "watch_tower"
        hint: qsTr("Any platform can keep vouchers of others: enter its address.")
        Layout.fillWidth: true

        TextField {
            id: tower

            objectName: "towerAddress"
            placeholderText: "https://"
            maximumLength: 500
            inputMethodHints: Qt.ImhUrlCharactersOnly
            Layout.fillWidth: true
            Accessible.name: qsTr("Address of a watch-tower")
            onAccepted: add.clicked()
        }
        SecondaryButton {
            id: add

            objectName: "addTower"
            text: qsTr("Add")
            enabled: tower.text !== ""
            onClicked: {
                card.upkeep.addTower(tower.text);
                tower.clear();
            }
        }
    }
    FormRow {
        label: qsTr("Also as a file in this folder")
        hint: qsTr("Each new voucher is written there. Empty: no file.")
        Layout.fillWidth: true

        TextField {
            id: folder

            objectName: "voucherFolder"
            text: card.upkeep.folder
            maximumLength: 4096
            Layout.fillWidth: true
            Accessible.name: qsTr("Folder for the voucher's file")
            onAccepted: card.upkeep.chooseFolder(text)
        }
        SecondaryButton {
            objectName: "keepFolder"
            text: qsTr("Keep")
            enabled: folder.text !== card.upkeep.folder
            onClicked: card.upkeep.chooseFolder(folder.text)
        }
    }
    QuietButton {
        objectName: "writeVoucher"
        text: qsTr("Write a file now")
        busy: card.upkeep.busy
        enabled: card.upkeep.hasVoucher
        onClicked: card.upkeep.writeVoucher()
    }
    FormRow {
        label: qsTr("Look for a newer voucher")
        word: "voucher"
        hint: qsTr("In the file of a backup or at a watch-tower: enter the file's path or the tower's address. Only what the platform signed is kept.")
        Layout.fillWidth: true

        TextField {
            id: elsewhere

            objectName: "voucherPlace"
            placeholderText: "https://"
            maximumLength: 4096
            Layout.fillWidth: true
            Accessible.name: qsTr("File or watch-tower with a newer voucher")
            onAccepted: card.upkeep.lookForVoucher(text)
        }
        SecondaryButton {
            objectName: "lookForVoucher"
            text: qsTr("Look")
            busy: card.upkeep.busy
            enabled: elsewhere.text !== ""
            onClicked: card.upkeep.lookForVoucher(elsewhere.text)
        }
    }
}
