// SPDX-License-Identifier: Apache-2.0
// A line to write in.
import QtQuick
import QtQuick.Templates as T
import Gems

T.TextField {
    id: control

    // What the hint says can be read in whole beside it where the field is too narrow for it.
    readonly property string fullText: hint.truncated ? placeholderText : ""

    T.ToolTip.visible: fullText !== "" && (hovered || visualHint)
    T.ToolTip.text: fullText
    readonly property bool visualHint: activeFocus && hint.visible

    implicitWidth: Math.max(Math.round(200 * Theme.textScale), Math.ceil(hint.implicitWidth) + leftPadding + rightPadding)
    implicitHeight: Math.max(implicitBackgroundHeight + topInset + bottomInset, contentHeight + topPadding + bottomPadding)
    padding: 6
    leftPadding: Theme.m
    rightPadding: Theme.m
    verticalAlignment: TextInput.AlignVCenter
    font.family: Theme.family
    font.pixelSize: Theme.fontBody
    color: enabled ? Theme.text : Theme.textDisabled
    placeholderTextColor: Theme.textMuted
    selectionColor: Theme.accent
    selectedTextColor: Theme.accentInk
    Accessible.name: placeholderText

    StyleText {
        id: hint

        x: control.leftPadding
        y: control.topPadding
        width: control.width - control.leftPadding - control.rightPadding
        height: control.height - control.topPadding - control.bottomPadding
        visible: !control.length && !control.preeditText
        text: control.placeholderText
        font: control.font
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: Theme.fontSmall
        color: control.enabled ? control.placeholderTextColor : Theme.textDisabled
        horizontalAlignment: control.effectiveHorizontalAlignment
        verticalAlignment: control.verticalAlignment
    }

    background: Rectangle {
        implicitWidth: Math.round(200 * Theme.textScale)
        implicitHeight: Theme.controlHeight
        radius: Theme.radius
        // what is only to be read keeps its ink on a ground that is not written on
        color: control.enabled && !control.readOnly ? Theme.raised : Theme.sunken
        border.width: control.activeFocus ? Theme.focusWidth : 1
        border.color: control.activeFocus ? Theme.focus : control.enabled ? Theme.outline : Theme.border
    }
}
