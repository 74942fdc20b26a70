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
    required property bool hasStory
    required property string stateIcon
    required property int steps
    required property bool stepsEnd
    required property bool unread

    property bool keyboard: false

    signal tapped
    signal takenBack
    signal redone
    signal appealed
    signal letStand
    signal caseOpened
    signal talkOpened
    signal menuAsked(Item item)

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

            // what the name keeps when everything else has its place beside it
            readonly property real nameLeast: Math.round(240 * Theme.textScale)
            readonly property bool narrow: width < nameLeast + todo.wanted + standing.wanted + paid.implicitWidth + 3 * columnSpacing

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
                        maximumLineCount: 3
                        Layout.fillWidth: true
                        Accessible.ignored: true
                    }
                    // two texts: in one, a date beside words of the other direction is put out of order
                    Flow {
                        spacing: Theme.l
                        Layout.fillWidth: true

                        PlainText {
                            text: row.place
                            color: Theme.textMuted
                            font.pixelSize: Theme.fontSmall
                            width: Math.min(implicitWidth, parent?.width ?? 0)
                            Accessible.ignored: true
                        }
                        PlainText {
                            visible: text !== ""
                            text: row.changed
                            color: Theme.textMuted
                            font.pixelSize: Theme.fontSmall
                            width: Math.min(implicitWidth, parent?.width ?? 0)
                            Accessible.ignored: true
                        }
                    }
                }
            }
            Flow {
                id: todo

                // A flow wants as little width as it can live with; this one wants a single line.
                readonly property real wanted: {
                    let sum = 0;
                    for (const each of children)
                        sum += each.visible ? each.implicitWidth + spacing : 0;
                    return Math.ceil(sum);
                }

                spacing: Theme.s
                Layout.row: grid.narrow ? 2 : 0
                Layout.column: grid.narrow ? 0 : 1
                Layout.columnSpan: grid.narrow ? 3 : 1
                Layout.fillWidth: grid.narrow
                Layout.preferredWidth: wanted
                Layout.alignment: Qt.AlignLeft | Qt.AlignVCenter

                Countdown {
                    visible: row.answerUntil > 0
                    endsAt: row.answerUntil
                    height: Theme.controlHeight
                    verticalAlignment: Text.AlignVCenter
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
                    visible: row.hasStory
                    text: row.canAppeal ? qsTr("Appeal…") : row.hasAppeal ? qsTr("Your appeal") : qsTr("What happened")
                    iconName: row.canAppeal || row.hasAppeal ? "flag" : "messages"
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
                SecondaryButton {
                    objectName: "newMessage"
                    visible: row.unread
                    text: qsTr("New message")
                    iconName: "message"
                    keyHint: row.keyboard ? "M" : ""
                    focusPolicy: Qt.ClickFocus
                    onClicked: row.talkOpened()
                }
                QuietButton {
                    id: more

                    objectName: "outboxMore"
                    iconName: "more"
                    // the keyboard has its own keys for it, and Tab leads on
                    focusPolicy: Qt.NoFocus
                    Accessible.name: qsTr("More for %1").arg(row.title)
                    onClicked: row.menuAsked(more)
                }
            }
            ColumnLayout {
                id: standing

                // what stands before it begins at the same place in every row
                readonly property real least: Math.round(200 * Theme.textScale)
                readonly property real wanted: Math.max(least, implicitWidth)

                spacing: Theme.xs
                Layout.row: grid.narrow ? 1 : 0
                Layout.column: grid.narrow ? 0 : 2
                Layout.minimumWidth: grid.narrow ? 0 : least
                Layout.alignment: Qt.AlignLeft | Qt.AlignVCenter

                Badge {
                    text: row.stateText
                    tone: row.tone
                    iconName: row.stateIcon
                }
                OutboxSteps {
                    behind: row.steps
                    ends: row.stepsEnd
                    Layout.leftMargin: Theme.s
                }
            }
            Item {
                id: paid

                implicitWidth: Math.max(rewardText.implicitWidth, Math.round(84 * Theme.textScale))
                implicitHeight: rewardText.implicitHeight
                Layout.row: grid.narrow ? 1 : 0
                Layout.column: grid.narrow ? 2 : 3
                Layout.fillWidth: grid.narrow
                Layout.alignment: Qt.AlignRight | Qt.AlignVCenter

                Amount {
                    id: rewardText

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
                text: qsTr("Let it stand")
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
