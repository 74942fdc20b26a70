// SPDX-License-Identifier: Apache-2.0
// Says that the window works as the practice reviewer, and leads back to the own account.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

Rectangle {
    id: banner

    required property var appViewModel

    visible: appViewModel.practiceReviewer
    implicitHeight: visible ? row.implicitHeight + 2 * Theme.s : 0
    color: Theme.warnSoft

    RowLayout {
        id: row

        anchors.fill: parent
        anchors.leftMargin: Theme.l
        anchors.rightMargin: Theme.l
        anchors.topMargin: Theme.s
        anchors.bottomMargin: Theme.s
        spacing: Theme.m

        PracticeBadge {}
        PlainText {
            text: qsTr("You are working as the practice reviewer, not with your own account.")
            Layout.fillWidth: true
        }
        SecondaryButton {
            objectName: "ownAccount"
            text: qsTr("Back to my own account")
            iconName: "user"
            onClicked: banner.appViewModel.useOwnAccount()
        }
    }
}
