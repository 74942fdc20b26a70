// SPDX-License-Identifier: Apache-2.0
// The circle of a radio button.
import QtQuick
import Gems
import Gems.components

Rectangle {
    id: ring

    property bool checked: false
    property bool down: false
    property bool hovered: false
    property bool focused: false

    implicitWidth: Math.round(20 * Theme.textScale)
    implicitHeight: implicitWidth
    radius: width / 2
    color: !enabled ? Theme.sunken : down ? Theme.pressed : hovered ? Theme.hover : Theme.raised
    border.width: checked ? 2 : 1
    border.color: !enabled ? Theme.border : checked ? Theme.accent : Theme.outline

    Rectangle {
        anchors.centerIn: parent
        visible: ring.checked
        width: Math.round(ring.width / 2)
        height: width
        radius: width / 2
        color: ring.enabled ? Theme.accent : Theme.textDisabled
    }
    FocusRing {
        shown: ring.focused
        radius: width / 2
    }
}
