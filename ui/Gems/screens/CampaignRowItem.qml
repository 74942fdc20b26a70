// SPDX-License-Identifier: Apache-2.0
// A campaign in the list: what it is on the left, what it pays on the right.
import QtQuick
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
    required property string stake
    required property bool hasStake
    required property string contentWarning
    required property bool practice

    property bool current: false
    property bool keyboard: false

    signal tapped

    implicitHeight: body.implicitHeight + 2 * Theme.m
    color: current ? Theme.accentSoft : hover.hovered ? Theme.hover : Theme.surface
    border.color: keyboard ? Theme.focus : current ? Theme.accent : Theme.border
    border.width: keyboard ? Theme.focusWidth : 1
    radius: Theme.radius
    Accessible.role: Accessible.ListItem
    Accessible.name: [title, qsTr("%1 GEM a task").arg(reward), summary, practice ? qsTr("Practice") : ""].join(", ")
    Accessible.onPressAction: row.tapped()

    HoverHandler {
        id: hover
    }
    TapHandler {
        onTapped: row.tapped()
    }
    RowLayout {
        id: body

        anchors.fill: parent
        anchors.margins: Theme.m
        anchors.leftMargin: Theme.l
        anchors.rightMargin: Theme.l
        spacing: Theme.l

        ColumnLayout {
            spacing: 3
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignVCenter

            PlainText {
                text: row.title
                font.weight: Font.DemiBold
                elide: Text.ElideRight
                maximumLineCount: 2
                Layout.fillWidth: true
                Accessible.ignored: true
            }
            PlainText {
                visible: text !== ""
                text: row.description
                color: Theme.textMuted
                elide: Text.ElideRight
                maximumLineCount: 1
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
                    color: row.current ? Theme.text : Theme.textMuted
                    font.pixelSize: Theme.fontSmall
                    Accessible.ignored: true
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
            Layout.alignment: Qt.AlignVCenter

            Amount {
                value: row.reward
                size: Theme.fontTitle
                Layout.alignment: Qt.AlignRight
            }
            PlainText {
                text: qsTr("%1 GEM/h").arg(row.payPerHour)
                visible: row.payPerHour !== "–"
                color: row.current ? Theme.text : Theme.textMuted
                font.pixelSize: Theme.fontSmall
                wrapMode: Text.NoWrap
                Layout.alignment: Qt.AlignRight
                Accessible.ignored: true
            }
            PlainText {
                text: row.hasStake ? qsTr("stake %1").arg(row.stake) : qsTr("no stake")
                color: row.current ? Theme.text : Theme.textMuted
                font.pixelSize: Theme.fontSmall
                wrapMode: Text.NoWrap
                Layout.alignment: Qt.AlignRight
                Accessible.ignored: true
            }
        }
    }
}
