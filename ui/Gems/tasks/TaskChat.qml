// SPDX-License-Identifier: Apache-2.0
// A chat: its messages, one of which can be selected, and a field to write more.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

Column {
    id: chat

    required property TaskRow row
    required property var viewModel
    readonly property var part: row.part
    readonly property bool readOnly: viewModel.readOnly
    readonly property int most: Math.max(240, Math.round((Window.window?.height ?? 700) * (readOnly ? 0.62 : 0.5)))

    spacing: Theme.s

    Connections {
        target: chat.viewModel

        function onOpened(): void {
            field.text = "";
            roles.currentIndex = 0;
            list.positionViewAtBeginning();
        }
    }
    Rectangle {
        width: chat.width
        height: Math.min(Math.max(list.contentHeight, 44) + 2 * Theme.s, chat.most)
        visible: chat.part.count > 0
        color: Theme.surface
        radius: Theme.radius
        border.width: list.activeFocus ? Theme.focusWidth : 1
        border.color: list.activeFocus ? Theme.focus : Theme.border

        ListView {
            id: list

            objectName: "messages"
            anchors.fill: parent
            anchors.margins: Theme.s
            model: chat.part.rows
            clip: true
            cacheBuffer: 0
            boundsBehavior: Flickable.StopAtBounds
            interactive: contentHeight > height
            activeFocusOnTab: true
            highlightMoveDuration: 0
            currentIndex: chat.part.current
            onCountChanged: if (!chat.readOnly && field.activeFocus)
                Qt.callLater(list.positionViewAtEnd)
            Accessible.role: Accessible.List
            Accessible.focusable: true
            Accessible.name: qsTr("Messages")
            Accessible.description: chat.readOnly ? qsTr("Arrows select.") : qsTr("Arrows select a message, E edits one's own, Delete takes it away, Escape selects none.")
            ScrollBar.vertical: ScrollBar {}

            Keys.onPressed: event => {
                const item = list.currentItem as TaskMessage;
                if (event.key === Qt.Key_Down || event.key === Qt.Key_Up)
                    chat.part.step(event.key === Qt.Key_Down ? 1 : -1);
                else if (event.key === Qt.Key_Escape && item)
                    chat.part.select(item.stored);
                else if (!chat.readOnly && item && item.open && event.key === Qt.Key_E && !event.modifiers)
                    item.edit();
                else if (!chat.readOnly && item && item.mine && (event.key === Qt.Key_Delete || event.key === Qt.Key_Backspace))
                    chat.part.drop(item.stored);
                else
                    return;
                event.accepted = true;
            }

            delegate: TaskMessage {
                width: list.width - Theme.m
                // beside the scroll bar, on whichever side it stands
                transform: Translate {
                    x: Application.layoutDirection === Qt.RightToLeft ? Theme.m : 0
                }
                height: implicitHeight
                readOnly: chat.readOnly
                onClicked: {
                    list.forceActiveFocus(Qt.MouseFocusReason);
                    chat.part.select(stored);
                }
                onDropAsked: chat.part.drop(stored)
                onRewritten: content => chat.part.rewrite(stored, content)
                onEditingLeft: list.forceActiveFocus(Qt.OtherFocusReason)
            }
        }
    }
    TaskHint {
        width: chat.width
        text: chat.part.count < chat.part.least ? qsTr("Messages: %1 of at least %2").arg(chat.part.count).arg(chat.part.least) : chat.part.most > 0 ? qsTr("Messages: %1 of at most %2").arg(chat.part.count).arg(chat.part.most) : ""
    }
    RowLayout {
        width: chat.width
        spacing: Theme.s
        visible: !chat.readOnly && !chat.part.full

        SegmentedControl {
            id: roles

            objectName: "roles"
            visible: chat.part.roles.length > 1
            name: qsTr("Who says it")
            labels: chat.part.roles.map(role => speaker.spoken(role))
            Layout.alignment: Qt.AlignTop
        }
        TextArea {
            id: field

            objectName: "chatField"
            padding: Theme.m
            font.pixelSize: Theme.fontBody
            placeholderText: chat.part.roles.length > 1 ? qsTr("Write what %1 says").arg(speaker.spoken(chat.part.roles[roles.currentIndex] ?? "")) : qsTr("Write a message")
            Accessible.name: placeholderText
            Accessible.multiLine: true
            Layout.fillWidth: true
            KeyNavigation.priority: KeyNavigation.BeforeItem
            Keys.onTabPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
            Keys.onBacktabPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
            Keys.onPressed: event => {
                if ((event.key === Qt.Key_Return || event.key === Qt.Key_Enter) && event.modifiers & Qt.ControlModifier) {
                    send.clicked();
                    event.accepted = true;
                }
            }
        }
        SecondaryButton {
            id: send

            objectName: "send"
            text: qsTr("Say")
            enabled: field.text.trim() !== ""
            Accessible.description: qsTr("Ctrl+Enter")
            Layout.alignment: Qt.AlignTop
            onClicked: {
                // the sides take turns
                if (!chat.part.say(chat.part.roles[roles.currentIndex] ?? "", field.text))
                    return;
                field.text = "";
                roles.currentIndex = (roles.currentIndex + 1) % Math.max(1, chat.part.roles.length);
            }
        }
    }
    KeyCap {
        visible: !chat.readOnly && !chat.part.full && field.activeFocus
        keys: "Ctrl+Enter"
    }
    TaskMessage {
        id: speaker

        visible: false
        index: -1
        stored: ""
        role: ""
        text: ""
        mine: false
        open: false
        fits: false
        selected: false
        differs: false
    }
}
