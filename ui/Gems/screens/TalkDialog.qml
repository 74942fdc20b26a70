// SPDX-License-Identifier: Apache-2.0
// A conversation with the requester of a task, over the page that it was opened from.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

ConfirmDialog {
    id: dialog

    // A TalkViewModel (gems_desktop/viewmodels/talk.py); null while no profile is open.
    required property var viewModel

    readonly property bool wanted: viewModel?.open === true && viewModel.messages !== undefined

    signal messageReported(string messageId, string title)

    // The newest message and the field for the next one.
    function takeFocus(): void {
        words.forceActiveFocus(Qt.TabFocusReason);
    }

    function send(): void {
        if (words.text.trim() === "")
            return;
        viewModel.write(words.text);
        words.clear();
    }

    title: qsTr("Messages with the requester")
    sentence: viewModel?.heading ?? ""
    consequence: qsTr("The requester sees your words, and no name or address of yours.")
    applies: true
    acceptText: qsTr("Send the message")
    acceptKeys: qsTr("Ctrl+Enter")
    acceptEnabled: words.text.trim() !== ""
    rejectText: qsTr("Close")

    onWantedChanged: {
        if (wanted) {
            words.text = viewModel.draft();
            open();
        } else {
            close();
        }
    }
    onApplied: send()
    onClosed: viewModel?.leave?.()

    ErrorBanner {
        what: dialog.viewModel?.problemMessage ?? ""
        safe: dialog.viewModel?.problemSafe ?? ""
        todo: dialog.viewModel?.problemAction ?? ""
        Layout.fillWidth: true
        onDismissed: dialog.viewModel.dismissProblem()
    }
    ColumnLayout {
        visible: said.count > 0
        spacing: Theme.s
        Layout.fillWidth: true
        Accessible.role: Accessible.List
        Accessible.name: dialog.title

        Repeater {
            id: said

            model: dialog.viewModel?.messages ?? null

            TalkMessage {
                onTakenBack: dialog.viewModel.takeBack(messageId)
                onReported: {
                    const title = text;
                    dialog.close();
                    dialog.messageReported(messageId, title);
                }
            }
        }
    }
    QuietButton {
        objectName: "talkMute"
        visible: dialog.viewModel?.canMute === true
        text: dialog.viewModel?.muted ? qsTr("Tell me of new messages here") : qsTr("Tell me no more of messages here")
        iconName: dialog.viewModel?.muted ? "bell" : "bell-off"
        Layout.alignment: Qt.AlignLeft
        onClicked: dialog.viewModel.mute(!dialog.viewModel.muted)
        Keys.onReturnPressed: clicked()
    }
    PlainText {
        text: qsTr("It leaves with the next connection. %1 of %2 characters.").arg(words.length).arg(dialog.viewModel?.longest ?? 0)
        color: Theme.textMuted
        font.pixelSize: Theme.fontSmall
        Layout.fillWidth: true
    }
    TextArea {
        id: words

        objectName: "talkWords"
        placeholderText: qsTr("Your message")
        textFormat: TextEdit.PlainText
        Accessible.name: placeholderText
        Accessible.multiLine: true
        KeyNavigation.priority: KeyNavigation.BeforeItem
        // Tab leaves the field, as everywhere else
        Keys.onTabPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
        Keys.onBacktabPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
        Keys.onPressed: event => {
            if ((event.key === Qt.Key_Return || event.key === Qt.Key_Enter) && event.modifiers === Qt.ControlModifier) {
                event.accepted = true;
                dialog.send();
            }
        }
        Layout.fillWidth: true
        onTextChanged: {
            const most = dialog.viewModel?.longest ?? 0;
            if (most > 0 && length > most)
                remove(most, length);
            if (dialog.wanted)
                dialog.viewModel.keepDraft(text);
        }
    }
}
