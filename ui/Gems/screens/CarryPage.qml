// SPDX-License-Identifier: Apache-2.0
// Work without a network: what a carry file would hold, where the stick is, and what lies on it to be read or sent.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

FocusScope {
    id: page

    // A CarryViewModel (gems_desktop/viewmodels/carry.py).
    required property var viewModel

    function takeFocus(): void {
        back.forceActiveFocus(Qt.TabFocusReason);
    }

    Keys.onEscapePressed: viewModel.leave()

    PageFrame {
        anchors.fill: parent
        focus: true
        title: qsTr("Without a network")
        subtitle: qsTr("Your work travels on a stick. Whoever carries it can neither read nor change it.")
        actions: [
            QuietButton {
                id: back

                objectName: "leaveCarry"
                text: qsTr("Back to the outbox")
                iconName: "arrow-left"
                keyHint: qsTr("Esc")
                onClicked: page.viewModel.leave()
                Keys.onReturnPressed: clicked()
            }
        ]

        ErrorBanner {
            what: page.viewModel.problemMessage
            safe: page.viewModel.problemSafe
            todo: page.viewModel.problemAction
            Layout.fillWidth: true
            onDismissed: page.viewModel.dismissProblem()
        }
        RowLayout {
            visible: page.viewModel.done !== ""
            spacing: Theme.s
            Layout.fillWidth: true

            Icon {
                name: page.viewModel.doneTone === "warn" ? "alert" : "check"
                color: page.viewModel.doneTone === "warn" ? Theme.warn : Theme.good
                Layout.alignment: Qt.AlignTop
            }
            PlainText {
                objectName: "carryDone"
                text: page.viewModel.done
                font.weight: Font.DemiBold
                Accessible.role: Accessible.AlertMessage
                Layout.fillWidth: true
            }
        }
        LoadingPlaceholder {
            visible: !page.viewModel.ready
            rows: 4
            Layout.fillWidth: true
        }
        Card {
            visible: page.viewModel.ready
            title: qsTr("Where")
            iconName: "folder"
            Layout.fillWidth: true

            Flickable {
                id: strip

                contentWidth: Math.max(width, places.width)
                contentHeight: height
                implicitHeight: places.height
                boundsBehavior: Flickable.StopAtBounds
                clip: true
                Layout.fillWidth: true

                SegmentedControl {
                    id: places

                    x: LayoutMirroring.enabled ? Math.max(0, strip.width - width) : 0
                    width: implicitWidth
                    height: implicitHeight
                    name: qsTr("Where")
                    labels: page.viewModel.places
                    currentIndex: page.viewModel.place
                    onChosen: index => page.viewModel.choosePlace(index)
                }
            }
            TextField {
                id: folder

                objectName: "carryFolder"
                text: page.viewModel.folder
                Accessible.name: qsTr("Folder")
                Layout.fillWidth: true
                onAccepted: page.viewModel.openFolder(text)
                onEditingFinished: {
                    if (text !== page.viewModel.folder)
                        page.viewModel.openFolder(text);
                }
            }
            QuietButton {
                text: qsTr("Look again")
                iconName: "refresh"
                onClicked: page.viewModel.reload()
                Keys.onReturnPressed: clicked()
            }
        }
        Card {
            visible: page.viewModel.ready
            title: qsTr("Your work")
            iconName: "outbox"
            Layout.fillWidth: true

            PlainText {
                objectName: "carryHolds"
                text: page.viewModel.holds
                Layout.fillWidth: true
                Layout.maximumWidth: Theme.readingWidth
            }
            PlainText {
                text: page.viewModel.until
                color: Theme.textMuted
                Layout.fillWidth: true
                Layout.maximumWidth: Theme.readingWidth
            }
            PlainText {
                visible: page.viewModel.waiting > 0
                text: qsTr("Files without a reply so far: %1").arg(page.viewModel.waiting)
                color: Theme.textMuted
                Layout.fillWidth: true
            }
            PlainText {
                text: qsTr("What is in a file can no longer be taken back. If a network comes first, it is sent as always; nothing counts twice.")
                color: Theme.textMuted
                font.pixelSize: Theme.fontSmall
                Layout.fillWidth: true
                Layout.maximumWidth: Theme.readingWidth
            }
            PrimaryButton {
                objectName: "writeCarry"
                text: page.viewModel.working ? qsTr("Working…") : qsTr("Write a file")
                iconName: "download"
                busy: page.viewModel.working
                enabled: page.viewModel.canWrite
                onClicked: page.viewModel.write()
                Keys.onReturnPressed: clicked()
            }
        }
        Card {
            visible: page.viewModel.ready
            title: qsTr("In this folder")
            iconName: "list"
            Layout.fillWidth: true

            PlainText {
                visible: rows.count === 0
                text: qsTr("There are no carry files and no replies in this folder.")
                color: Theme.textMuted
                Layout.fillWidth: true
            }
            Repeater {
                id: rows

                model: page.viewModel.files

                CarryRowItem {
                    working: page.viewModel.working
                    Layout.fillWidth: true
                    onRead: file => page.viewModel.read(file)
                    onSent: file => page.viewModel.send(file)
                }
            }
            PlainText {
                text: qsTr("With a connection you can send the file of somebody else: the reply is written beside it.")
                color: Theme.textMuted
                font.pixelSize: Theme.fontSmall
                Layout.fillWidth: true
                Layout.maximumWidth: Theme.readingWidth
            }
        }
    }
}
