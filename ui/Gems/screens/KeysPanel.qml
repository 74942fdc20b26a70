// SPDX-License-Identifier: Apache-2.0
// Every option of the task with its key, and those of the screen; press Enter on one, then the key that it shall have.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import QtQuick.Templates as T
import Gems
import Gems.components

T.Dialog {
    id: panel

    // A KeysViewModel (gems_desktop/viewmodels/keys.py).
    required property var viewModel
    // The screen's own keys: [key, what it does].
    property var actions: []
    // Which option waits for a key, or -1.
    property int waiting: -1

    title: qsTr("Keys")
    parent: T.Overlay.overlay
    anchors.centerIn: parent
    width: Math.min(Math.round(560 * Theme.textScale), (parent?.width ?? 600) - 2 * Theme.l)
    height: Math.min(Math.round(620 * Theme.textScale), (parent?.height ?? 600) - 2 * Theme.l)
    padding: Theme.xl
    modal: true
    focus: true
    closePolicy: waiting < 0 ? T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside : T.Popup.NoAutoClose

    onAboutToShow: {
        waiting = -1;
        viewModel.read();
    }
    onOpened: list.forceActiveFocus(Qt.TabFocusReason)

    background: Rectangle {
        color: Theme.raised
        radius: Theme.radius + 4
        border.color: Theme.border
    }
    T.Overlay.modal: Rectangle {
        color: Theme.scrim
    }

    contentItem: ColumnLayout {
        spacing: Theme.m

        PlainText {
            text: qsTr("Keys")
            font.pixelSize: Theme.fontTitle
            font.weight: Font.DemiBold
            Layout.fillWidth: true
            Accessible.role: Accessible.Heading
        }
        PlainText {
            text: panel.waiting >= 0 ? qsTr("Press the key that it shall have. Escape leaves it as it is.") : qsTr("Enter changes the key of an option, Delete gives it its usual key back.")
            color: Theme.textMuted
            Layout.fillWidth: true
        }
        PlainText {
            objectName: "keyRefusal"
            visible: text !== ""
            text: panel.viewModel.refusal
            color: Theme.bad
            Layout.fillWidth: true
            Accessible.role: Accessible.AlertMessage
        }
        ListView {
            id: list

            objectName: "keyList"
            clip: true
            cacheBuffer: 0
            model: panel.viewModel.rows
            boundsBehavior: Flickable.StopAtBounds
            highlightMoveDuration: 0
            currentIndex: 0
            focus: true
            activeFocusOnTab: true
            Layout.fillWidth: true
            Layout.fillHeight: true
            Accessible.role: Accessible.List
            Accessible.focusable: true
            Accessible.name: qsTr("Options and their keys")
            ScrollBar.vertical: ScrollBar {}

            Keys.onPressed: event => {
                const row = list.currentItem as KeysPanelRow;
                if (!row)
                    return;
                if (panel.waiting >= 0) {
                    event.accepted = true;
                    if (event.key === Qt.Key_Escape)
                        panel.waiting = -1;
                    else if (event.text !== "" && !(event.modifiers & (Qt.ControlModifier | Qt.AltModifier | Qt.MetaModifier))) {
                        panel.waiting = -1;
                        panel.viewModel.give(row.control, row.stored, event.text);
                    }
                } else if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter || event.key === Qt.Key_Space) {
                    panel.waiting = list.currentIndex;
                    event.accepted = true;
                } else if (event.key === Qt.Key_Delete || event.key === Qt.Key_Backspace) {
                    panel.viewModel.forget(row.control, row.stored);
                    event.accepted = true;
                }
            }

            delegate: KeysPanelRow {
                width: list.width
                current: ListView.isCurrentItem && list.activeFocus
                waiting: panel.waiting === index
                onChosen: {
                    list.currentIndex = index;
                    list.forceActiveFocus(Qt.MouseFocusReason);
                    panel.waiting = index;
                }
            }
            footer: Column {
                width: list.width
                topPadding: Theme.m
                spacing: Theme.xs

                Repeater {
                    model: panel.actions

                    RowLayout {
                        id: action

                        required property var modelData

                        width: parent.width
                        spacing: Theme.s

                        PlainText {
                            text: action.modelData[1]
                            color: Theme.textMuted
                            Layout.fillWidth: true
                            Layout.leftMargin: Theme.s
                        }
                        KeyCap {
                            keys: action.modelData[0]
                            Layout.rightMargin: Theme.l
                        }
                    }
                }
            }
        }
        Flow {
            spacing: Theme.s
            layoutDirection: Qt.RightToLeft
            Layout.fillWidth: true

            PrimaryButton {
                objectName: "keysClose"
                text: qsTr("Done")
                onClicked: panel.close()
            }
            QuietButton {
                objectName: "keysReset"
                text: qsTr("All usual keys again")
                iconName: "undo"
                enabled: panel.viewModel.anyOwn
                onClicked: panel.viewModel.reset()
            }
        }
    }
}
