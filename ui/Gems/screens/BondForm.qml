// SPDX-License-Identifier: Apache-2.0
// The standing order: how much of the pay stays behind as a bond, out of which stakes are put down.
import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

ColumnLayout {
    id: form

    required property var viewModel

    spacing: Theme.m

    PlainText {
        text: qsTr("Some campaigns ask for a stake. Let a part of your pay stay here until the bond has this size; you never have to buy anything.")
        color: Theme.textMuted
        Layout.fillWidth: true
    }
    PlainText {
        text: qsTr("It costs nothing and counts from your next pay on. Nothing that you have moves by it, and what is free in the bond you can take out again.")
        color: Theme.textMuted
        Layout.fillWidth: true
    }
    FormRow {
        label: qsTr("Keep in the bond")
        word: "bond"
        hint: qsTr("0 keeps nothing; campaigns without a stake stay open to you.")
        Layout.fillWidth: true

        TextField {
            id: target

            objectName: "bondTarget"
            text: form.viewModel.bondTarget
            placeholderText: "0.00"
            inputMethodHints: Qt.ImhFormattedNumbersOnly
            maximumLength: 24
            Layout.fillWidth: true
            Layout.maximumWidth: Math.round(160 * Theme.textScale)
            Accessible.name: qsTr("Keep in the bond, in GEM")
            onAccepted: form.viewModel.setBondTarget(text)
        }
        PlainText {
            text: qsTr("GEM")
            color: Theme.textMuted
        }
        SecondaryButton {
            objectName: "keepBond"
            text: qsTr("Keep")
            enabled: target.text !== form.viewModel.bondTarget && target.text !== ""
            onClicked: form.viewModel.setBondTarget(target.text)
        }
    }
}
