// SPDX-License-Identifier: Apache-2.0
// One message of a conversation: mine on my side, the requester's on the other; drawn as plain text.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

Item {
    id: message

    required property string messageId
    required property bool mine
    required property string who
    required property string when
    required property string text
    required property string stateText
    required property bool failed
    required property bool canTakeBack
    required property bool canReport

    signal takenBack
    signal reported

    implicitHeight: bubble.height
    Layout.fillWidth: true

    Rectangle {
        id: bubble

        anchors.left: message.mine ? undefined : parent.left
        anchors.right: message.mine ? parent.right : undefined
        width: Math.round(message.width * 0.9)
        height: body.implicitHeight + 2 * Theme.m
        radius: Theme.radius
        color: message.mine ? Theme.accentSoft : Theme.surface
        border.width: 1
        border.color: message.mine ? Theme.accent : Theme.border
        Accessible.role: Accessible.ListItem
        Accessible.name: [message.who, message.when, message.text, message.stateText].filter(part => part !== "").join(". ")

        ColumnLayout {
            id: body

            anchors.left: parent.left
            anchors.right: parent.right
            anchors.top: parent.top
            anchors.margins: Theme.m
            spacing: Theme.xs

            Flow {
                spacing: Theme.m
                Layout.fillWidth: true

                PlainText {
                    text: message.who
                    font.weight: Font.DemiBold
                    width: Math.min(implicitWidth, parent?.width ?? 0)
                    Accessible.ignored: true
                }
                PlainText {
                    text: message.when
                    color: Theme.textMuted
                    font.pixelSize: Theme.fontSmall
                    width: Math.min(implicitWidth, parent?.width ?? 0)
                    Accessible.ignored: true
                }
            }
            PlainText {
                objectName: "talkText"
                text: message.text
                maximumLineCount: 60
                elide: Text.ElideRight
                wrapMode: Text.WrapAtWordBoundaryOrAnywhere
                Layout.fillWidth: true
                Accessible.ignored: true
            }
            PlainText {
                visible: text !== ""
                text: message.stateText
                color: message.failed ? Theme.bad : Theme.textMuted
                font.pixelSize: Theme.fontSmall
                Layout.fillWidth: true
                Accessible.ignored: true
            }
            QuietButton {
                objectName: "talkTakeBack"
                visible: message.canTakeBack
                text: qsTr("Take back")
                iconName: "undo"
                Layout.leftMargin: Theme.highContrast ? 0 : -Theme.m
                onClicked: message.takenBack()
                Keys.onReturnPressed: clicked()
            }
            QuietButton {
                objectName: "talkReport"
                visible: message.canReport
                text: qsTr("Report a problem")
                iconName: "flag"
                Layout.leftMargin: Theme.highContrast ? 0 : -Theme.m
                onClicked: message.reported()
                Keys.onReturnPressed: clicked()
            }
        }
    }
}
