// SPDX-License-Identifier: Apache-2.0
// What is free in the bond, and moving it to what can be claimed: no chain, no fee, no waiting.
import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

ColumnLayout {
    id: row

    // An UnbondingViewModel (gems_desktop/viewmodels/unbonding.py).
    required property var unbonding
    property bool practice: false

    visible: unbonding.ready
    spacing: Theme.m

    ErrorBanner {
        what: row.unbonding.problemMessage
        safe: row.unbonding.problemSafe
        todo: row.unbonding.problemAction
        Layout.fillWidth: true
        onDismissed: row.unbonding.dismissProblem()
    }
    FactLine {
        label: qsTr("Free in the bond now")
        word: "bond"
        value: row.unbonding.free
        unit: qsTr("GEM")
    }
    PlainText {
        visible: text !== ""
        text: row.unbonding.onItsWay
        color: Theme.textMuted
        Layout.fillWidth: true
    }
    SecondaryButton {
        objectName: "moveBond"
        text: qsTr("Move to spendable…")
        busy: row.unbonding.busy
        enabled: row.unbonding.canMove
        onClicked: question.open()
        Keys.onReturnPressed: clicked()
    }

    ConfirmDialog {
        id: question

        readonly property bool fits: row.unbonding.canMove && row.unbonding.fits(amount.text)

        objectName: "moveBondQuestion"
        practice: row.practice
        title: qsTr("Move out of your bond?")
        sentence: qsTr("It becomes ready to claim at once. You and the platform both sign it; nothing happens on the chain, and it costs nothing.")
        consequence: qsTr("It goes in steps of one task's pay, 1 GEM at most. If the platform does not answer, one step is what you can lose.")
        acceptText: qsTr("Move")
        acceptEnabled: fits
        onAccepted: row.unbonding.move(amount.text)
        onOpened: {
            amount.text = row.unbonding.whole;
            amount.forceActiveFocus(Qt.TabFocusReason);
            amount.selectAll();
        }

        FormRow {
            label: qsTr("Amount")
            hint: question.fits ? "" : qsTr("Free in the bond: %1 GEM").arg(row.unbonding.whole)
            Layout.fillWidth: true

            TextField {
                id: amount

                objectName: "moveBondAmount"
                placeholderText: "0.00"
                inputMethodHints: Qt.ImhFormattedNumbersOnly
                maximumLength: 24
                Layout.fillWidth: true
                Layout.maximumWidth: Math.round(160 * Theme.textScale)
                Accessible.name: qsTr("Amount to move out of the bond, in GEM")
                onAccepted: if (question.fits)
                    question.accept()
            }
            PlainText {
                text: qsTr("GEM")
                color: Theme.textMuted
            }
        }
        PlainText {
            objectName: "moveBondLeaves"
            visible: text !== ""
            text: row.unbonding.leaves(amount.text)
            Layout.fillWidth: true
        }
    }
}
