// SPDX-License-Identifier: Apache-2.0
// One message of a chat; one's own can be written anew or taken away.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

Item {
    id: message

    required property int index
    required property string stored
    required property string role
    required property string text
    required property bool mine
    required property bool open
    required property bool fits
    required property bool selected
    required property bool differs
    property bool readOnly: false
    property bool editing: false
    readonly property bool answers: role === "assistant"

    signal clicked
    signal dropAsked
    signal rewritten(string content)
    signal editingLeft

    // What people read for a role.
    function spoken(role: string): string {
        return ({
                "user": qsTr("User"),
                "assistant": qsTr("Assistant"),
                "system": qsTr("System"),
                "tool": qsTr("Tool"),
                "developer": qsTr("Developer")
            })[role] ?? role;
    }

    function edit(): void {
        if (!message.open)
            return;
        field.text = message.text;
        message.editing = true;
        field.forceActiveFocus(Qt.OtherFocusReason);
    }

    // The field keeps the keyboard inside the list as long as it has the focus there.
    onEditingChanged: if (!editing) {
        field.focus = false;
        message.editingLeft();
    }

    implicitHeight: bubble.height + Theme.s
    Accessible.role: Accessible.ListItem
    Accessible.name: spoken(role) + ": " + text
    Accessible.selectable: fits
    Accessible.selected: selected
    Accessible.onPressAction: message.clicked()

    MouseArea {
        id: pointer

        anchors.fill: parent
        hoverEnabled: message.fits
        enabled: message.fits && !message.editing
        onClicked: message.clicked()
    }
    Rectangle {
        id: bubble

        readonly property bool trailing: message.answers === (Application.layoutDirection === Qt.RightToLeft)

        width: Math.floor(Math.min(message.width * 0.88, Math.max(content.implicitWidth + 2 * Theme.m, message.editing ? message.width * 0.7 : 0)))
        height: content.implicitHeight + 2 * Theme.s
        x: trailing ? Math.floor(message.width) - width - 1 : 0
        radius: Theme.radius
        color: message.selected ? Theme.accentSoft : pointer.containsMouse && message.fits ? Theme.hover : message.answers ? Theme.sunken : Theme.raised
        border.width: message.selected ? 2 : 1
        border.color: message.selected ? Theme.accent : Theme.border

        ColumnLayout {
            id: content

            x: Theme.m
            y: Theme.s
            width: Math.min(implicitWidth, message.width * 0.88 - 2 * Theme.m)
            spacing: 2

            RowLayout {
                spacing: Theme.xs

                PlainText {
                    text: message.spoken(message.role)
                    font.pixelSize: Theme.fontSmall
                    font.weight: Font.DemiBold
                    color: message.selected ? Theme.accentSoftInk : Theme.textMuted
                    Layout.fillWidth: true
                    Accessible.ignored: true
                }
                Badge {
                    visible: message.differs
                    text: "≠"
                    Accessible.name: qsTr("The other answer has it otherwise")
                }
                QuietButton {
                    objectName: "editMessage"
                    visible: message.open && !message.editing && message.selected
                    text: qsTr("Edit (E)")
                    focusPolicy: Qt.NoFocus
                    onClicked: message.edit()
                }
                QuietButton {
                    objectName: "dropMessage"
                    visible: message.mine && !message.readOnly && !message.editing && message.selected
                    iconName: "trash"
                    focusPolicy: Qt.NoFocus
                    Accessible.name: qsTr("Take away (Del)")
                    onClicked: message.dropAsked()
                }
            }
            PlainText {
                visible: !message.editing
                text: message.text
                color: message.selected ? Theme.accentSoftInk : Theme.text
                Layout.fillWidth: true
                Layout.maximumWidth: message.width * 0.88 - 2 * Theme.m
                Accessible.ignored: true
            }
            TextArea {
                id: field

                objectName: "messageField"
                visible: message.editing
                padding: Theme.s
                font.pixelSize: Theme.fontBody
                Layout.preferredWidth: message.width * 0.7 - 2 * Theme.m
                Accessible.name: qsTr("Message")
                Accessible.multiLine: true
                Keys.onPressed: event => {
                    if (event.key === Qt.Key_Escape)
                        message.editing = false;
                    else if ((event.key === Qt.Key_Return || event.key === Qt.Key_Enter) && event.modifiers & Qt.ControlModifier)
                        save.clicked();
                    else
                        return;
                    event.accepted = true;
                }
            }
            QuietButton {
                id: save

                objectName: "saveMessage"
                visible: message.editing
                text: qsTr("Save (Ctrl+Enter)")
                onClicked: {
                    message.editing = false;
                    message.rewritten(field.text);
                }
            }
        }
    }
}
