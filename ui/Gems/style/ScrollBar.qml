// SPDX-License-Identifier: Apache-2.0
// How much of a page is in view.
import QtQuick
import QtQuick.Templates as T
import Gems

T.ScrollBar {
    id: control

    implicitWidth: Math.max(implicitBackgroundWidth + leftInset + rightInset, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: Math.max(implicitBackgroundHeight + topInset + bottomInset, implicitContentHeight + topPadding + bottomPadding)

    padding: 3
    minimumSize: 0.06
    hoverEnabled: true
    visible: policy !== T.ScrollBar.AlwaysOff && size < 1.0

    contentItem: Rectangle {
        implicitWidth: control.hovered || control.pressed ? 8 : 6
        implicitHeight: implicitWidth
        radius: width / 2
        color: control.pressed ? Theme.text : control.hovered ? Theme.textMuted : Theme.outline
        opacity: control.hovered || control.pressed || Theme.highContrast ? 1 : 0.7
    }
}
