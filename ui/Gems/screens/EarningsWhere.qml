// SPDX-License-Identifier: Apache-2.0
// Where every GEM of mine is right now: parts that add up, by the words that are used everywhere.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

Card {
    id: card

    required property var viewModel

    component Part: FactLine {
        required property bool money

        required label
        required value
        required word
        required why
        required beside
        unit: money ? qsTr("GEM") : ""
    }

    title: qsTr("Where your GEM is")
    iconName: "earnings"
    spacing: Theme.s

    Repeater {
        model: card.viewModel.where

        Part {}
    }
    Rectangle {
        implicitHeight: 1
        color: Theme.border
        Layout.fillWidth: true
    }
    FactLine {
        objectName: "together"
        label: Help.names.together ?? ""
        word: "together"
        value: card.viewModel.together
        unit: qsTr("GEM")
        beside: card.viewModel.togetherBeside
        strong: true
    }
    PlainText {
        visible: text !== ""
        text: card.viewModel.heldText
        color: Theme.textMuted
        font.pixelSize: Theme.fontSmall
        Layout.fillWidth: true
    }
    QuietButton {
        id: fold

        property bool unfolded: false

        objectName: "whereMore"
        text: unfolded ? qsTr("Show less") : qsTr("Show more")
        iconName: unfolded ? "chevron-up" : "chevron-down"
        onClicked: unfolded = !unfolded
        Keys.onReturnPressed: clicked()
    }
    Repeater {
        model: fold.unfolded ? card.viewModel.more : null

        Part {}
    }
    PlainText {
        visible: fold.unfolded
        text: qsTr("A voucher is the platform's signature for all that it owes you. With it the chain pays you, even if the platform does not want to.")
        color: Theme.textMuted
        font.pixelSize: Theme.fontSmall
        Layout.fillWidth: true
    }
    Item {
        Layout.fillHeight: true
    }
}
