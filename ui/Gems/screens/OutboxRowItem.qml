// SPDX-License-Identifier: Apache-2.0
// One task or review of mine: where it stands, why it was rejected, and what can be done about it.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

Rectangle {
    id: row

    required property int index
    required property string itemId
    required property string title
    required property string kind
    required property string place
    required property string stateText
    required property string tone
    required property string reward
    required property string changed
    required property string reason
    required property string note
    required property string markText
    required property bool canTakeBack
    required property bool canRedo
    required property string redoId
    required property real redoUntil
    required property string problem
    required property string next
    required property string dispute
    required property string disputeTitle
    required property bool canAppeal
    required property bool hasAppeal
    required property real answerUntil
    required property string standText
    required property bool canCase

    property bool keyboard: false

    signal tapped
    signal takenBack
    signal redone
    signal appealed
    signal letStand
    signal caseOpened

    implicitHeight: body.implicitHeight + 2 * Theme.s
    color: hover.hovered ? Theme.hover : "transparent"
    border.color: Theme.focus
    border.width: keyboard ? Theme.focusWidth : 0
    radius: Theme.radiusSmall
    Accessible.role: Accessible.ListItem
    Accessible.name: [title, place, stateText, reason, note, problem, next, disputeTitle, dispute, qsTr("%1 GEM").arg(reward)].filter(part => part !== "").join(", ")

    HoverHandler {
        id: hover
    }
    TapHandler {
        onTapped: row.tapped()
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 1
        color: Theme.border
        opacity: 0.6
    }
    ColumnLayout {
        id: body

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: Theme.m
        anchors.rightMargin: Theme.m
        spacing: Theme.xs

        GridLayout {
            id: grid

            readonly property bool narrow: width < 640 * Theme.textScale

            columnSpacing: Theme.l
            rowSpacing: Theme.xs
            Layout.fillWidth: true

            RowLayout {
                spacing: Theme.m
                Layout.fillWidth: true
                Layout.row: 0
                Layout.column: 0
                Layout.columnSpan: grid.narrow ? 3 : 1

                Icon {
                    name: row.kind === "review" ? "review" : "work"
                    color: Theme.textMuted
                }
                ColumnLayout {
                    spacing: 1
                    Layout.fillWidth: true

                    PlainText {
                        text: row.title
                        font.weight: Font.Medium
                        elide: Text.ElideRight
                        maximumLineCount: 1
                        Layout.fillWidth: true
                        Accessible.ignored: true
                    }
                    PlainText {
                        text: row.changed === "" ? row.place : row.place + " · " + row.changed
                        color: Theme.textMuted
                        font.pixelSize: Theme.fontSmall
                        elide: Text.ElideRight
                        maximumLineCount: 1
                        Layout.fillWidth: true
                        Accessible.ignored: true
                    }
                }
            }
            RowLayout {
                visible: row.canTakeBack || row.canRedo || row.canAppeal || row.hasAppeal || row.canCase
                spacing: Theme.s
                Layout.row: grid.narrow ? 1 : 0
                Layout.column: 1
                Layout.alignment: Qt.AlignLeft | Qt.AlignVCenter

                Countdown {
                    visible: row.answerUntil > 0
                    endsAt: row.answerUntil
                }
                SecondaryButton {
                    visible: row.canRedo
                    text: qsTr("Correct it")
                    iconName: "redo"
                    keyHint: row.keyboard ? qsTr("Enter") : ""
                    focusPolicy: Qt.ClickFocus
                    onClicked: row.redone()
                }
                QuietButton {
                    visible: row.canAppeal || row.hasAppeal
                    text: row.canAppeal ? qsTr("Appeal…") : qsTr("Your appeal")
                    iconName: "flag"
                    keyHint: row.keyboard ? "A" : ""
                    focusPolicy: Qt.ClickFocus
                    onClicked: row.appealed()
                }
                QuietButton {
                    visible: row.canCase
                    text: qsTr("Take it to the contract…")
                    iconName: "shield"
                    keyHint: row.keyboard ? "C" : ""
                    focusPolicy: Qt.ClickFocus
                    onClicked: row.caseOpened()
                }
                QuietButton {
                    visible: row.canTakeBack
                    text: qsTr("Take back")
                    iconName: "undo"
                    keyHint: row.keyboard ? "T" : ""
                    focusPolicy: Qt.ClickFocus
                    onClicked: row.takenBack()
                }
            }
            Badge {
                text: row.stateText
                tone: row.tone
                Layout.row: grid.narrow ? 1 : 0
                Layout.column: grid.narrow ? 0 : 2
                Layout.alignment: Qt.AlignLeft | Qt.AlignVCenter
            }
            Item {
                implicitWidth: Math.max(reward.implicitWidth, Math.round(84 * Theme.textScale))
                implicitHeight: reward.implicitHeight
                Layout.row: grid.narrow ? 1 : 0
                Layout.column: grid.narrow ? 2 : 3
                Layout.fillWidth: grid.narrow
                Layout.alignment: Qt.AlignRight | Qt.AlignVCenter

                Amount {
                    id: reward

                    anchors.right: parent.right
                    value: row.reward
                }
            }
        }
        PlainText {
            visible: text !== ""
            text: row.reason
            color: Theme.bad
            font.weight: Font.Medium
            leftPadding: Theme.iconSize + Theme.m
            Layout.fillWidth: true
            Accessible.ignored: true
        }
        PlainText {
            visible: row.markText !== ""
            text: qsTr("Marked in the task: %1").arg(row.markText)
            color: Theme.textMuted
            leftPadding: Theme.iconSize + Theme.m
            Layout.fillWidth: true
            Accessible.ignored: true
        }
        PlainText {
            visible: text !== ""
            text: row.note
            maximumLineCount: 6
            elide: Text.ElideRight
            leftPadding: Theme.iconSize + Theme.m
            Layout.fillWidth: true
            Accessible.ignored: true
        }
        PlainText {
            visible: text !== ""
            text: row.problem
            color: Theme.bad
            leftPadding: Theme.iconSize + Theme.m
            Layout.fillWidth: true
            Accessible.ignored: true
        }
        RowLayout {
            visible: row.next !== "" || row.standText !== ""
            spacing: Theme.s
            Layout.fillWidth: true

            PlainText {
                text: row.next
                color: Theme.textMuted
                leftPadding: Theme.iconSize + Theme.m
                Layout.fillWidth: true
                Accessible.ignored: true
            }
            QuietButton {
                visible: row.standText !== ""
                text: qsTr("Let it stand…")
                keyHint: row.keyboard ? "L" : ""
                focusPolicy: Qt.ClickFocus
                onClicked: row.letStand()
            }
        }
        PlainText {
            visible: text !== ""
            text: row.disputeTitle
            color: Theme.textMuted
            font.pixelSize: Theme.fontSmall
            leftPadding: Theme.iconSize + Theme.m
            Layout.fillWidth: true
            Accessible.ignored: true
        }
        PlainText {
            visible: text !== ""
            text: row.dispute
            maximumLineCount: 6
            elide: Text.ElideRight
            leftPadding: Theme.iconSize + Theme.m
            Layout.fillWidth: true
            Accessible.ignored: true
        }
    }
}
