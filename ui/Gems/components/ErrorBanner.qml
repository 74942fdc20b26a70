// SPDX-License-Identifier: Apache-2.0
// A fault told in three sentences: what happened, what is safe, what to do.
import QtQuick
import QtQuick.Layouts
import Gems

Rectangle {
    id: banner

    property string what: ""
    property string safe: ""
    property string todo: ""
    property string actionText: ""
    property bool dismissable: true
    // "bad", "warn" or "info".
    property string tone: "bad"

    signal acted
    signal dismissed

    // Once all three sentences stand.
    function speak(): void {
        if (visible)
            Aloud.say(banner, Accessible.name, tone === "bad");
    }

    visible: what !== ""
    implicitWidth: Theme.readingWidth
    implicitHeight: visible ? row.implicitHeight + 2 * Theme.m : 0
    color: Theme.toneSoft(tone)
    border.color: Theme.tone(tone)
    border.width: 1
    radius: Theme.radius
    Accessible.role: Accessible.AlertMessage
    Accessible.name: [what, safe, todo].join(" ").trim()
    onWhatChanged: Qt.callLater(banner.speak)
    Component.onCompleted: Qt.callLater(banner.speak)

    RowLayout {
        id: row

        anchors.fill: parent
        anchors.margins: Theme.m
        spacing: Theme.m

        Icon {
            name: banner.tone === "info" ? "info" : "alert"
            size: Math.round(Theme.iconSize * 1.2)
            color: Theme.tone(banner.tone)
            Layout.alignment: Qt.AlignTop
        }
        ColumnLayout {
            spacing: 2
            Layout.fillWidth: true

            PlainText {
                text: banner.what
                font.weight: Font.DemiBold
                Layout.fillWidth: true
            }
            PlainText {
                visible: text !== ""
                text: banner.safe
                Layout.fillWidth: true
            }
            PlainText {
                visible: text !== ""
                text: banner.todo
                Layout.fillWidth: true
            }
        }
        SecondaryButton {
            visible: banner.actionText !== ""
            text: banner.actionText
            onClicked: banner.acted()
        }
        QuietButton {
            visible: banner.dismissable
            iconName: "x"
            Accessible.name: qsTr("Dismiss this message")
            onClicked: banner.dismissed()
        }
    }
}
