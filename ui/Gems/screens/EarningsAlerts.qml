// SPDX-License-Identifier: Apache-2.0
// What must be looked at about the channel: a close with the time left, and everything that differs.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

ColumnLayout {
    id: alerts

    required property var upkeep

    spacing: Theme.m
    visible: upkeep.closing || upkeep.troubles.count > 0 || upkeep.problemMessage !== "" || upkeep.copyNote !== ""

    ErrorBanner {
        what: alerts.upkeep.problemMessage
        safe: alerts.upkeep.problemSafe
        todo: alerts.upkeep.problemAction
        Layout.fillWidth: true
        onDismissed: alerts.upkeep.dismissProblem()
    }
    Card {
        objectName: "closing"
        visible: alerts.upkeep.closing
        title: alerts.upkeep.closingTitle
        iconName: "alert"
        color: Theme.warnSoft
        border.color: Theme.warn
        Layout.fillWidth: true

        PlainText {
            text: alerts.upkeep.closingText
            Layout.fillWidth: true
        }
        RowLayout {
            visible: alerts.upkeep.closingUntil > 0
            spacing: Theme.s
            Layout.fillWidth: true

            PlainText {
                text: qsTr("Until the closing ends:")
                color: Theme.textMuted
            }
            Countdown {
                objectName: "closingCountdown"
                endsAt: alerts.upkeep.closingUntil
            }
        }
        RowLayout {
            visible: alerts.upkeep.claimUntil > 0
            spacing: Theme.s
            Layout.fillWidth: true

            PlainText {
                text: qsTr("For the claim on its way:")
                color: Theme.textMuted
            }
            Countdown {
                endsAt: alerts.upkeep.claimUntil
            }
        }
    }
    ErrorBanner {
        what: alerts.upkeep.copyNote
        tone: "warn"
        dismissable: false
        Layout.fillWidth: true
    }
    Repeater {
        model: alerts.upkeep.troubles

        ColumnLayout {
            id: trouble

            required property string happened
            required property string kept
            required property string advice
            required property string proof

            spacing: Theme.s
            Layout.fillWidth: true

            ErrorBanner {
                what: trouble.happened
                safe: trouble.kept
                todo: trouble.advice
                dismissable: false
                Layout.fillWidth: true
            }
            PlainText {
                visible: trouble.proof !== ""
                text: trouble.proof
                color: Theme.textMuted
                font.pixelSize: Theme.fontSmall
                wrapMode: Text.WrapAnywhere
                Layout.fillWidth: true
            }
        }
    }
}
