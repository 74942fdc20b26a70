// SPDX-License-Identifier: Apache-2.0
// A campaign in the list: what it is on the left, what it pays on the right; as a card, below each other.
import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

Rectangle {
    id: row

    required property int index
    required property string campaignId
    required property string title
    required property string description
    required property string summary
    required property string reward
    required property string payPerHour
    required property string rewardBeside
    required property string hourBeside
    required property string stake
    required property bool hasStake
    required property string contentWarning
    required property bool practice
    required property bool watched
    required property string requester

    property bool current: false
    property bool keyboard: false
    property bool card: false

    readonly property color muted: current ? Theme.text : Theme.textMuted

    // What is cut short here stands whole on the campaign's page, and beside the row when the mouse is on it.
    readonly property string fullText: [name.truncated ? title : "", about.truncated ? description : ""].filter(part => part !== "").join("\n")

    ToolTip.visible: fullText !== "" && hover.hovered
    ToolTip.text: fullText
    ToolTip.delay: 700

    signal tapped
    signal menuAsked(Item item)

    implicitHeight: body.implicitHeight + 2 * Theme.m
    color: current ? Theme.accentSoft : hover.hovered ? Theme.hover : Theme.surface
    border.color: keyboard ? Theme.focus : current ? Theme.accent : Theme.border
    border.width: keyboard ? Theme.focusWidth : 1
    radius: Theme.radius
    Accessible.role: Accessible.ListItem
    Accessible.name: [title, qsTr("%1 GEM a task").arg(reward), rewardBeside, summary, watched ? qsTr("Watched") : "", practice ? qsTr("Practice") : ""].filter(part => part !== "").join(", ")
    Accessible.onPressAction: row.tapped()

    HoverHandler {
        id: hover
    }
    TapHandler {
        onTapped: row.tapped()
    }
    TapHandler {
        acceptedButtons: Qt.RightButton
        onTapped: row.menuAsked(row)
    }
    GridLayout {
        id: body

        columns: row.card ? 1 : 2
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: row.card ? parent.top : undefined
        anchors.verticalCenter: row.card ? undefined : parent.verticalCenter
        anchors.topMargin: Theme.m
        anchors.leftMargin: Theme.l
        anchors.rightMargin: Theme.m + more.width
        columnSpacing: Theme.l
        rowSpacing: Theme.s

        ColumnLayout {
            spacing: 3
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignVCenter

            PlainText {
                id: name

                text: row.title
                font.weight: Font.DemiBold
                elide: Text.ElideRight
                maximumLineCount: 2
                Layout.fillWidth: true
                Accessible.ignored: true
            }
            PlainText {
                id: about

                visible: text !== ""
                text: row.description
                color: Theme.textMuted
                elide: Text.ElideRight
                maximumLineCount: row.card ? 2 : 1
                Layout.fillWidth: true
                Accessible.ignored: true
            }
            Flow {
                spacing: Theme.s
                Layout.fillWidth: true
                Layout.topMargin: 2

                PlainText {
                    text: row.summary
                    width: Math.min(implicitWidth, parent.width)
                    color: row.muted
                    font.pixelSize: Theme.fontSmall
                    Accessible.ignored: true
                }
                Badge {
                    visible: row.watched
                    text: qsTr("Watched")
                    tone: "accent"
                    iconName: "bell"
                }
                PracticeBadge {
                    visible: row.practice
                }
                Badge {
                    visible: row.contentWarning !== ""
                    text: qsTr("Content warning")
                    tone: "warn"
                    iconName: "alert"
                }
            }
        }
        ColumnLayout {
            spacing: 2
            Layout.alignment: row.card ? Qt.AlignLeft : Qt.AlignVCenter

            Amount {
                value: row.reward
                size: Theme.fontTitle
                Layout.alignment: row.card ? Qt.AlignLeft : Qt.AlignRight
            }
            PlainText {
                visible: text !== ""
                text: row.rewardBeside
                color: row.muted
                font.pixelSize: Theme.fontSmall
                wrapMode: Text.NoWrap
                Layout.alignment: row.card ? Qt.AlignLeft : Qt.AlignRight
                Accessible.ignored: true
            }
            PlainText {
                text: [qsTr("%1 GEM/h").arg(row.payPerHour), row.hourBeside].filter(part => part !== "").join(" ")
                visible: row.payPerHour !== "–"
                color: row.muted
                font.pixelSize: Theme.fontSmall
                wrapMode: Text.NoWrap
                Layout.alignment: row.card ? Qt.AlignLeft : Qt.AlignRight
                Accessible.ignored: true
            }
            PlainText {
                text: row.hasStake ? qsTr("stake %1").arg(row.stake) : qsTr("no stake")
                color: row.muted
                font.pixelSize: Theme.fontSmall
                wrapMode: Text.NoWrap
                Layout.alignment: row.card ? Qt.AlignLeft : Qt.AlignRight
                Accessible.ignored: true
            }
        }
    }
    QuietButton {
        id: more

        objectName: "campaignMore"
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.topMargin: Theme.xs
        // beside the scroll bar
        anchors.rightMargin: Theme.s
        iconName: "more"
        // the keyboard has its own keys for it, and Tab leads on
        focusPolicy: Qt.NoFocus
        Accessible.name: qsTr("More for %1").arg(row.title)
        onClicked: row.menuAsked(more)
    }
}
