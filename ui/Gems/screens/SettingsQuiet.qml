// SPDX-License-Identifier: Apache-2.0
// Hours in which nothing is shown outside the window, and whether Gems goes on in the tray.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

ColumnLayout {
    id: cards

    required property var viewModel

    spacing: Theme.m

    component TimeBox: SpinBox {
        from: 0
        to: 1410
        stepSize: 30
        wrap: true
        textFromValue: value => cards.viewModel?.minuteText(value) ?? ""
    }

    Card {
        title: qsTr("Quiet hours")
        iconName: "moon"
        Layout.fillWidth: true

        Switch {
            objectName: "quiet"
            text: qsTr("Show nothing outside the window in these hours")
            checked: cards.viewModel.quiet
            Layout.fillWidth: true
            onToggled: cards.viewModel.setOption("quiet", checked)
        }
        FormRow {
            label: qsTr("From")
            Layout.fillWidth: true

            TimeBox {
                objectName: "quietFrom"
                enabled: cards.viewModel.quiet
                value: cards.viewModel.quietFrom
                Accessible.name: qsTr("Quiet from")
                onValueModified: cards.viewModel.setQuiet(value, cards.viewModel.quietTo)
            }
        }
        FormRow {
            label: qsTr("To")
            Layout.fillWidth: true

            TimeBox {
                objectName: "quietTo"
                enabled: cards.viewModel.quiet
                value: cards.viewModel.quietTo
                Accessible.name: qsTr("Quiet to")
                onValueModified: cards.viewModel.setQuiet(cards.viewModel.quietFrom, value)
            }
        }
    }
    Card {
        title: qsTr("When the window is closed")
        iconName: "power"
        Layout.fillWidth: true

        Switch {
            objectName: "tray"
            text: qsTr("Show Gems in the tray")
            checked: cards.viewModel.tray
            Layout.fillWidth: true
            onToggled: cards.viewModel.setOption("tray", checked)
        }
        Switch {
            objectName: "trayKeeps"
            enabled: cards.viewModel.tray
            text: qsTr("Closing the window leaves Gems running in the tray")
            checked: cards.viewModel.trayKeeps
            Layout.fillWidth: true
            onToggled: cards.viewModel.setOption("trayKeeps", checked)
        }
        PlainText {
            text: qsTr("Where the system has no tray, closing the window ends Gems.")
            color: Theme.textMuted
            font.pixelSize: Theme.fontSmall
            Layout.fillWidth: true
        }
    }
}
