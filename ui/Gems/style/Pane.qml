// SPDX-License-Identifier: Apache-2.0
// A plain ground.
import QtQuick
import QtQuick.Templates as T
import Gems

T.Pane {
    id: control

    implicitWidth: Math.max(implicitBackgroundWidth + leftInset + rightInset, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: Math.max(implicitBackgroundHeight + topInset + bottomInset, implicitContentHeight + topPadding + bottomPadding)

    padding: Theme.m
    font.family: Theme.family
    font.pixelSize: Theme.fontBody

    background: Rectangle {
        color: Theme.window
    }
}
