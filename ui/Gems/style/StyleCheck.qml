// SPDX-License-Identifier: Apache-2.0
// The square of a check box.
import QtQuick
import Gems
import Gems.components

Rectangle {
    id: box

    property int checkState: Qt.Unchecked
    property bool down: false
    property bool hovered: false
    property bool focused: false

    readonly property bool filled: checkState !== Qt.Unchecked

    implicitWidth: Math.round(20 * Theme.textScale)
    implicitHeight: implicitWidth
    radius: Theme.radiusSmall
    color: !enabled ? Theme.sunken : filled ? (down ? Theme.accentPressed : hovered ? Theme.accentHover : Theme.accent) : down ? Theme.pressed : hovered ? Theme.hover : Theme.raised
    border.width: filled && enabled ? 0 : Theme.highContrast ? 2 : 1
    border.color: enabled ? Theme.outline : Theme.border

    Icon {
        anchors.centerIn: parent
        visible: box.filled
        name: box.checkState === Qt.PartiallyChecked ? "minus" : "check"
        size: Math.round(box.width * 0.8)
        color: box.enabled ? Theme.accentInk : Theme.textDisabled
    }
    FocusRing {
        shown: box.focused
        radius: Theme.radiusSmall + 2
    }
}
