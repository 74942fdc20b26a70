// SPDX-License-Identifier: Apache-2.0
// One claim: how much, and how far it is, in a sentence.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

ColumnLayout {
    id: item

    required property string when
    required property string amount
    required property string fee
    required property string stateText
    required property string tone
    required property string transaction
    required property real progress

    spacing: Theme.xs
    Layout.fillWidth: true

    RowLayout {
        spacing: Theme.m
        Layout.fillWidth: true

        Amount {
            value: item.amount
            size: Theme.fontTitle
        }
        Badge {
            text: item.stateText
            tone: item.tone
            iconName: item.tone === "good" ? "check" : item.tone === "bad" ? "x" : "hourglass"
            Layout.fillWidth: true
            Layout.maximumWidth: implicitWidth
        }
        Item {
            Layout.fillWidth: true
        }
        PlainText {
            text: item.when
            color: Theme.textMuted
            font.pixelSize: Theme.fontSmall
        }
    }
    PlainText {
        text: item.transaction !== "" ? qsTr("Fee %1 GEM · transaction %2").arg(item.fee).arg(item.transaction) : qsTr("Fee %1 GEM").arg(item.fee)
        color: Theme.textMuted
        font.pixelSize: Theme.fontSmall
        Layout.fillWidth: true
    }
    ProgressLine {
        visible: item.tone === "info"
        value: item.progress
        name: item.stateText
        Layout.fillWidth: true
    }
}
