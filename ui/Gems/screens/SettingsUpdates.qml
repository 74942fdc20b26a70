// SPDX-License-Identifier: Apache-2.0
// The version that runs and a newer one: looked for and fetched only when asked, started by itself never.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

Card {
    id: card

    // An UpdatesViewModel (gems_desktop/viewmodels/updates.py).
    required property var updates

    // Whether anything can be looked for at all.
    readonly property bool on: updates.how !== "off"
    readonly property string told: updates.headline

    function speak(): void {
        Aloud.say(card, [updates.headline, updates.detail].join(" ").trim(), false);
    }

    title: qsTr("New versions")
    iconName: "sparkles"
    onToldChanged: Qt.callLater(card.speak)

    ErrorBanner {
        what: card.updates.problemMessage
        safe: card.updates.problemSafe
        todo: card.updates.problemAction
        Layout.fillWidth: true
        onDismissed: card.updates.dismissProblem()
    }
    ErrorBanner {
        objectName: "wentBack"
        what: card.updates.wentBack
        todo: qsTr("There is nothing to do. That version is not offered again.")
        tone: "info"
        dismissable: false
        Layout.fillWidth: true
    }
    FactLine {
        label: qsTr("Version")
        value: card.updates.version
        strong: true
    }
    RowLayout {
        spacing: Theme.s
        Layout.fillWidth: true

        Icon {
            name: card.updates.iconName
            color: card.updates.tone === "" ? Theme.textMuted : Theme.tone(card.updates.tone)
            Layout.alignment: Qt.AlignTop
        }
        ColumnLayout {
            spacing: 2
            Layout.fillWidth: true

            PlainText {
                objectName: "updateHeadline"
                text: card.updates.headline
                font.weight: Font.DemiBold
                Layout.fillWidth: true
            }
            PlainText {
                objectName: "updateDetail"
                visible: text !== ""
                text: card.updates.detail
                color: Theme.textMuted
                Layout.fillWidth: true
            }
        }
    }
    ProgressLine {
        objectName: "updateProgress"
        visible: card.updates.fetching
        value: card.updates.progress
        text: card.updates.progressText
        Layout.fillWidth: true
    }
    Flow {
        visible: card.on && card.updates.how !== "ready"
        spacing: Theme.s
        Layout.fillWidth: true

        PrimaryButton {
            objectName: "updateDownload"
            visible: card.updates.fetch !== ""
            text: card.updates.fetch === "resume" ? qsTr("Go on downloading") : qsTr("Download")
            iconName: "download"
            onClicked: card.updates.download()
            Keys.onReturnPressed: clicked()
        }
        SecondaryButton {
            objectName: "updateCancel"
            visible: card.updates.fetching
            text: qsTr("Stop; go on later")
            iconName: "pause"
            onClicked: card.updates.cancel()
            Keys.onReturnPressed: clicked()
        }
        SecondaryButton {
            objectName: "updateLook"
            visible: card.updates.asks
            text: card.updates.fetch !== "" ? qsTr("Look again") : qsTr("Look for a new version")
            iconName: "refresh"
            busy: card.updates.looking
            onClicked: card.updates.look()
            Keys.onReturnPressed: clicked()
        }
    }
    Switch {
        objectName: "updateChecks"
        visible: card.on
        text: qsTr("Look by itself once a day, never where megabytes are paid for")
        checked: card.updates.checks
        Layout.fillWidth: true
        onToggled: card.updates.setChecks(checked)
    }
    SettingsUpdatesFolder {
        visible: card.on
        updates: card.updates
        Layout.fillWidth: true
    }
}
