// SPDX-License-Identifier: Apache-2.0
// Beside or below the evidence: the verdict, its reason, and what was asked.
import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

Rectangle {
    id: side

    required property var viewModel
    property bool wide: true
    // Where it stands below the evidence, what was asked is folded away until it is wanted.
    property bool asking: false
    readonly property real wanted: column.implicitHeight + 2 * column.y
    readonly property string note: reasons.note

    function clear(): void {
        reasons.clear();
    }

    function write(): void {
        reasons.write();
    }

    // By most of what can be seen, down for a positive way.
    function page(way: int): void {
        flick.contentY = Math.max(0, Math.min(flick.contentHeight - flick.height, flick.contentY + way * flick.height * 0.8));
    }

    color: Theme.surface

    Rectangle {
        anchors.left: parent.left
        width: side.wide ? 1 : parent.width
        height: side.wide ? parent.height : 1
        color: Theme.border
    }
    Flickable {
        id: flick

        anchors.fill: parent
        contentWidth: width
        contentHeight: column.implicitHeight + 2 * column.y
        interactive: contentHeight > height
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        ScrollBar.vertical: ScrollBar {}

        ColumnLayout {
            id: column

            x: Theme.l
            y: side.wide ? Theme.l : Theme.m
            width: flick.width - 2 * Theme.l
            spacing: Theme.m

            ReviewKind {
                viewModel: side.viewModel
                withStake: false
                Layout.fillWidth: true
            }
            PlainText {
                visible: side.viewModel.verdictText !== ""
                text: side.viewModel.verdictText
                color: Theme.info
                Layout.fillWidth: true
            }
            GridLayout {
                id: verdicts

                readonly property real inOneRow: accept.implicitWidth + refuse.implicitWidth + skip.implicitWidth + 2 * Theme.s

                visible: !side.viewModel.rejecting
                columns: side.wide || inOneRow > column.width ? 1 : 3
                columnSpacing: Theme.s
                rowSpacing: Theme.s
                Layout.fillWidth: true

                PlainText {
                    visible: side.wide
                    text: qsTr("Is this answer right?")
                    font.weight: Font.DemiBold
                    Layout.fillWidth: true
                    Layout.columnSpan: verdicts.columns
                }
                PrimaryButton {
                    id: accept

                    objectName: "accept"
                    text: qsTr("Accept")
                    iconName: "check"
                    keyHint: "A"
                    enabled: side.viewModel.shown && !side.viewModel.veiled
                    focusPolicy: Qt.TabFocus
                    Layout.fillWidth: true
                    onClicked: side.viewModel.accept()
                }
                SecondaryButton {
                    id: refuse

                    text: qsTr("Reject…")
                    iconName: "x"
                    keyHint: "R"
                    enabled: side.viewModel.shown && !side.viewModel.veiled
                    focusPolicy: Qt.TabFocus
                    Layout.fillWidth: true
                    onClicked: {
                        const byKey = activeFocus;
                        side.viewModel.beginReject();
                        if (byKey && side.viewModel.rejecting)
                            reasons.takeFocus();
                    }
                }
                QuietButton {
                    id: skip

                    text: qsTr("Skip")
                    iconName: "skip"
                    keyHint: "S"
                    enabled: side.viewModel.shown || side.viewModel.broken || side.viewModel.veiled
                    focusPolicy: Qt.TabFocus
                    Layout.fillWidth: true
                    onClicked: side.viewModel.skip()
                }
            }
            ReviewReasons {
                id: reasons

                visible: side.viewModel.rejecting
                viewModel: side.viewModel
                Layout.fillWidth: true
            }
            TaskDifferences {
                viewModel: side.viewModel.comparing
                most: 320
                Layout.fillWidth: true
            }
            Rectangle {
                visible: side.wide || side.asking
                implicitHeight: 1
                color: Theme.border
                Layout.fillWidth: true
            }
            PlainText {
                visible: (side.wide || side.asking) && side.viewModel.instructions !== ""
                text: qsTr("What was asked")
                font.weight: Font.DemiBold
                Layout.fillWidth: true
                Accessible.role: Accessible.Heading
            }
            InstructionText {
                visible: side.wide || side.asking
                rows: side.viewModel.instructionRows
                Layout.fillWidth: true
                Layout.maximumWidth: Theme.readingWidth
            }
            RowLayout {
                visible: side.viewModel.stake !== "" && side.viewModel.stake !== "0.00"
                spacing: Theme.s
                Layout.fillWidth: true

                PlainText {
                    text: qsTr("You stake %1 GEM on your verdict.").arg(side.viewModel.stake)
                    color: Theme.textMuted
                    font.pixelSize: Theme.fontSmall
                    Layout.fillWidth: true
                    Layout.maximumWidth: Math.ceil(implicitWidth) + 1
                }
                Explain {
                    word: "stake"
                    Layout.alignment: Qt.AlignTop
                }
            }
        }
    }
}
