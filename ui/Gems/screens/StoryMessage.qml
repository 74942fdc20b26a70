// SPDX-License-Identifier: Apache-2.0
// One message of a task's way: mine on my side, everybody else's on the other; how it is known unfolds below it.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

Item {
    id: message

    required property string who
    required property string whoText
    required property string icon
    required property bool mine
    required property string when
    required property string text
    required property string tone
    required property string quote
    required property string quoteTitle
    required property string reason
    required property string markText
    required property string rule
    required property string money
    required property string proof
    property bool canExport: false
    property bool unfolded: false

    readonly property string toneIcon: tone === "good" ? "check" : tone === "bad" ? "x" : tone === "warn" ? "alert" : ""

    signal exported

    implicitHeight: bubble.height
    Layout.fillWidth: true

    Rectangle {
        id: bubble

        anchors.left: message.mine ? undefined : parent.left
        anchors.right: message.mine ? parent.right : undefined
        width: Math.min(message.width, Math.max(Math.round(message.width * 0.88), Math.round(300 * Theme.textScale)))
        height: body.implicitHeight + 2 * Theme.m
        radius: Theme.radius
        color: message.mine ? Theme.accentSoft : Theme.surface
        border.width: 1
        border.color: message.mine ? Theme.accent : Theme.border
        Accessible.role: Accessible.ListItem
        Accessible.name: [message.whoText, message.when, message.text, message.reason, message.quote, message.rule, message.money].filter(part => part !== "").join(". ")

        ColumnLayout {
            id: body

            anchors.left: parent.left
            anchors.right: parent.right
            anchors.top: parent.top
            anchors.margins: Theme.m
            spacing: Theme.xs

            GridLayout {
                columns: who.implicitWidth + moment.implicitWidth + Theme.iconSize + 3 * Theme.s > width ? 1 : 2
                columnSpacing: Theme.s
                rowSpacing: 0
                Layout.fillWidth: true

                RowLayout {
                    spacing: Theme.s
                    Layout.fillWidth: true

                    Icon {
                        name: message.icon
                        color: message.mine ? Theme.accentSoftInk : Theme.textMuted
                    }
                    PlainText {
                        id: who

                        text: message.whoText
                        color: message.mine ? Theme.accentSoftInk : Theme.text
                        font.weight: Font.DemiBold
                        Layout.fillWidth: true
                        Accessible.ignored: true
                    }
                }
                PlainText {
                    id: moment

                    visible: text !== ""
                    text: message.when
                    color: Theme.textMuted
                    font.pixelSize: Theme.fontSmall
                    wrapMode: Text.NoWrap
                    Accessible.ignored: true
                }
            }
            RowLayout {
                spacing: Theme.s
                Layout.fillWidth: true

                Icon {
                    visible: message.toneIcon !== ""
                    name: message.toneIcon
                    color: Theme.tone(message.tone)
                    Layout.alignment: Qt.AlignTop
                }
                PlainText {
                    text: message.text
                    Layout.fillWidth: true
                    Accessible.ignored: true
                }
            }
            PlainText {
                visible: text !== ""
                text: message.reason
                color: Theme.bad
                font.weight: Font.DemiBold
                Layout.fillWidth: true
                Accessible.ignored: true
            }
            PlainText {
                visible: message.markText !== ""
                text: qsTr("Marked in the task: %1").arg(message.markText)
                color: Theme.textMuted
                Layout.fillWidth: true
                Accessible.ignored: true
            }
            PlainText {
                visible: message.quote !== "" && text !== ""
                text: message.quoteTitle
                color: Theme.textMuted
                font.pixelSize: Theme.fontSmall
                Layout.fillWidth: true
                Layout.topMargin: Theme.xs
                Accessible.ignored: true
            }
            RowLayout {
                visible: message.quote !== ""
                spacing: Theme.s
                Layout.fillWidth: true

                Rectangle {
                    implicitWidth: 3
                    radius: 1
                    color: Theme.outline
                    Layout.fillHeight: true
                }
                PlainText {
                    text: message.quote
                    maximumLineCount: 40
                    elide: Text.ElideRight
                    Layout.fillWidth: true
                    Accessible.ignored: true
                }
            }
            PlainText {
                visible: text !== ""
                text: message.rule
                color: Theme.textMuted
                Layout.fillWidth: true
                Layout.topMargin: Theme.xs
                Accessible.ignored: true
            }
            RowLayout {
                visible: message.money !== ""
                spacing: Theme.s
                Layout.fillWidth: true

                Icon {
                    name: "coin"
                    color: Theme.textMuted
                    Layout.alignment: Qt.AlignTop
                }
                PlainText {
                    text: message.money
                    font.weight: Font.Medium
                    Layout.fillWidth: true
                    Accessible.ignored: true
                }
            }
            QuietButton {
                objectName: "how." + message.who
                visible: message.proof !== ""
                text: qsTr("How do I know this?")
                iconName: message.unfolded ? "chevron-up" : "chevron-down"
                Layout.alignment: Qt.AlignLeft
                Layout.leftMargin: Theme.highContrast ? 0 : -Theme.m
                onClicked: message.unfolded = !message.unfolded
                Keys.onReturnPressed: clicked()
            }
            RowLayout {
                visible: message.unfolded && message.proof !== ""
                spacing: Theme.s
                Layout.fillWidth: true

                Icon {
                    name: "shield"
                    color: Theme.good
                    Layout.alignment: Qt.AlignTop
                }
                PlainText {
                    text: message.proof
                    Layout.fillWidth: true
                }
            }
            SecondaryButton {
                objectName: "exportEvidence"
                visible: message.unfolded && message.canExport
                text: qsTr("Save the evidence as a file")
                iconName: "download"
                Layout.alignment: Qt.AlignLeft
                onClicked: message.exported()
                Keys.onReturnPressed: clicked()
            }
        }
    }
}
