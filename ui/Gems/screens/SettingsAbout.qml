// SPDX-License-Identifier: Apache-2.0
// What this program is made of.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

Card {
    id: card

    required property var viewModel

    title: qsTr("About")
    iconName: "info"

    FactLine {
        label: qsTr("Version")
        value: card.viewModel.version
    }
    FactLine {
        label: qsTr("Profile")
        value: card.viewModel.profile
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
}
