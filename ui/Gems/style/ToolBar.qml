// SPDX-License-Identifier: Apache-2.0
// A bar of tools.
import QtQuick
import QtQuick.Templates as T
import Gems

T.ToolBar {
    id: control

    implicitWidth: Math.max(implicitBackgroundWidth + leftInset + rightInset, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: Math.max(implicitBackgroundHeight + topInset + bottomInset, implicitContentHeight + topPadding + bottomPadding)

    padding: 0
    font.family: Theme.family
    font.pixelSize: Theme.fontBody

    background: Rectangle {
        implicitHeight: Theme.controlHeight
        color: Theme.sunken
    }
}
