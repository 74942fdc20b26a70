// SPDX-License-Identifier: Apache-2.0
// How a requester's work is judged: each share as a count out of all, with the range in which the truth lies.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

Card {
    id: card

    required property var viewModel

    title: qsTr("How they judge")
    iconName: "review"
    word: "rejection_rate"

    PlainText {
        text: card.viewModel.judgedText
        Layout.fillWidth: true
    }
    Repeater {
        model: card.viewModel.shares

        ColumnLayout {
            id: share

            required property string text
            required property bool bounded
            required property real lower
            required property real upper
            required property real share

            objectName: "share"
            spacing: Theme.xs
            Layout.fillWidth: true

            PlainText {
                text: share.text
                Layout.fillWidth: true
            }
            ShareBar {
                visible: share.bounded
                share: share.share
                lower: share.lower
                upper: share.upper
                summary: share.text
                Layout.fillWidth: true
            }
        }
    }
    Repeater {
        model: card.viewModel.explanations

        PlainText {
            required property string modelData

            text: modelData
            Layout.fillWidth: true
        }
    }
    RowLayout {
        visible: card.viewModel.appealText !== ""
        spacing: Theme.s
        Layout.fillWidth: true

        PlainText {
            text: card.viewModel.appealText
            Layout.fillWidth: true
            Layout.maximumWidth: Math.ceil(implicitWidth) + 1
        }
        Explain {
            word: "overturn_rate"
            Layout.alignment: Qt.AlignTop
        }
    }
    PlainText {
        text: qsTr("Rejections are decided by panels of other workers, not by the requester alone.")
        color: Theme.textMuted
        Layout.fillWidth: true
    }
}
