// SPDX-License-Identifier: Apache-2.0
// From what amount on pay is claimed by itself.
import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

Card {
    id: card

    // An UpkeepViewModel (gems_desktop/viewmodels/upkeep.py).
    required property var upkeep

    title: qsTr("Claims")
    iconName: "wallet"

    ErrorBanner {
        what: card.upkeep.problemMessage
        safe: card.upkeep.problemSafe
        todo: card.upkeep.problemAction
        Layout.fillWidth: true
        onDismissed: card.upkeep.dismissProblem()
    }
    FormRow {
        label: qsTr("Claim by itself from")
        word: "claim"
        hint: qsTr("0 never claims by itself. It also waits until the fee is at most 5 % of what comes.")
        Layout.fillWidth: true

        TextField {
            id: threshold

            objectName: "autoClaim"
            text: card.upkeep.autoClaim
            placeholderText: "0.00"
            inputMethodHints: Qt.ImhFormattedNumbersOnly
            maximumLength: 12
            Layout.fillWidth: true
            Layout.maximumWidth: Math.round(160 * Theme.textScale)
            Accessible.name: qsTr("Claim by itself from, in GEM")
            onAccepted: card.upkeep.setAutoClaim(text)
        }
        PlainText {
            text: qsTr("GEM")
            color: Theme.textMuted
        }
        SecondaryButton {
            objectName: "keepAutoClaim"
            text: qsTr("Keep")
            enabled: threshold.text !== card.upkeep.autoClaim && threshold.text !== ""
            onClicked: card.upkeep.setAutoClaim(threshold.text)
        }
    }
}
