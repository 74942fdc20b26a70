// SPDX-License-Identifier: Apache-2.0
// Between two batches of reviews: take some, seal what was decided, or read why reviewing is not open yet.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

WorkPause {
    id: pause

    required property var viewModel
    required property var appViewModel
    // Whether the practice reviewer can be tried from here.
    required property bool reviewer

    iconName: pause.viewModel.stage === "notYet" ? "trust" : pause.viewModel.stage === "seal" ? "done" : "review"
    title: {
        switch (pause.viewModel.stage) {
        case "seal":
            return qsTr("%n review(s) done", "", pause.viewModel.decided);
        case "notYet":
            return qsTr("You cannot review yet");
        }
        return qsTr("Review other people's work");
    }
    sentence: {
        switch (pause.viewModel.stage) {
        case "seal":
            return qsTr("Sealing signs your verdicts with your key; they leave as soon as there is a connection.");
        case "notYet":
            return pause.viewModel.whyNot !== "" ? pause.viewModel.whyNot : qsTr("Checked tasks that were right raise your trust score; with enough of them you may review.");
        }
        return pause.viewModel.offline ? qsTr("Reviews can be taken as soon as there is a connection. Those you have taken can be done without.") : qsTr("You see the instruction and the answer, never who gave it. The pay and your stake are said with each one.");
    }
    actionText: {
        switch (pause.viewModel.stage) {
        case "seal":
            return pause.viewModel.sending ? qsTr("Sealing and sending…") : pause.viewModel.offline ? qsTr("Seal for sending") : qsTr("Seal and send");
        case "notYet":
            return pause.reviewer ? qsTr("Try with the practice reviewer") : qsTr("Find work");
        }
        return pause.viewModel.fetching ? qsTr("Asking for reviews…") : qsTr("Take 10 reviews");
    }
    actionIcon: pause.viewModel.stage === "seal" ? "lock" : pause.viewModel.stage === "notYet" ? (pause.reviewer ? "practice" : "search") : "download"
    actionEnabled: !pause.viewModel.sending && !pause.viewModel.fetching && (pause.viewModel.stage !== "take" || !pause.viewModel.offline)
    otherText: pause.viewModel.stage === "notYet" ? qsTr("How my trust score grows") : pause.viewModel.stage === "seal" ? (pause.viewModel.waiting ? qsTr("Go on reviewing") : qsTr("Undo the last verdict")) : pause.viewModel.stage === "take" && pause.actionEnabled ? qsTr("Take 100 reviews") : ""
    onActed: {
        if (pause.viewModel.stage === "seal")
            pause.viewModel.sealAndSend();
        else if (pause.viewModel.stage === "take")
            pause.viewModel.take(10);
        else if (pause.reviewer)
            pause.appViewModel.usePracticeReviewer();
        else
            pause.appViewModel.openPage("findWork");
    }
    onOtherActed: {
        if (pause.viewModel.stage === "seal" && pause.viewModel.waiting)
            pause.viewModel.goOn();
        else if (pause.viewModel.stage === "seal")
            pause.viewModel.undo();
        else if (pause.viewModel.stage === "take")
            pause.viewModel.take(100);
        else
            pause.appViewModel.openPage("trust");
    }

    Keys.onPressed: event => {
        if (pause.viewModel.stage !== "seal" || event.modifiers !== Qt.NoModifier)
            return;
        if (event.key === Qt.Key_U)
            pause.viewModel.undo();
        else if (event.key === Qt.Key_Escape && pause.viewModel.waiting)
            pause.viewModel.goOn();
        else
            return;
        event.accepted = true;
    }

    Card {
        objectName: "sitting"
        visible: pause.viewModel.stage === "seal" && lines.count > 0
        title: qsTr("This sitting")
        spacing: Theme.xs
        Layout.fillWidth: true

        Repeater {
            id: lines

            model: pause.viewModel.summary

            FactLine {
                required label
                required value
                required unit
                required word
            }
        }
    }
    PlainText {
        objectName: "overturned"
        visible: text !== "" && pause.viewModel.stage !== "notYet"
        text: pause.viewModel.overturnedText
        color: Theme.textMuted
        horizontalAlignment: Text.AlignHCenter
        Layout.fillWidth: true
    }
    PlainText {
        visible: text !== "" && pause.viewModel.stage === "seal"
        text: pause.viewModel.nextText
        color: Theme.textMuted
        horizontalAlignment: Text.AlignHCenter
        Layout.fillWidth: true
    }
}
