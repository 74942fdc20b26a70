// SPDX-License-Identifier: Apache-2.0
// An appeal before it is signed: what it means and costs, and the sentence that goes with it, kept while it is written.
import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

Card {
    id: write

    // An AppealViewModel (gems_desktop/viewmodels/appeal.py).
    required property var viewModel

    readonly property bool mayWrite: viewModel.ready && viewModel.stage === "write"

    function takeFocus(): void {
        reason.forceActiveFocus(Qt.TabFocusReason);
    }

    // What was written before, once it is known.
    function fill(): void {
        reason.text = viewModel.draft();
    }

    function appeal(): void {
        if (mayWrite && reason.text.trim() !== "")
            viewModel.appeal(reason.text);
        else
            takeFocus();
    }

    title: mayWrite ? qsTr("Appeal") : qsTr("What an appeal means")
    iconName: "flag"
    spacing: Theme.s

    ErrorBanner {
        what: write.viewModel.redoText
        tone: "info"
        dismissable: false
        Layout.fillWidth: true
    }
    FactLine {
        visible: value !== ""
        label: qsTr("Who decides")
        value: write.viewModel.deciders
    }
    FactLine {
        visible: write.mayWrite
        label: qsTr("You can appeal until")
        word: "contest_day"
        value: write.viewModel.untilText
    }
    FactLine {
        label: qsTr("Decided by, at the latest")
        value: write.viewModel.decidedBy
    }
    FactLine {
        visible: write.viewModel.hasBond
        label: write.mayWrite ? qsTr("Bond you put up (%1 GEM are free)").arg(write.viewModel.bondFree) : qsTr("Bond you put up")
        word: "bond"
        value: write.viewModel.bond
        unit: qsTr("GEM")
    }
    FactLine {
        visible: write.mayWrite
        label: qsTr("If you lose, it costs you")
        value: write.viewModel.loses
        unit: qsTr("GEM")
        strong: true
    }
    PlainText {
        text: write.viewModel.losesText
        color: Theme.textMuted
        font.pixelSize: Theme.fontSmall
        Layout.fillWidth: true
    }
    FactLine {
        label: qsTr("If you win, you get")
        value: write.viewModel.wins
        unit: qsTr("GEM")
        strong: true
    }
    PlainText {
        text: write.viewModel.winsText
        color: Theme.textMuted
        font.pixelSize: Theme.fontSmall
        Layout.fillWidth: true
    }
    PlainText {
        visible: write.mayWrite
        text: qsTr("Why your answer is right")
        font.weight: Font.DemiBold
        Layout.fillWidth: true
        Layout.topMargin: Theme.s
    }
    TextArea {
        id: reason

        objectName: "appealReason"
        visible: write.mayWrite
        placeholderText: qsTr("What is right about it, in a sentence or two")
        Accessible.name: qsTr("Why your answer is right")
        Accessible.multiLine: true
        KeyNavigation.priority: KeyNavigation.BeforeItem
        // Tab leaves the field, as everywhere else
        Keys.onTabPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
        Keys.onBacktabPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
        Layout.fillWidth: true
        onTextChanged: {
            if (length > write.viewModel.longest)
                remove(write.viewModel.longest, length);
            write.viewModel.keepDraft(text);
        }
    }
    PlainText {
        visible: write.mayWrite
        text: qsTr("It is signed with the appeal and leaves with the next connection. %1 of %2 characters.").arg(reason.length).arg(write.viewModel.longest)
        color: Theme.textMuted
        font.pixelSize: Theme.fontSmall
        Layout.fillWidth: true
    }
    GemButton {
        objectName: "appeal"
        visible: write.mayWrite
        variant: write.viewModel.primary === "appeal" ? "primary" : "secondary"
        text: write.viewModel.givesUpRedo ? qsTr("Appeal and give up the second try") : qsTr("Sign the appeal")
        iconName: "flag"
        keyHint: qsTr("Ctrl+Enter")
        busy: write.viewModel.writing
        enabled: reason.text.trim() !== ""
        Accessible.description: write.viewModel.appealCost
        Layout.alignment: Qt.AlignLeft
        onClicked: write.appeal()
        Keys.onReturnPressed: clicked()
    }
}
