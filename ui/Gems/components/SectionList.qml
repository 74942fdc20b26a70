// SPDX-License-Identifier: Apache-2.0
// The parts of a page as words with icons: below each other beside the page, or in rows above it where the window is
// narrow. The arrow keys move, Tab goes on into the part.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Gems

Flow {
    id: sections

    // Each {name, label, icon}.
    property var entries: []
    property string current: ""
    property bool beside: false
    property string title: ""

    signal chosen(string name)

    function takeFocus(): void {
        for (let i = 0; i < repeater.count; i++) {
            const entry = repeater.itemAt(i) as T.AbstractButton;
            if (entry?.checked)
                entry.forceActiveFocus(Qt.TabFocusReason);
        }
    }

    spacing: beside ? 2 : Theme.xs
    Accessible.role: Accessible.PageTabList
    Accessible.name: title

    Repeater {
        id: repeater

        model: sections.entries

        T.AbstractButton {
            id: entry

            required property int index
            required property var modelData

            text: modelData.label
            checked: modelData.name === sections.current
            objectName: "section." + modelData.name
            width: sections.beside ? sections.width : implicitWidth
            implicitWidth: row.implicitWidth + 2 * Theme.m
            implicitHeight: Math.round(38 * Theme.textScale)
            hoverEnabled: true
            focusPolicy: checked || activeFocus ? Qt.StrongFocus : Qt.ClickFocus
            Accessible.role: Accessible.PageTab
            Accessible.name: text
            Accessible.selected: checked
            onClicked: sections.chosen(modelData.name)
            Keys.onPressed: event => {
                const back = event.key === Qt.Key_Up || event.key === (mirrored ? Qt.Key_Right : Qt.Key_Left);
                const on = event.key === Qt.Key_Down || event.key === (mirrored ? Qt.Key_Left : Qt.Key_Right);
                if (!back && !on)
                    return;
                event.accepted = true;
                const next = repeater.itemAt(entry.index + (on ? 1 : -1)) as T.AbstractButton;
                if (!next)
                    return;
                sections.chosen(sections.entries[entry.index + (on ? 1 : -1)].name);
                next.forceActiveFocus(Qt.TabFocusReason);
            }

            background: Rectangle {
                radius: Theme.radius
                color: entry.checked ? Theme.accentSoft : entry.down ? Theme.pressed : entry.hovered ? Theme.hover : "transparent"
                border.width: Theme.highContrast && entry.checked ? 1 : 0
                border.color: Theme.accent

                FocusRing {
                    shown: entry.visualFocus
                    gap: 0
                }
            }
            contentItem: Item {
                Row {
                    id: row

                    anchors.left: parent.left
                    anchors.leftMargin: Theme.m
                    anchors.verticalCenter: parent.verticalCenter
                    spacing: Theme.s

                    Icon {
                        anchors.verticalCenter: parent.verticalCenter
                        name: entry.modelData.icon
                        color: entry.checked ? Theme.accentSoftInk : Theme.textMuted
                    }
                    PlainText {
                        anchors.verticalCenter: parent.verticalCenter
                        text: entry.text
                        wrapMode: Text.NoWrap
                        color: entry.checked ? Theme.accentSoftInk : Theme.text
                        font.weight: entry.checked ? Font.DemiBold : Font.Medium
                        Accessible.ignored: true
                    }
                }
            }
        }
    }
}
