// SPDX-License-Identifier: Apache-2.0
// The track and knob of a switch.
import QtQuick
import Gems
import Gems.components

Rectangle {
    id: track

    property bool checked: false
    property bool hovered: false
    property bool focused: false
    property real position: 0

    implicitWidth: Math.round(38 * Theme.textScale)
    implicitHeight: Math.round(22 * Theme.textScale)
    radius: height / 2
    color: !enabled ? Theme.sunken : checked ? (hovered ? Theme.accentHover : Theme.accent) : hovered ? Theme.pressed : Theme.sunken
    border.width: checked && enabled ? 0 : 1
    border.color: enabled ? Theme.outline : Theme.border

    Rectangle {
        x: 3 + track.position * (track.width - width - 6)
        anchors.verticalCenter: parent.verticalCenter
        width: track.height - 8
        height: width
        radius: width / 2
        color: !track.enabled ? Theme.textDisabled : track.checked ? Theme.accentInk : Theme.outline

        Behavior on x {
            NumberAnimation {
                duration: Theme.fast
            }
        }
    }
    FocusRing {
        shown: track.focused
        radius: height / 2
    }
}
