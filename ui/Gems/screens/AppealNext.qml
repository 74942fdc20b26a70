// SPDX-License-Identifier: Apache-2.0
// What happens next to a judged task: what, by whom, until when, and what there is to choose, each with its price.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

Card {
    id: next

    // An AppealViewModel (gems_desktop/viewmodels/appeal.py).
    required property var viewModel

    readonly property string stage: viewModel.stage
    readonly property bool onItsWay: !["write", "stand", "closed"].includes(stage)

    // The keyboard on what can be chosen, which brings it into view.
    function takeFocus(): void {
        for (const choice of [redo, contract, stand]) {
            if (choice.visible) {
                choice.takeFocus();
                return;
            }
        }
    }

    signal corrected
    signal letStand
    signal caseOpened

    title: qsTr("What happens next")
    iconName: "arrow-right"

    Badge {
        visible: text !== ""
        text: next.viewModel.stateText
        tone: next.viewModel.tone
        iconName: next.viewModel.stateIcon
    }
    PlainText {
        text: next.viewModel.nextText
        font.weight: Font.DemiBold
        Layout.fillWidth: true
    }
    AppealSteps {
        visible: next.onItsWay
        step: next.viewModel.step
        stage: next.stage
        Layout.fillWidth: true
    }
    PlainText {
        visible: next.onItsWay && text !== ""
        text: next.viewModel.stageText
        Layout.fillWidth: true
    }
    PlainText {
        visible: text !== ""
        text: next.viewModel.endText
        Layout.fillWidth: true
    }
    FactLine {
        visible: value !== ""
        label: qsTr("Who acts")
        value: next.viewModel.nextWhom
    }
    RowLayout {
        visible: next.viewModel.nextUntil > 0
        spacing: Theme.s
        Layout.fillWidth: true

        Icon {
            name: "clock"
            color: Theme.textMuted
        }
        Countdown {
            endsAt: next.viewModel.nextUntil
            Layout.fillWidth: true
        }
    }
    AppealChoice {
        id: redo

        name: "redo"
        cost: next.viewModel.redoCost
        text: next.stage === "write" ? qsTr("Correct it instead") : qsTr("Correct it")
        iconName: "redo"
        primary: next.viewModel.primary === "redo"
        onChosen: next.corrected()
    }
    AppealChoice {
        id: contract

        name: "case"
        cost: next.viewModel.caseCost
        text: qsTr("Take it to the contract…")
        iconName: "shield"
        primary: next.viewModel.primary === "case"
        onChosen: next.caseOpened()
    }
    AppealChoice {
        id: stand

        name: "stand"
        cost: next.viewModel.standCost
        text: qsTr("Let it stand")
        iconName: "check"
        onChosen: next.letStand()
    }
}
