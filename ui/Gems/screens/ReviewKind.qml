// SPDX-License-Identifier: Apache-2.0
// What is special about a review, in words: blind, disputed, paid for by the requester; and the stake on it.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

GridLayout {
    id: kind

    required property var viewModel
    readonly property bool staked: viewModel.stake !== "" && viewModel.stake !== "0.00"
    // The stake has its own line beside an answer that is only looked at.
    property bool withStake: true

    visible: viewModel.kindText !== "" || (withStake && staked)
    columns: width < 560 * Theme.textScale ? 1 : 2
    columnSpacing: Theme.m
    rowSpacing: Theme.xs

    Badge {
        visible: text !== ""
        text: kind.viewModel.kindTitle
        tone: "info"
        Layout.alignment: Qt.AlignTop
    }
    ColumnLayout {
        spacing: 2
        Layout.fillWidth: true

        PlainText {
            visible: text !== ""
            text: kind.viewModel.kindText
            font.weight: Font.Medium
            Layout.fillWidth: true
        }
        RowLayout {
            visible: kind.withStake && kind.staked
            spacing: Theme.s
            Layout.fillWidth: true

            PlainText {
                text: qsTr("You stake %1 GEM on your answer.").arg(kind.viewModel.stake)
                color: Theme.textMuted
                font.pixelSize: Theme.fontSmall
                Layout.fillWidth: true
                Layout.maximumWidth: Math.ceil(implicitWidth) + 1
            }
            Explain {
                word: "stake"
            }
        }
    }
}
