// SPDX-License-Identifier: Apache-2.0
// Where wallet and work lie on this computer, and how the program is removed without them.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

Card {
    id: card

    // An UpdatesViewModel (gems_desktop/viewmodels/updates.py).
    required property var updates

    title: qsTr("Where your wallet and work are kept")
    iconName: "folder"

    PlainText {
        objectName: "keptFolder"
        visible: text !== ""
        text: card.updates.kept
        font.weight: Font.DemiBold
        wrapMode: Text.WrapAnywhere
        Accessible.description: qsTr("Folder of this profile")
        Layout.fillWidth: true
    }
    PlainText {
        text: qsTr("A new version changes nothing in this folder, and removing the program leaves it where it is.")
        Layout.fillWidth: true
    }
    PlainText {
        text: card.updates.removing
        Layout.fillWidth: true
    }
    PlainText {
        text: qsTr("Remove the folder only when your twelve words are on paper and nothing waits to be sent or paid.")
        color: Theme.textMuted
        font.pixelSize: Theme.fontSmall
        Layout.fillWidth: true
    }
}
