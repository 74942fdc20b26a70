// SPDX-License-Identifier: Apache-2.0
// The appeal of somebody whom the platform gives no more work: how far it is, and the words for its operator.
import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

Card {
    id: card

    // A RemovalViewModel (gems_desktop/viewmodels/removal.py).
    required property var viewModel

    function send(): void {
        if (reason.text.trim() !== "")
            viewModel.appeal(reason.text);
    }

    visible: viewModel.stage !== ""
    title: qsTr("Appeal your removal")
    iconName: "flag"

    Component.onCompleted: reason.text = viewModel.draft()

    Connections {
        target: card.viewModel

        function onAppealed(): void {
            reason.clear();
        }
    }
    ErrorBanner {
        what: card.viewModel.problemMessage
        safe: card.viewModel.problemSafe
        todo: card.viewModel.problemAction
        Layout.fillWidth: true
        onDismissed: card.viewModel.dismissProblem()
    }
    PlainText {
        objectName: "removalStage"
        text: card.viewModel.stageText
        Layout.fillWidth: true
    }
    TextArea {
        id: reason

        objectName: "removalReason"
        placeholderText: qsTr("Why your work deserves another look")
        Accessible.name: placeholderText
        Accessible.multiLine: true
        KeyNavigation.priority: KeyNavigation.BeforeItem
        // Tab leaves the field, as everywhere else
        Keys.onTabPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
        Keys.onBacktabPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
        Layout.fillWidth: true
        onTextChanged: {
            if (length > card.viewModel.longest)
                remove(card.viewModel.longest, length);
            card.viewModel.keepDraft(text);
        }
    }
    PlainText {
        text: qsTr("It goes to the platform's operator and needs a connection. %1 of %2 characters.").arg(reason.length).arg(card.viewModel.longest)
        color: Theme.textMuted
        font.pixelSize: Theme.fontSmall
        Layout.fillWidth: true
    }
    PrimaryButton {
        objectName: "appealRemoval"
        text: card.viewModel.sending ? qsTr("Sending…") : qsTr("Send the appeal")
        iconName: "flag"
        busy: card.viewModel.sending
        enabled: reason.text.trim() !== ""
        onClicked: card.send()
        Keys.onReturnPressed: clicked()
    }
}
