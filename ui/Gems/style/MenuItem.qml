// SPDX-License-Identifier: Apache-2.0
// A word of a menu.
import QtQuick
import QtQuick.Templates as T
import Gems
import Gems.components

T.MenuItem {
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

    indicator: Icon {
        x: control.mirrored ? control.width - width - control.rightPadding : control.leftPadding
        y: control.topPadding + (control.availableHeight - height) / 2
        visible: control.checked
        name: control.checkable ? "check" : ""
    }
    arrow: Icon {
        x: control.mirrored ? control.leftPadding : control.width - width - control.rightPadding
        y: control.topPadding + (control.availableHeight - height) / 2
        visible: control.subMenu !== null
        name: control.subMenu ? "chevron-right" : ""
    }

    contentItem: StyleText {
        readonly property real arrowRoom: control.subMenu && control.arrow ? control.arrow.width + control.spacing : 0
        readonly property real checkRoom: control.checkable && control.indicator ? control.indicator.width + control.spacing : 0

        leftPadding: control.mirrored ? arrowRoom : checkRoom
        rightPadding: control.mirrored ? checkRoom : arrowRoom
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
