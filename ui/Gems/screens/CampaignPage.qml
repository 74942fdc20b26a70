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
    required property string requester
    required property string requesterShort
    required property string policySentence
    required property string policyNotes
    required property string practiceText
    required property bool practiceDone
    required property string contentWarning
    required property bool practice
    required property bool canLease
    required property string whyNot
    required property string campaignId
    required property bool watched

    property var viewModel: null
    property bool closable: true
    // A SetAsideViewModel; null where nothing is watched or set aside.
    property var setAside: null
    // A TalkViewModel and an AbuseViewModel; null where nothing can be written.
    property var talk: null
    property var abuse: null

    signal reportAsked(string requester)
    signal closed
    signal without

    function takeFocus(): void {
        (take.enabled ? take : examples.visible ? examples : report).forceActiveFocus(Qt.TabFocusReason);
    }

    onCampaignIdChanged: talk?.lookAtCampaign(campaignId)
    Component.onCompleted: talk?.lookAtCampaign(campaignId)
    Accessible.role: Accessible.Pane
    Accessible.name: title
    Keys.onEscapePressed: page.closed()
    function block(): void {
        setAside.block(requester);
        without();
    }

    function hide(): void {
        setAside.hide(campaignId, title);
        without();
    }

    Keys.onPressed: event => {
        if (setAside && event.modifiers === Qt.NoModifier && !number.activeFocus && [Qt.Key_W, Qt.Key_B, Qt.Key_H].includes(event.key)) {
            event.accepted = true;
            if (event.key === Qt.Key_W)
                setAside.watch(requester, !watched);
            else if (event.key === Qt.Key_B)
                block();
            else
                hide();
            return;
        }
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

            // What the keyboard is on is never outside the view.
            readonly property Item focused: Window.activeFocusItem
            onFocusedChanged: {
                if (!focused || !within(focused))
                    return;
                const top = focused.mapToItem(contentItem, 0, 0).y;
                if (top < contentY)
                    contentY = Math.max(0, top - Theme.l);
                else if (top + Math.min(focused.height, height) > contentY + height)
                    contentY = Math.min(Math.max(0, contentHeight - height), top + focused.height - height + Theme.l);
            }

            function within(item: Item): bool {
                for (let at = item; at; at = at.parent) {
                    if (at === column)
                        return true;
                }
                return false;
            }

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
                PlainText {
                    text: qsTr("Requester %1").arg(page.requesterShort)
                    color: Theme.textMuted
                    Layout.fillWidth: true
                }
                Flow {
                    spacing: Theme.s
                    Layout.fillWidth: true

                    WatchButton {
                        visible: page.setAside !== null
                        on: page.watched
                        keyHint: qsTr("W")
                        onClicked: page.setAside.watch(page.requester, !page.watched)
                    }
                    QuietButton {
                        id: report

                        objectName: "requesterReport"
                        text: qsTr("Requester report")
                        iconName: "report"
                        onClicked: page.reportAsked(page.requester)
                    }
                }
                ErrorBanner {
                    what: page.contentWarning
                    safe: what === "" ? "" : qsTr("You may leave such a task at any time, at no cost.")
                    tone: "warn"
                    dismissable: false
                    Layout.fillWidth: true
                }
                CampaignFacts {
                    title: qsTr("What it pays")
                    model: page.viewModel?.payFacts ?? null
                }
                CampaignFacts {
                    title: qsTr("What you risk")
                    model: page.viewModel?.riskFacts ?? null
                }
                CampaignText {
                    title: qsTr("How answers are checked")
                    words: page.policyNotes === "" ? page.policySentence : page.policySentence + "\n" + page.policyNotes
                }
                CampaignFacts {
                    title: qsTr("Time and data")
                    model: page.viewModel?.timeFacts ?? null
                }
                CampaignFacts {
                    title: qsTr("The requester")
                    model: page.viewModel?.requesterFacts ?? null
                }
                RowLayout {
                    visible: page.practiceText !== "" && page.practiceDone
                    spacing: Theme.s
                    Layout.fillWidth: true

                    PlainText {
                        text: page.practiceText
                        color: Theme.textMuted
                        Layout.fillWidth: true
                    }
                    QuietButton {
                        objectName: "practiceAgain"
                        text: qsTr("Practise again")
                        iconName: "practice"
                        onClicked: page.viewModel.openPractice()
                    }
                }
                CampaignText {
                    title: qsTr("About")
                    words: page.description
                }
                CampaignText {
                    title: qsTr("Instructions")
                    words: page.instructions
                }
                Flow {
                    visible: page.setAside !== null
                    spacing: Theme.s
                    Layout.fillWidth: true

                    QuietButton {
                        objectName: "blockRequester"
                        text: qsTr("Block this requester")
                        iconName: "x"
                        keyHint: qsTr("B")
                        onClicked: page.block()
                    }
                    QuietButton {
                        objectName: "hideCampaign"
                        text: qsTr("Hide this campaign")
                        iconName: "eye-off"
                        keyHint: qsTr("H")
                        onClicked: page.hide()
                    }
                    QuietButton {
                        objectName: "messageRequester"
                        visible: (page.talk?.campaignTask ?? "") !== ""
                        text: qsTr("Message the requester")
                        iconName: "message"
                        onClicked: page.talk.openTask(page.talk.campaignTask)
                    }
                    QuietButton {
                        objectName: "reportCampaign"
                        visible: page.abuse !== null
                        text: qsTr("Report a problem")
                        iconName: "flag"
                        onClicked: page.abuse.openCampaign(page.campaignId, page.title)
                    }
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
            PlainText {
                visible: text !== ""
                text: page.practiceDone ? "" : page.practiceText
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

                PrimaryButton {
                    id: examples

                    objectName: "doExamples"
                    visible: page.practiceText !== "" && !page.practiceDone
                    text: qsTr("Do the examples")
                    iconName: "practice"
                    enabled: !(page.viewModel?.offline ?? false)
                    keyHint: activeFocus ? qsTr("Enter") : ""
                    Keys.onReturnPressed: clicked()
                    Keys.onEnterPressed: clicked()
                    onClicked: page.viewModel.openPractice()
                }
                SpinBox {
                    id: number

                    objectName: "taskCount"
                    from: 1
                    to: page.viewModel?.most ?? 1
                    value: page.viewModel?.count ?? 1
                    editable: true
                    visible: !examples.visible
                    enabled: take.enabled
                    Accessible.name: qsTr("Number of tasks to take")
                    onValueModified: page.viewModel.choose(value)
                }
                PrimaryButton {
                    id: take

                    objectName: "takeTasks"
                    visible: !examples.visible
                    text: qsTr("Take %n task(s)", "", page.viewModel?.count ?? 1)
                    iconName: "download"
                    busy: page.viewModel?.leasing ?? false
                    enabled: page.canLease && !(page.viewModel?.offline ?? false)
                    keyHint: activeFocus ? qsTr("Enter") : ""
                    Keys.onReturnPressed: clicked()
                    Keys.onEnterPressed: clicked()
                    onClicked: page.viewModel.lease()
                }
            }
        }
    }
}
