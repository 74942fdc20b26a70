// SPDX-License-Identifier: Apache-2.0
// Of what notices are shown outside the window, and what they may say there.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

Card {
    id: card

    required property var viewModel
    required property var appViewModel

    readonly property var kinds: [["work", qsTr("New work where I have worked")], ["verdicts", qsTr("Verdicts and appeals")], ["deadlines", qsTr("Tasks that run out soon")], ["money", qsTr("Pay and claims")]]

    title: qsTr("Notices")
    iconName: "bell"

    Connections {
        target: card.viewModel

        function onPreviewed(shown: bool): void {
            if (!shown)
                card.appViewModel.toast(qsTr("This system shows no notifications. Notices stand under the bell."), "warn");
        }
    }

    Switch {
        objectName: "noticesOutside"
        text: qsTr("Show notices outside the window too")
        checked: card.viewModel.outside
        Layout.fillWidth: true
        onToggled: card.viewModel.setOption("outside", checked)
    }
    Repeater {
        model: card.kinds

        CheckBox {
            required property var modelData

            objectName: "notice." + modelData[0]
            enabled: card.viewModel.outside
            text: modelData[1]
            checked: card.viewModel[modelData[0]]
            Layout.fillWidth: true
            Layout.leftMargin: Theme.l
            onToggled: card.viewModel.setKind(modelData[0], checked)
        }
    }
    PlainText {
        text: qsTr("When somebody closes your payment channel, you are always told, also in quiet hours.")
        color: Theme.textMuted
        font.pixelSize: Theme.fontSmall
        Layout.fillWidth: true
    }
    Switch {
        objectName: "noticeAmounts"
        enabled: card.viewModel.outside
        text: qsTr("Show amounts outside the window")
        checked: card.viewModel.amounts
        Layout.fillWidth: true
        onToggled: card.viewModel.setOption("amounts", checked)
    }
    Switch {
        objectName: "noticeSound"
        text: qsTr("With a short sound")
        checked: card.viewModel.sound
        Layout.fillWidth: true
        onToggled: card.viewModel.setOption("sound", checked)
    }
    SecondaryButton {
        objectName: "noticePreview"
        text: qsTr("Try it out")
        iconName: "bell"
        onClicked: card.viewModel.preview()
    }
}
