// SPDX-License-Identifier: Apache-2.0
// One option with its key in the panel of keys.
import QtQuick
import Gems
import Gems.components

Rectangle {
    id: row

    required property int index
    required property string control
    required property string stored
    required property string text
    required property string key
    required property bool own
    property bool current: false
    property bool waiting: false

    signal chosen

    implicitHeight: Math.max(Theme.rowHeight, words.implicitHeight + 2 * Theme.s)
    color: waiting ? Theme.accentSoft : hover.hovered ? Theme.hover : "transparent"
    radius: Theme.radiusSmall
    border.width: current ? Theme.focusWidth : 0
    border.color: Theme.focus
    Accessible.role: Accessible.ListItem
    Accessible.name: [text, waiting ? qsTr("press its new key") : key !== "" ? qsTr("key %1").arg(key) : qsTr("no key")].join(", ")
    Accessible.focusable: true
    Accessible.focused: current
    Accessible.onPressAction: row.chosen()

    HoverHandler {
        id: hover
    }
    TapHandler {
        onTapped: row.chosen()
    }
    PlainText {
        id: words

        anchors.left: parent.left
        anchors.right: cap.left
        anchors.leftMargin: Theme.s
        anchors.rightMargin: Theme.s
        anchors.verticalCenter: parent.verticalCenter
        text: row.text
        color: row.waiting ? Theme.accentSoftInk : Theme.text
        font.weight: row.own ? Font.DemiBold : Font.Normal
        Accessible.ignored: true
    }
    KeyCap {
        id: cap

        anchors.right: parent.right
        // beside the scroll bar
        anchors.rightMargin: Theme.l
        anchors.verticalCenter: parent.verticalCenter
        keys: row.waiting ? "…" : row.key !== "" ? row.key : "–"
        ink: row.own ? Theme.accent : Theme.textMuted
    }
}
