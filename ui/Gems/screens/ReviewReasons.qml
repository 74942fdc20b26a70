// SPDX-License-Identifier: Apache-2.0
// The coded reasons of a rejection, each on a digit, and room for a remark.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

ColumnLayout {
    id: reasons

    required property var viewModel

    function takeFocus(): void {
        (choices.itemAt(0) as Item)?.forceActiveFocus(Qt.TabFocusReason);
    }
    function write(): void {
        remark.forceActiveFocus(Qt.ShortcutFocusReason);
    }
    readonly property string note: remark.text

    spacing: Theme.xs

    function clear(): void {
        remark.text = viewModel.note;
    }

    PlainText {
        text: qsTr("What is wrong?")
        font.weight: Font.DemiBold
        color: reasons.viewModel.reasonMissing ? Theme.bad : Theme.text
        Layout.fillWidth: true
    }
    PlainText {
        visible: reasons.viewModel.reasonMissing
        text: qsTr("Choose a reason first: its author has to know what to correct.")
        color: Theme.bad
        font.pixelSize: Theme.fontSmall
        Layout.fillWidth: true
        Accessible.role: Accessible.AlertMessage
    }
    Repeater {
        id: choices

        model: reasons.viewModel.reasons

        AbstractButton {
            id: choice

            required text
            required property string code
            required property string key

            readonly property bool chosen: reasons.viewModel.reason === code

            checkable: false
            focusPolicy: Qt.TabFocus
            implicitHeight: Math.max(Math.round(32 * Theme.textScale), label.implicitHeight + 10)
            hoverEnabled: true
            Layout.fillWidth: true
            Accessible.role: Accessible.RadioButton
            Accessible.name: text
            // Qt's button says `checkable` of itself whenever a reader begins to listen: what is true stands again after it.
            Accessible.checkable: true
            Accessible.checked: choice.chosen
            Accessible.onCheckableChanged: Accessible.checkable = true
            Accessible.onCheckedChanged: {
                if (Accessible.checked !== choice.chosen)
                    Accessible.checked = Qt.binding(() => choice.chosen);
            }
            onClicked: reasons.viewModel.chooseReason(code)

            contentItem: Item {
                KeyCap {
                    id: cap

                    anchors.left: parent.left
                    anchors.leftMargin: Theme.s
                    anchors.verticalCenter: parent.verticalCenter
                    keys: choice.key
                    ink: choice.chosen ? Theme.accentSoftInk : Theme.textMuted
                }
                PlainText {
                    id: label

                    anchors.left: cap.right
                    anchors.right: parent.right
                    anchors.leftMargin: Theme.s
                    anchors.verticalCenter: parent.verticalCenter
                    text: choice.text
                    color: choice.chosen ? Theme.accentSoftInk : Theme.text
                    font.weight: choice.chosen ? Font.DemiBold : Font.Normal
                    Accessible.ignored: true
                }
            }
            background: Rectangle {
                radius: Theme.radiusSmall
                color: choice.chosen ? Theme.accentSoft : choice.hovered ? Theme.hover : "transparent"
                border.width: choice.chosen ? 1 : 0
                border.color: Theme.accent

                FocusRing {
                    shown: choice.visualFocus
                    gap: 0
                }
            }
        }
    }
    SecondaryButton {
        objectName: "markPlace"
        text: reasons.viewModel.marking ? qsTr("Click the place, or press Enter on it") : reasons.viewModel.markText !== "" ? qsTr("Mark another place") : qsTr("Mark the place of the fault")
        iconName: "flag"
        keyHint: "M"
        focusPolicy: Qt.TabFocus
        Layout.fillWidth: true
        Layout.topMargin: Theme.xs
        onClicked: reasons.viewModel.markPlace()
    }
    RowLayout {
        visible: reasons.viewModel.markText !== ""
        spacing: Theme.xs
        Layout.fillWidth: true

        PlainText {
            objectName: "markText"
            text: qsTr("Marked: %1").arg(reasons.viewModel.markText)
            color: Theme.textMuted
            font.pixelSize: Theme.fontSmall
            Layout.fillWidth: true
        }
        QuietButton {
            iconName: "x"
            focusPolicy: Qt.TabFocus
            Accessible.name: qsTr("Take the mark away")
            onClicked: reasons.viewModel.clearMark()
        }
    }
    TextField {
        id: remark

        maximumLength: 500
        placeholderText: qsTr("Remark for the author (optional)")
        rightPadding: remarkKey.width + 2 * Theme.s
        Layout.fillWidth: true
        Layout.topMargin: Theme.xs
        Keys.onReturnPressed: reasons.viewModel.reject(text)
        Keys.onEnterPressed: reasons.viewModel.reject(text)

        KeyCap {
            id: remarkKey

            anchors.right: parent.right
            anchors.rightMargin: Theme.s
            anchors.verticalCenter: parent.verticalCenter
            visible: remark.length === 0 && !remark.activeFocus
            keys: "N"
        }
    }
    Flow {
        spacing: Theme.s
        Layout.fillWidth: true
        Layout.topMargin: Theme.xs

        DangerButton {
            text: qsTr("Reject")
            keyHint: qsTr("Enter")
            focusPolicy: Qt.TabFocus
            enabled: reasons.viewModel.shown
            onClicked: reasons.viewModel.reject(remark.text)
        }
        QuietButton {
            text: qsTr("Cancel")
            keyHint: qsTr("Esc")
            focusPolicy: Qt.TabFocus
            onClicked: reasons.viewModel.cancelReject()
        }
    }
}
