// SPDX-License-Identifier: Apache-2.0
// A row, one of several.
import QtQuick
import QtQuick.Templates as T
import Gems

T.RadioDelegate {
    id: control

    implicitWidth: Math.max(implicitBackgroundWidth + leftInset + rightInset, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: Math.max(implicitBackgroundHeight + topInset + bottomInset, implicitContentHeight + topPadding + bottomPadding, implicitIndicatorHeight + topPadding + bottomPadding)

    padding: Theme.s
    leftPadding: Theme.m
    rightPadding: Theme.m
    spacing: Theme.s
    hoverEnabled: true
    font.family: Theme.family
    font.pixelSize: Theme.fontBody

    indicator: StyleRadio {
        x: control.mirrored ? control.leftPadding : control.width - width - control.rightPadding
        y: control.topPadding + (control.availableHeight - height) / 2
        checked: control.checked
        down: control.down
        hovered: control.hovered
    }

    contentItem: StyleText {
        leftPadding: control.mirrored ? (control.indicator?.width ?? 0) + control.spacing : 0
        rightPadding: !control.mirrored ? (control.indicator?.width ?? 0) + control.spacing : 0
        text: control.text
        font: control.font
        color: !control.enabled ? Theme.textDisabled : control.highlighted ? Theme.accentSoftInk : Theme.text
    }

    background: StyleRow {
        down: control.down
        hovered: control.hovered && control.enabled
        highlighted: control.highlighted
        focused: control.visualFocus
    }
}
