// SPDX-License-Identifier: Apache-2.0
// One step of a spin box.
import QtQuick
import Gems
import Gems.components

Item {
    id: step

    property string iconName: ""
    property bool pressed: false
    property bool hovered: false

    implicitWidth: Theme.controlHeight
    implicitHeight: Theme.controlHeight

    Rectangle {
        anchors.fill: parent
        anchors.margins: 3
        radius: Theme.radiusSmall
        color: step.pressed ? Theme.pressed : step.hovered ? Theme.hover : "transparent"
    }
    Icon {
        anchors.centerIn: parent
        name: step.iconName
        size: Math.round(Theme.iconSize * 0.85)
        color: step.enabled ? Theme.text : Theme.textDisabled
    }
}
