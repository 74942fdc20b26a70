// SPDX-License-Identifier: Apache-2.0
// One file on the stick: a reply to be read, or a carry file to be sent by whoever has a connection.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

GridLayout {
    id: row

    required property string name
    required property string path
    required property string kind
    required property string about
    required property bool working

    readonly property bool reply: kind === "reply"

    signal read(string file)
    signal sent(string file)

    columns: width < 480 * Theme.textScale ? 1 : 2
    columnSpacing: Theme.m
    rowSpacing: Theme.s

    ColumnLayout {
        spacing: 2
        Layout.fillWidth: true

        PlainText {
            text: row.name
            font.weight: Font.DemiBold
            wrapMode: Text.WrapAnywhere
            Layout.fillWidth: true
        }
        PlainText {
            text: row.about
            color: Theme.textMuted
            font.pixelSize: Theme.fontSmall
            Layout.fillWidth: true
        }
    }
    SecondaryButton {
        objectName: row.reply ? "readReply" : "sendCarry"
        text: row.reply ? qsTr("Read this reply") : qsTr("Send this file")
        iconName: row.reply ? "inbox" : "upload"
        enabled: !row.working
        Accessible.description: row.name
        onClicked: row.reply ? row.read(row.path) : row.sent(row.path)
        Keys.onReturnPressed: clicked()
    }
}
