// SPDX-License-Identifier: Apache-2.0
// How far something is; without an end it stands still, half full.
import QtQuick
import QtQuick.Templates as T
import Gems

T.ProgressBar {
    id: control

    implicitWidth: Math.max(implicitBackgroundWidth + leftInset + rightInset, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: Math.max(implicitBackgroundHeight + topInset + bottomInset, implicitContentHeight + topPadding + bottomPadding)

    contentItem: Item {
        implicitHeight: 8

        Rectangle {
            x: control.mirrored ? parent.width - width : 0
            width: control.indeterminate ? parent.width / 2 : control.position * parent.width
            height: parent.height
            radius: 4
            color: Theme.accent
            opacity: control.indeterminate ? 0.5 : 1
        }
    }

    background: Rectangle {
        implicitWidth: 160
        implicitHeight: 8
        radius: 4
        color: Theme.sunken
        border.width: Theme.highContrast ? 1 : 0
        border.color: Theme.border
    }
}
