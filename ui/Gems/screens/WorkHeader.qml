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
    // Large letters in a low window: the tools are icons, so that the task keeps its room.
    readonly property bool narrow: grid.width < 860 * Theme.textScale
    readonly property bool low: narrow && Window.height < 420 * Theme.textScale
    onLowChanged: spare()
    Component.onCompleted: spare()

    function spare(): void {
        for (const tool of toolRow.children) {
            const button = tool as GemButton;
            if (button)
                button.spare = low;
        }
    }

    implicitHeight: grid.implicitHeight + 2 * Theme.s + line.height
    color: Theme.surface

    GridLayout {
        id: grid

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Theme.l
        anchors.rightMargin: Theme.l
        y: Theme.s
        // As icons the tools mostly have room beside the text, where it may then take two lines.
        columns: header.narrow && !(header.low && toolRow.wanted + facts.implicitWidth + columnSpacing <= width) ? 1 : 2
        columnSpacing: Theme.m
        rowSpacing: 2

        GridLayout {
            id: about

            readonly property real inOneRow: Math.ceil(titleText.implicitWidth) + facts.implicitWidth + columnSpacing

            columns: warning.visible || inOneRow > width ? 1 : 3
            columnSpacing: Theme.m
            rowSpacing: 0
            Layout.fillWidth: true

            PlainText {
                id: titleText

                text: header.title
                font.weight: Font.DemiBold
                Layout.fillWidth: true
                Layout.maximumWidth: Math.ceil(implicitWidth) + 1
                Accessible.role: Accessible.Heading
            }
            RowLayout {
                id: facts

                spacing: Theme.m
                Layout.fillWidth: true
                Layout.maximumWidth: implicitWidth

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
                Explain {
                    word: "reward"
                    Layout.leftMargin: -Theme.xs
                }
                Countdown {
                    endsAt: header.dueAt
                    warns: true
                }
                Explain {
                    visible: header.dueAt > 0 && name !== ""
                    word: "deadline"
                    Layout.leftMargin: -Theme.xs
                }
            }
            Item {
                visible: about.columns > 1
                Layout.fillWidth: true
            }
            RowLayout {
                id: warning

                visible: header.warning !== ""
                spacing: Theme.s
                Layout.fillWidth: true

                Icon {
                    name: "eye-off"
                    color: Theme.warn
                    Accessible.ignored: false
                    Accessible.role: Accessible.Graphic
                    Accessible.name: header.warning
                }
                PlainText {
                    text: header.warning
                    color: Theme.warn
                    font.pixelSize: Theme.fontSmall
                    Layout.fillWidth: true
                    Accessible.ignored: true
                }
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
