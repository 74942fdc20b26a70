// SPDX-License-Identifier: Apache-2.0
// A button in a tool bar.
import QtQuick
import QtQuick.Templates as T
import Gems
import Gems.components

T.ToolButton {
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
        color: !control.enabled ? Theme.textDisabled : control.checked || control.highlighted ? Theme.accentSoftInk : Theme.text
        horizontalAlignment: Text.AlignHCenter
    }

    background: Rectangle {
        implicitWidth: Theme.controlHeight
        implicitHeight: Theme.controlHeight
        radius: Theme.radius
        color: control.down ? Theme.pressed : control.checked || control.highlighted ? Theme.accentSoft : control.hovered && control.enabled ? Theme.hover : "transparent"
        border.width: Theme.highContrast ? 1 : 0
        border.color: control.checked ? Theme.accent : control.enabled ? Theme.outline : Theme.border

        FocusRing {
            shown: control.visualFocus
            radius: parent.radius + gap
        }
    }
}
