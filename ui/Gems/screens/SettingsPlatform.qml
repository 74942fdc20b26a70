// SPDX-License-Identifier: Apache-2.0
// The platform that this profile works with, and how it is reached.
import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems.components

Card {
    id: card

    required property var viewModel
    required property var appViewModel

    title: qsTr("Network")
    iconName: "globe"

    FactLine {
        label: qsTr("Platform")
        value: card.viewModel.platformUrl
    }
    PracticeBadge {
        visible: card.appViewModel.practice
        text: qsTr("Practice network: this GEM has no value")
    }
    Switch {
        objectName: "workOffline"
        text: qsTr("Work offline: exchange nothing by itself until this is off")
        checked: card.appViewModel.paused
        Layout.fillWidth: true
        onToggled: card.appViewModel.setPaused(checked)
    }
    SettingsProxy {
        viewModel: card.viewModel
        Layout.fillWidth: true
    }
}
