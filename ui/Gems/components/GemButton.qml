// SPDX-License-Identifier: Apache-2.0
// A button with an icon, a word and a key, in one of four weights; PrimaryButton and its sisters set the weight.
import QtQuick
import QtQuick.Templates as T
import Gems

T.Button {
    id: control

    property string iconName: ""
    property bool iconMirrors: true
    // The key that does the same, shown inside the button, as "Enter" or "Ctrl+R".
    property string keyHint: ""
    // "primary", "secondary", "quiet" or "danger".
    property string variant: "secondary"

    readonly property bool filled: variant === "primary" || variant === "danger"
    readonly property color ink: {
        if (!enabled)
            return Theme.textDisabled;
        if (variant === "primary")
            return Theme.accentInk;
        if (variant === "danger")
            return Theme.dark ? "#2A0906" : "#FFFFFF";
        return variant === "quiet" ? Theme.accent : Theme.text;
    }

    implicitWidth: Math.max(Theme.controlHeight, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: Math.max(Theme.controlHeight, implicitContentHeight + topPadding + bottomPadding)
    leftPadding: text === "" ? Theme.s : Theme.m
    rightPadding: leftPadding
    topPadding: 6
    bottomPadding: 6
    spacing: Theme.s
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    font.family: Theme.family
    font.pixelSize: Theme.fontBody
    font.weight: filled ? Font.DemiBold : Font.Medium
    Accessible.name: text

    contentItem: Item {
        // Summed from what the parts want, since the row itself shrinks with the button.
        implicitWidth: (glyph.visible ? glyph.implicitWidth : 0) + (word.visible ? word.implicitWidth : 0) + (cap.visible ? cap.implicitWidth : 0) + row.spacing * Math.max(0, Number(glyph.visible) + Number(word.visible) + Number(cap.visible) - 1)
        implicitHeight: Math.max(glyph.implicitHeight, word.implicitHeight)

        Row {
            id: row

            anchors.centerIn: parent
            spacing: control.spacing

            Icon {
                id: glyph

                visible: control.iconName !== ""
                name: control.iconName
                mirrors: control.iconMirrors
                color: control.ink
                anchors.verticalCenter: parent.verticalCenter
            }
            Text {
                id: word

                visible: text !== ""
                text: control.text
                textFormat: Text.PlainText
                font: control.font
                color: control.ink
                elide: Text.ElideRight
                width: Math.min(Math.ceil(implicitWidth), control.availableWidth - (glyph.visible ? glyph.width + row.spacing : 0) - (cap.visible ? cap.width + row.spacing : 0))
                anchors.verticalCenter: parent.verticalCenter
                Accessible.ignored: true
            }
            KeyCap {
                id: cap

                visible: control.keyHint !== ""
                keys: control.keyHint
                ink: control.ink
                anchors.verticalCenter: parent.verticalCenter
            }
        }
    }

    background: Rectangle {
        radius: Theme.radius
        color: {
            if (control.filled && !control.enabled)
                return Theme.sunken;
            if (control.variant === "primary")
                return control.down ? Theme.accentPressed : control.hovered ? Theme.accentHover : Theme.accent;
            if (control.variant === "danger")
                return control.down || control.hovered ? Qt.darker(Theme.bad, 1.15) : Theme.bad;
            if (control.down)
                return Theme.pressed;
            if (control.hovered && control.enabled)
                return Theme.hover;
            return control.variant === "quiet" ? "transparent" : Theme.raised;
        }
        border.width: control.variant === "secondary" || Theme.highContrast ? 1 : 0
        border.color: control.enabled ? Theme.outline : Theme.border

        FocusRing {
            shown: control.visualFocus
        }
    }
}
