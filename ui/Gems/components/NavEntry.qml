// SPDX-License-Identifier: Apache-2.0
// One page of the rail: icon, word and badge; a name of several words wraps instead of being cut.
import QtQuick
import QtQuick.Templates as T
import Gems

T.AbstractButton {
    id: entry

    property string glyphName: ""
    property string badge: ""
    property bool here: false
    // Whether the keyboard is on it.
    property bool marked: false
    property int least: 0
    // Between the badge and the end: more where a scroll bar stands.
    property int edge: Theme.s

    implicitHeight: Math.max(least, label.implicitHeight + 6)
    hoverEnabled: true
    Accessible.role: Accessible.PageTab
    Accessible.name: text
    Accessible.selected: here

    background: Rectangle {
        radius: Theme.radius
        color: entry.here ? Theme.accentSoft : entry.down ? Theme.pressed : entry.hovered ? Theme.hover : "transparent"
        border.width: entry.marked ? Theme.focusWidth : Theme.highContrast && entry.here ? 1 : 0
        border.color: entry.marked ? Theme.focus : Theme.accent
    }
    contentItem: Item {
        Icon {
            id: glyph

            anchors.left: parent.left
            anchors.leftMargin: Theme.m
            anchors.verticalCenter: parent.verticalCenter
            name: entry.glyphName
            color: entry.here ? Theme.accentSoftInk : Theme.textMuted
        }
        Text {
            id: label

            anchors.left: glyph.right
            anchors.leftMargin: Theme.m
            anchors.right: tag.visible ? tag.left : parent.right
            anchors.rightMargin: Theme.xs
            anchors.verticalCenter: parent.verticalCenter
            text: entry.text
            textFormat: Text.PlainText
            color: entry.here ? Theme.accentSoftInk : Theme.text
            wrapMode: Text.Wrap
            maximumLineCount: 2
            elide: Text.ElideRight
            horizontalAlignment: Text.AlignLeft
            font.family: Theme.family
            font.pixelSize: Theme.fontBody
            font.weight: entry.here ? Font.DemiBold : Font.Medium
            Accessible.ignored: true
        }
        Badge {
            id: tag

            anchors.right: parent.right
            anchors.rightMargin: entry.edge
            anchors.verticalCenter: parent.verticalCenter
            visible: text !== ""
            text: entry.badge
            tone: entry.here ? "" : "accent"
        }
    }
}
