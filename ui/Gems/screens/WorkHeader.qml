// SPDX-License-Identifier: Apache-2.0
// The slim line above a task: what it is, where in the batch, what it pays, how long it may take; then its tools.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

Rectangle {
    id: header

    property string title: ""
    property string positionText: ""
    property real progress: 0
    property string reward: ""
    property real dueAt: 0
    // What the campaign warns of; empty for nothing.
    property string warning: ""
    default property alias tools: toolRow.data

    implicitHeight: grid.implicitHeight + 2 * Theme.s + line.height
    color: Theme.surface

    GridLayout {
        id: grid

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Theme.l
        anchors.rightMargin: Theme.l
        y: Theme.s
        columns: width < 860 * Theme.textScale ? 1 : 2
        columnSpacing: Theme.m
        rowSpacing: 2

        RowLayout {
            spacing: Theme.m
            Layout.fillWidth: true

            PlainText {
                text: header.title
                font.weight: Font.DemiBold
                elide: Text.ElideRight
                maximumLineCount: 1
                wrapMode: Text.NoWrap
                Layout.fillWidth: true
                Layout.maximumWidth: Math.ceil(implicitWidth)
                Accessible.role: Accessible.Heading
            }
            PlainText {
                text: header.positionText
                color: Theme.textMuted
                wrapMode: Text.NoWrap
                Accessible.name: qsTr("Task %1").arg(text)
            }
            Amount {
                value: header.reward
                Accessible.name: qsTr("Reward %1 GEM").arg(value)
            }
            Countdown {
                endsAt: header.dueAt
            }
            Icon {
                visible: header.warning !== ""
                name: "eye-off"
                color: Theme.warn
                Accessible.ignored: false
                Accessible.role: Accessible.Graphic
                Accessible.name: header.warning
            }
            PlainText {
                visible: text !== ""
                text: header.warning
                color: Theme.warn
                font.pixelSize: Theme.fontSmall
                elide: Text.ElideRight
                maximumLineCount: 1
                wrapMode: Text.NoWrap
                Layout.maximumWidth: Math.round(220 * Theme.textScale)
                Accessible.ignored: true
            }
            Item {
                Layout.fillWidth: true
            }
        }
        Flow {
            id: toolRow

            spacing: 2
            Layout.fillWidth: grid.columns === 1
            Layout.preferredWidth: wanted
            Layout.alignment: Qt.AlignRight

            // A flow wants as little width as it can live with; this one wants a single line.
            readonly property real wanted: {
                let sum = 0;
                for (const tool of children)
                    sum += tool.visible ? tool.implicitWidth + spacing : 0;
                return Math.ceil(sum);
            }
        }
    }
    Rectangle {
        id: line

        anchors.bottom: parent.bottom
        width: parent.width
        height: 3
        color: Theme.sunken
        Accessible.role: Accessible.ProgressBar
        Accessible.name: header.positionText

        Rectangle {
            anchors.left: parent.left
            width: parent.width * Math.max(0, Math.min(1, header.progress))
            height: parent.height
            color: Theme.accent
        }
    }
}
