// SPDX-License-Identifier: Apache-2.0
// While the application starts, and when it cannot: what it does, or what is wrong and how to try again.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

FocusScope {
    id: screen

    required property var viewModel
    required property var appViewModel

    readonly property bool failed: appViewModel.phase === "failed"

    ColumnLayout {
        anchors.centerIn: parent
        width: Math.min(parent.width - 2 * Theme.xl, Theme.readingWidth)
        spacing: Theme.m

        Icon {
            name: "gem"
            size: Math.round(56 * Theme.textScale)
            color: Theme.accent
            Layout.alignment: Qt.AlignHCenter
        }
        PlainText {
            text: qsTr("Gems")
            font.pixelSize: Theme.fontDisplay
            font.weight: Font.DemiBold
            horizontalAlignment: Text.AlignHCenter
            Layout.fillWidth: true
            Accessible.role: Accessible.Heading
        }
        PlainText {
            visible: !screen.failed
            text: screen.appViewModel.startingText !== "" ? screen.appViewModel.startingText : qsTr("Starting")
            color: Theme.textMuted
            horizontalAlignment: Text.AlignHCenter
            Layout.fillWidth: true
        }
        ErrorBanner {
            visible: screen.failed
            what: screen.appViewModel.problemMessage
            safe: screen.appViewModel.problemSafe
            todo: screen.appViewModel.problemAction
            dismissable: false
            Layout.fillWidth: true
            Layout.topMargin: Theme.m
        }
        PrimaryButton {
            visible: screen.failed
            focus: true
            text: qsTr("Try again")
            iconName: "refresh"
            Layout.alignment: Qt.AlignHCenter
            onClicked: screen.appViewModel.retry()
            Keys.onReturnPressed: clicked()
        }
        SecondaryButton {
            objectName: "goBack"
            visible: screen.failed && screen.appViewModel.wayBack !== ""
            text: qsTr("Go on with the copy from before the update")
            Layout.alignment: Qt.AlignHCenter
            onClicked: goingBack.open()
        }
    }

    ConfirmDialog {
        id: goingBack

        objectName: "goingBack"
        title: qsTr("Go on with the copy from before the update?")
        sentence: qsTr("Starting the newer version instead loses nothing.")
        consequence: screen.appViewModel.wayBack
        acceptText: qsTr("Go on with the copy")
        dangerous: true
        onAccepted: screen.appViewModel.goBack()
    }
}
