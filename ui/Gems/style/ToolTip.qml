// SPDX-License-Identifier: Apache-2.0
// A remark beside what the mouse or the keyboard is on.
import QtQuick
import QtQuick.Templates as T
import Gems

T.ToolTip {
    id: control

    x: parent ? (parent.width - implicitWidth) / 2 : 0
    y: -implicitHeight - 4
    implicitWidth: Math.max(implicitBackgroundWidth, contentWidth + leftPadding + rightPadding)
    implicitHeight: Math.max(implicitBackgroundHeight, implicitContentHeight + topPadding + bottomPadding)
    contentWidth: Math.min(Math.round(320 * Theme.textScale), label.implicitWidth)
    margins: 6
    padding: Theme.s
    delay: 500
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutsideParent | T.Popup.CloseOnReleaseOutsideParent
    font.family: Theme.family
    font.pixelSize: Theme.fontSmall

    contentItem: StyleText {
        id: label

        text: control.text
        font: control.font
        wrapMode: Text.Wrap
        color: Theme.window
    }

    background: Rectangle {
        radius: Theme.radiusSmall
        color: Theme.text
    }
}
