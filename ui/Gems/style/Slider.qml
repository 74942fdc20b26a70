// SPDX-License-Identifier: Apache-2.0
// A value between two ends.
import QtQuick
import QtQuick.Templates as T
import Gems
import Gems.components

T.Slider {
    id: control

    implicitWidth: Math.max(implicitBackgroundWidth + leftInset + rightInset, implicitHandleWidth + leftPadding + rightPadding)
    implicitHeight: Math.max(implicitBackgroundHeight + topInset + bottomInset, implicitHandleHeight + topPadding + bottomPadding)
    padding: 6
    hoverEnabled: true

    handle: Rectangle {
        x: control.leftPadding + (control.horizontal ? control.visualPosition * (control.availableWidth - width) : (control.availableWidth - width) / 2)
        y: control.topPadding + (control.horizontal ? (control.availableHeight - height) / 2 : control.visualPosition * (control.availableHeight - height))
        implicitWidth: Math.round(20 * Theme.textScale)
        implicitHeight: implicitWidth
        radius: width / 2
        color: !control.enabled ? Theme.textDisabled : control.pressed ? Theme.accentPressed : control.hovered ? Theme.accentHover : Theme.accent
        border.width: 2
        border.color: Theme.raised

        FocusRing {
            shown: control.visualFocus
            radius: width / 2
        }
    }

    background: Rectangle {
        x: control.leftPadding + (control.horizontal ? 0 : (control.availableWidth - width) / 2)
        y: control.topPadding + (control.horizontal ? (control.availableHeight - height) / 2 : 0)
        implicitWidth: control.horizontal ? 200 : 6
        implicitHeight: control.horizontal ? 6 : 200
        width: control.horizontal ? control.availableWidth : implicitWidth
        height: control.horizontal ? implicitHeight : control.availableHeight
        radius: 3
        color: Theme.sunken
        border.width: 1
        border.color: Theme.highContrast ? Theme.border : Theme.outline
    }
}
