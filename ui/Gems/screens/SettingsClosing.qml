// SPDX-License-Identifier: Apache-2.0
// Closing one's own payment channel through the relayer: fee and dates first, then a question.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

Card {
    id: card

    // A LeavingViewModel (gems_desktop/viewmodels/leaving.py).
    required property var leaving
    property bool practice: false

    title: qsTr("Payment channel")
    iconName: "lock"

    ErrorBanner {
        what: card.leaving.problemMessage
        safe: card.leaving.problemSafe
        todo: card.leaving.problemAction
        Layout.fillWidth: true
        onDismissed: card.leaving.dismissProblem()
    }
    PlainText {
        text: card.leaving.onItsWay ? qsTr("Your close is on its way to the chain.") : qsTr("When you stop working for this platform, close the channel: your bond comes back without a gas coin, even if the platform does nothing more.")
        color: Theme.textMuted
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }
    Connections {
        target: card.leaving

        function onChanged(): void {
            if (card.leaving.asking)
                question.open();
        }
    }
    SecondaryButton {
        objectName: "closeChannel"
        text: qsTr("Close the channel…")
        busy: card.leaving.busy
        enabled: card.leaving.canClose
        onClicked: card.leaving.ask()
    }

    ConfirmDialog {
        id: question

        objectName: "closeQuestion"
        practice: card.practice
        title: qsTr("Close your payment channel?")
        sentence: card.leaving.quote
        acceptText: qsTr("Close the channel")
        dangerous: true
        onAccepted: card.leaving.confirm()
        onRejected: card.leaving.drop()
    }
}
