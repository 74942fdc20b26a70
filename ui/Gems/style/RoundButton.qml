// SPDX-License-Identifier: Apache-2.0
// A round button.
import QtQuick
import QtQuick.Templates as T
import Gems
import Gems.components

T.RoundButton {
    id: control

    implicitWidth: Math.max(implicitBackgroundWidth + leftInset + rightInset, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: Math.max(implicitBackgroundHeight + topInset + bottomInset, implicitContentHeight + topPadding + bottomPadding)

    leftPadding: Theme.m
    rightPadding: Theme.m
    topPadding: 6
    bottomPadding: 6
    hoverEnabled: true
    font.family: Theme.family
    font.pixelSize: Theme.fontBody
    font.weight: Font.Medium

    contentItem: StyleText {
        text: control.text
        font: control.font
        color: !control.enabled ? Theme.textDisabled : control.highlighted ? Theme.accentInk : control.checked ? Theme.accentSoftInk : control.flat ? Theme.accent : Theme.text
        horizontalAlignment: Text.AlignHCenter
    }

    background: Rectangle {
        implicitWidth: Theme.controlHeight
        implicitHeight: Theme.controlHeight
        radius: control.radius
        color: control.highlighted && control.enabled ? (control.down ? Theme.accentPressed : control.hovered ? Theme.accentHover : Theme.accent) : control.down ? Theme.pressed : control.checked ? Theme.accentSoft : control.hovered && control.enabled ? Theme.hover : control.flat ? "transparent" : Theme.raised
        border.width: control.flat && !Theme.highContrast ? 0 : 1
        border.color: control.checked ? Theme.accent : control.enabled ? Theme.outline : Theme.border

        FocusRing {
            shown: control.visualFocus
            radius: parent.radius + gap
        }
    }
}
