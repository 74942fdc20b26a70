// SPDX-License-Identifier: Apache-2.0
// A sheet above the page.
import QtQuick
import QtQuick.Templates as T
import Gems

T.Popup {
    id: control

    implicitWidth: Math.max(implicitBackgroundWidth + leftInset + rightInset, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: Math.max(implicitBackgroundHeight + topInset + bottomInset, implicitContentHeight + topPadding + bottomPadding)

    padding: Theme.m
    font.family: Theme.family
    font.pixelSize: Theme.fontBody

    background: StyleSheet {}

    T.Overlay.modal: Rectangle {
        color: Theme.scrim
    }
    T.Overlay.modeless: Rectangle {
        color: "transparent"
    }
}
