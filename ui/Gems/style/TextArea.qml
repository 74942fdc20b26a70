// SPDX-License-Identifier: Apache-2.0
// Room to write in.
import QtQuick
import QtQuick.Templates as T
import Gems

T.TextArea {
    id: control

    implicitWidth: Math.round(200 * Theme.textScale) || Math.max(contentWidth, hint.implicitWidth) + leftPadding + rightPadding
    implicitHeight: Math.max(implicitBackgroundHeight + topInset + bottomInset, contentHeight + topPadding + bottomPadding)
    padding: 6
    leftPadding: Theme.m
    rightPadding: Theme.m
    textFormat: TextEdit.PlainText
    wrapMode: TextEdit.Wrap
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
        color: control.enabled ? control.placeholderTextColor : Theme.textDisabled
        horizontalAlignment: control.effectiveHorizontalAlignment
        verticalAlignment: control.verticalAlignment
        wrapMode: Text.Wrap
    }

    background: Rectangle {
        implicitWidth: Math.round(200 * Theme.textScale)
        implicitHeight: Math.round(96 * Theme.textScale)
        radius: Theme.radius
        // what is only to be read keeps its ink on a ground that is not written on
        color: control.enabled && !control.readOnly ? Theme.raised : Theme.sunken
        border.width: control.activeFocus ? Theme.focusWidth : 1
        border.color: control.activeFocus ? Theme.focus : control.enabled ? Theme.outline : Theme.border
    }
}
