// SPDX-License-Identifier: Apache-2.0
// A row of a list.
import QtQuick
import QtQuick.Templates as T
import Gems

T.ItemDelegate {
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

    contentItem: StyleText {
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
