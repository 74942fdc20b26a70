// SPDX-License-Identifier: Apache-2.0
// One transfer: how much, to whom, and how far it is.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

ColumnLayout {
    id: item

    required property string when
    required property string to
    required property string amount
    required property string fee
    required property string stateText
    required property string tone

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
        text: qsTr("To %1 · fee %2 GEM").arg(item.to).arg(item.fee)
        color: Theme.textMuted
        font.pixelSize: Theme.fontSmall
        Layout.fillWidth: true
    }
}
