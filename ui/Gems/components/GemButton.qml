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
    // Where there is no room: the icon alone, its word and key beside it when the mouse or the keyboard is on it.
    property bool spare: false
    readonly property string fullText: spare ? [text, keyHint].filter(part => part !== "").join("  ") : ""
    // "primary", "secondary", "quiet" or "danger".
    property string variant: "secondary"
    // While what it does is under way: it takes no second press, keeps its word, and says so with a still mark once
    // that lasts long enough to be read.
    property bool busy: false

    // Whether the keyboard came by a key. A dialog that closes, the help or another window gives it back with a reason
    // of its own, and the mark is there again.
    property bool byKey: false

    readonly property bool filled: variant === "primary" || variant === "danger"
    readonly property bool off: !enabled && !busy
    readonly property bool marked: busy && !patience.running
    readonly property color ink: {
        if (marked)
            return Theme.textMuted;
        if (off)
            return Theme.textDisabled;
        if (variant === "primary")
            return Theme.accentInk;
        if (variant === "danger")
            return Theme.badInk;
        return variant === "quiet" ? Theme.accent : Theme.text;
    }

    implicitWidth: Math.max(Theme.controlHeight, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: Math.max(Theme.controlHeight, implicitContentHeight + topPadding + bottomPadding)
    T.ToolTip.visible: fullText !== "" && (hovered || visualFocus)
    T.ToolTip.text: fullText
    T.ToolTip.delay: 500
    leftPadding: !word.visible && !cap.visible ? Theme.s : Theme.m
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
    Accessible.description: marked ? qsTranslate("CarryPage", "Working…") : keyHint
    // Enter presses what the keyboard was brought to; after a click it stays what the page uses it for.
    Keys.onPressed: event => {
        const enter = event.key === Qt.Key_Return || event.key === Qt.Key_Enter;
        if (enter && visualFocus && !event.isAutoRepeat && (event.modifiers & ~Qt.KeypadModifier) === 0) {
            event.accepted = true;
            click();
        }
    }
    onVisualFocusChanged: {
        if (visualFocus)
            byKey = true;
    }
    onFocusReasonChanged: {
        if (focusReason === Qt.MouseFocusReason)
            byKey = false;
    }
    onActiveFocusChanged: {
        if (activeFocus && byKey && !visualFocus)
            focusReason = Qt.TabFocusReason;
    }
    onBusyChanged: {
        if (busy)
            patience.restart();
        else
            patience.stop();
    }

    contentItem: Item {
        // Summed from what the parts want, since the row itself shrinks with the button.
        implicitWidth: (glyph.visible ? glyph.implicitWidth : 0) + (word.visible ? natural.implicitWidth : 0) + (cap.visible ? cap.implicitWidth : 0) + row.spacing * Math.max(0, Number(glyph.visible) + Number(word.visible) + Number(cap.visible) - 1)
        implicitHeight: Math.max(glyph.implicitHeight, word.visible ? word.implicitHeight : 0)

        // The word's width without a break; the shown text's own may change with the width it is given, without an end.
        Text {
            id: natural

            visible: false
            text: control.text
            textFormat: Text.PlainText
            font: control.font
            Accessible.ignored: true
        }
        Row {
            id: row

            anchors.centerIn: parent
            spacing: control.spacing

            Icon {
                id: glyph

                visible: control.iconName !== "" || control.marked
                name: control.marked ? "hourglass" : control.iconName
                mirrors: control.iconMirrors
                color: control.ink
                anchors.verticalCenter: parent.verticalCenter
            }
            Text {
                id: word

                visible: text !== "" && !(control.spare && glyph.visible)
                text: control.text
                textFormat: Text.PlainText
                font: control.font
                color: control.ink
                wrapMode: Text.Wrap
                horizontalAlignment: Text.AlignHCenter
                width: Math.max(1, Math.min(Math.ceil(natural.implicitWidth) + 1, control.availableWidth - (glyph.visible ? glyph.width + row.spacing : 0) - (cap.visible ? cap.width + row.spacing : 0)))
                anchors.verticalCenter: parent.verticalCenter
                Accessible.ignored: true
            }
            KeyCap {
                id: cap

                visible: control.keyHint !== "" && !control.marked && !control.spare
                keys: control.keyHint
                ink: control.ink
                anchors.verticalCenter: parent.verticalCenter
            }
        }
    }

    background: Rectangle {
        radius: Theme.radius
        color: {
            if (control.filled && (control.off || control.marked))
                return Theme.sunken;
            if (control.variant === "primary")
                return control.down ? Theme.accentPressed : control.hovered ? Theme.accentHover : Theme.accent;
            if (control.variant === "danger")
                return control.down ? Theme.badPressed : control.hovered ? Theme.badHover : Theme.bad;
            if (control.down)
                return Theme.pressed;
            if (control.hovered && control.enabled)
                return Theme.hover;
            return control.variant === "quiet" ? "transparent" : Theme.raised;
        }
        border.width: control.variant === "secondary" || control.marked || Theme.highContrast ? 1 : 0
        border.color: control.off ? Theme.border : Theme.outline

        FocusRing {
            shown: control.visualFocus
        }
    }

    Binding {
        target: control
        property: "enabled"
        value: false
        when: control.busy
    }
    Timer {
        id: patience

        interval: Theme.patience
    }
}
