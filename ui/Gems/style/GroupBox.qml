// SPDX-License-Identifier: Apache-2.0
// A frame with a title.
import QtQuick
import QtQuick.Templates as T
import Gems

T.GroupBox {
    id: control

    implicitWidth: Math.max(implicitBackgroundWidth + leftInset + rightInset, implicitContentWidth + leftPadding + rightPadding, implicitLabelWidth + leftPadding + rightPadding)
    implicitHeight: Math.max(implicitBackgroundHeight + topInset + bottomInset, implicitContentHeight + topPadding + bottomPadding)
    spacing: Theme.s
    padding: Theme.m
    topPadding: padding + (implicitLabelWidth > 0 ? implicitLabelHeight + spacing : 0)
    font.family: Theme.family
    font.pixelSize: Theme.fontBody

    label: StyleText {
        x: control.leftPadding
        width: control.availableWidth
        text: control.title
        font.family: Theme.family
        font.pixelSize: Theme.fontBody
        font.weight: Font.DemiBold
    }

    background: Rectangle {
        y: control.topPadding - control.bottomPadding
        width: parent.width
        height: parent.height - control.topPadding + control.bottomPadding
        color: "transparent"
        border.color: Theme.border
        radius: Theme.radius
    }
}
