// SPDX-License-Identifier: Apache-2.0
// A word of a tab bar.
import QtQuick
import QtQuick.Templates as T
import Gems
import Gems.components

T.TabButton {
    id: control

    implicitWidth: Math.max(implicitBackgroundWidth + leftInset + rightInset, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: Math.max(implicitBackgroundHeight + topInset + bottomInset, implicitContentHeight + topPadding + bottomPadding)

    padding: 6
    leftPadding: Theme.m
    rightPadding: Theme.m
    hoverEnabled: true
    font.family: Theme.family
    font.pixelSize: Theme.fontBody
    font.weight: checked ? Font.DemiBold : Font.Medium

    contentItem: StyleText {
        text: control.text
        font: control.font
        color: !control.enabled ? Theme.textDisabled : control.checked ? Theme.text : Theme.textMuted
        horizontalAlignment: Text.AlignHCenter
    }

    background: Rectangle {
        implicitHeight: Theme.controlHeight
        color: control.down ? Theme.pressed : control.hovered ? Theme.hover : "transparent"
        radius: Theme.radiusSmall

        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: control.checked ? 3 : 1
            color: control.checked ? Theme.accent : Theme.border
        }
        FocusRing {
            shown: control.visualFocus
            gap: -2 - Theme.focusWidth
        }
    }
}
