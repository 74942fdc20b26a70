// SPDX-License-Identifier: Apache-2.0
// Everything about one campaign before any of its tasks is taken, and the one button that takes them.
import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

FocusScope {
    id: page

    required property string title
    required property string description
    required property string instructions
    required property string moduleName
    required property string reward
    required property string stake
    required property bool hasStake
    required property string worstCase
    required property string fee
    required property string audit
    required property string minutes
    required property string timeNote
    required property string payPerHour
    required property string payNote
    required property string megabytes
    required property string leaseTime
    required property string endsAt
    required property string requester
    required property string requesterShort
    required property string rejectionRate
    required property string paysWithin
    required property string policySentence
    required property string contentWarning
    required property bool practice
    required property bool canLease
    required property string whyNot

    property var viewModel: null
    property bool closable: true

    signal reportAsked(string requester)
    signal closed

    function takeFocus(): void {
        (take.enabled ? take : report).forceActiveFocus(Qt.TabFocusReason);
    }

    Accessible.role: Accessible.Pane
    Accessible.name: title
    Keys.onEscapePressed: page.closed()
    Keys.onPressed: event => {
        const room = Math.max(0, flick.contentHeight - flick.height);
        const step = event.key === Qt.Key_PageDown ? 0.9 : event.key === Qt.Key_PageUp ? -0.9 : event.key === Qt.Key_Down ? 0.2 : event.key === Qt.Key_Up ? -0.2 : 0;
        if (step === 0)
            return;
        flick.contentY = Math.max(0, Math.min(room, flick.contentY + step * flick.height));
        event.accepted = true;
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        Flickable {
            id: flick

            contentWidth: width
            contentHeight: column.implicitHeight + 2 * Theme.l
            boundsBehavior: Flickable.StopAtBounds
            clip: true
            Layout.fillWidth: true
            Layout.fillHeight: true

            ScrollBar.vertical: ScrollBar {}

            ColumnLayout {
                id: column

                x: Theme.l
                y: Theme.l
                width: flick.width - 2 * Theme.l
                spacing: Theme.m

                RowLayout {
                    spacing: Theme.s
                    Layout.fillWidth: true

                    PlainText {
                        text: page.title
                        font.pixelSize: Theme.fontTitle
                        font.weight: Font.DemiBold
                        maximumLineCount: 4
                        elide: Text.ElideRight
                        Layout.fillWidth: true
                        Accessible.role: Accessible.Heading
                    }
                    QuietButton {
                        objectName: "closeCampaign"
                        visible: page.closable
                        iconName: "x"
                        Accessible.name: qsTr("Close this campaign")
                        Layout.alignment: Qt.AlignTop
                        onClicked: page.closed()
                    }
                }
                Flow {
                    spacing: Theme.s
                    Layout.fillWidth: true

                    PracticeBadge {
                        visible: page.practice
                    }
                    Badge {
                        text: page.moduleName.slice(0, 40)
                        visible: text !== ""
                    }
                }
                ErrorBanner {
                    what: page.contentWarning
                    safe: what === "" ? "" : qsTr("You may leave such a task at any time, at no cost.")
                    tone: "warn"
                    dismissable: false
                    Layout.fillWidth: true
                }
                GridLayout {
                    columns: width < 330 * Theme.textScale ? 1 : 2
                    columnSpacing: Theme.l
                    rowSpacing: Theme.m
                    uniformCellWidths: true
                    Layout.fillWidth: true

                    CampaignFact {
                        label: qsTr("Reward for a task")
                        value: qsTr("%1 GEM").arg(page.reward)
                        ink: Theme.good
                    }
                    CampaignFact {
                        label: qsTr("Pay per hour")
                        value: page.payPerHour === "–" ? qsTr("not known yet") : qsTr("%1 GEM").arg(page.payPerHour)
                        note: page.payNote
                    }
                    CampaignFact {
                        label: qsTr("Stake at risk")
                        value: page.hasStake ? qsTr("%1 GEM").arg(page.stake) : qsTr("none")
                    }
                    CampaignFact {
                        label: qsTr("Worst case on one task")
                        value: page.worstCase === "0.00" ? qsTr("you lose nothing") : qsTr("you lose %1 GEM").arg(page.worstCase)
                    }
                    CampaignFact {
                        label: qsTr("Fee")
                        value: page.fee
                    }
                    CampaignFact {
                        label: qsTr("Chance to be checked")
                        value: page.audit
                    }
                    CampaignFact {
                        label: qsTr("Time for a task")
                        value: page.minutes
                        note: page.timeNote
                    }
                    CampaignFact {
                        label: qsTr("To download for a task")
                        value: page.megabytes
                    }
                    CampaignFact {
                        label: qsTr("Send within")
                        value: page.leaseTime
                    }
                    CampaignFact {
                        label: qsTr("Campaign ends")
                        value: page.endsAt === "" ? qsTr("open end") : page.endsAt
                    }
                    CampaignFact {
                        label: qsTr("Answers this requester rejects")
                        value: page.rejectionRate === "–" ? qsTr("not known yet") : page.rejectionRate
                    }
                    CampaignFact {
                        label: qsTr("Usually pays within")
                        value: page.paysWithin === "–" ? qsTr("not known yet") : page.paysWithin
                    }
                }
                RowLayout {
                    spacing: Theme.s
                    Layout.fillWidth: true

                    PlainText {
                        text: qsTr("Requester %1").arg(page.requesterShort)
                        color: Theme.textMuted
                        Layout.fillWidth: true
                    }
                    QuietButton {
                        id: report

                        objectName: "requesterReport"
                        text: qsTr("Requester report")
                        iconName: "report"
                        onClicked: page.reportAsked(page.requester)
                    }
                }
                CampaignText {
                    title: qsTr("How answers are checked")
                    words: page.policySentence
                }
                CampaignText {
                    title: qsTr("About")
                    words: page.description
                }
                CampaignText {
                    title: qsTr("Instructions")
                    words: page.instructions
                }
            }
        }
        Rectangle {
            implicitHeight: 1
            color: Theme.border
            Layout.fillWidth: true
        }
        ColumnLayout {
            spacing: Theme.s
            Layout.fillWidth: true
            Layout.margins: Theme.m
            Layout.leftMargin: Theme.l
            Layout.rightMargin: Theme.l

            PlainText {
                text: page.canLease ? page.viewModel?.batchText ?? "" : page.whyNot
                color: page.canLease ? Theme.textMuted : Theme.warn
                font.pixelSize: Theme.fontSmall
                Layout.fillWidth: true
            }
            ProgressLine {
                visible: page.viewModel?.leasing ?? false
                value: page.viewModel?.leaseProgress ?? 0
                text: page.viewModel?.leaseText ?? ""
                Layout.fillWidth: true
            }
            Flow {
                spacing: Theme.s
                Layout.fillWidth: true

                SpinBox {
                    id: number

                    objectName: "taskCount"
                    from: 1
                    to: page.viewModel?.most ?? 1
                    value: page.viewModel?.count ?? 1
                    editable: true
                    enabled: take.enabled
                    Accessible.name: qsTr("Number of tasks to take")
                    onValueModified: page.viewModel.choose(value)
                }
                PrimaryButton {
                    id: take

                    objectName: "takeTasks"
                    text: qsTr("Take %n task(s)", "", page.viewModel?.count ?? 1)
                    iconName: "download"
                    enabled: page.canLease && !(page.viewModel?.leasing ?? true) && !(page.viewModel?.offline ?? false)
                    keyHint: activeFocus ? qsTr("Enter") : ""
                    Keys.onReturnPressed: clicked()
                    Keys.onEnterPressed: clicked()
                    onClicked: page.viewModel.lease()
                }
            }
        }
    }
}
