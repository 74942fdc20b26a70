// SPDX-License-Identifier: Apache-2.0
// What is wrong with a campaign, a task or a message, for the platform's operator.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

ConfirmDialog {
    id: dialog

    // An AbuseViewModel (gems_desktop/viewmodels/abuse.py); null while no profile is open.
    required property var viewModel

    readonly property bool wanted: viewModel?.open === true && viewModel.reasons !== undefined
    readonly property bool made: (viewModel?.stateText ?? "") !== ""
    property int chosen: -1

    function takeFocus(): void {
        if (made)
            rejectFocus();
        else
            (reasons.itemAt(0) as Item)?.forceActiveFocus(Qt.TabFocusReason);
    }

    title: qsTr("Report a problem")
    sentence: viewModel?.about ?? ""
    consequence: qsTr("The platform's operator reads it. The requester does not learn who reported.")
    asks: !made
    acceptText: qsTr("Send the report")
    acceptEnabled: chosen >= 0
    rejectText: made ? qsTr("Close") : qsTr("Cancel")

    onWantedChanged: {
        if (wanted) {
            chosen = -1;
            note.clear();
            open();
        } else {
            close();
        }
    }
    onAccepted: viewModel.report(chosen, note.text)
    onRejected: viewModel?.leave?.()

    ErrorBanner {
        what: dialog.viewModel?.stateText ?? ""
        tone: "info"
        dismissable: false
        Layout.fillWidth: true
    }
    ColumnLayout {
        visible: !dialog.made
        spacing: Theme.xs
        Layout.fillWidth: true
        Accessible.role: Accessible.Grouping
        Accessible.name: qsTr("What is wrong?")

        PlainText {
            text: qsTr("What is wrong?")
            font.weight: Font.DemiBold
            Layout.fillWidth: true
        }
        Repeater {
            id: reasons

            model: dialog.viewModel?.reasons ?? null

            RadioButton {
                required property int index
                required property string code
                // a RadioButton has a text of its own, which a role can not fill
                required property var model

                objectName: "reason." + code
                text: model.text
                checked: dialog.chosen === index
                Layout.fillWidth: true
                onClicked: dialog.chosen = index
                Keys.onReturnPressed: clicked()
                Keys.onDownPressed: (reasons.itemAt(Math.min(index + 1, reasons.count - 1)) as Item)?.forceActiveFocus(Qt.TabFocusReason)
                Keys.onUpPressed: (reasons.itemAt(Math.max(index - 1, 0)) as Item)?.forceActiveFocus(Qt.BacktabFocusReason)
            }
        }
    }
    TextArea {
        id: note

        objectName: "abuseNote"
        visible: !dialog.made
        placeholderText: qsTr("What happened, in a sentence or two")
        textFormat: TextEdit.PlainText
        Accessible.name: placeholderText
        Accessible.multiLine: true
        KeyNavigation.priority: KeyNavigation.BeforeItem
        // Tab leaves the field, as everywhere else
        Keys.onTabPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
        Keys.onBacktabPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
        Layout.fillWidth: true
        onTextChanged: {
            const most = dialog.viewModel?.longest ?? 0;
            if (most > 0 && length > most)
                remove(most, length);
        }
    }
}
