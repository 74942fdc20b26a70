// SPDX-License-Identifier: Apache-2.0
// The ground of a row that can be chosen.
import QtQuick
import Gems
import Gems.components

Rectangle {
    id: row

    property bool down: false
    property bool hovered: false
    property bool highlighted: false
    property bool focused: false

    implicitWidth: 100
    implicitHeight: Theme.rowHeight
    radius: Theme.radiusSmall
    color: down ? Theme.pressed : highlighted ? Theme.accentSoft : hovered ? Theme.hover : "transparent"
    border.width: Theme.highContrast && highlighted ? 1 : 0
    border.color: Theme.accent

    FocusRing {
        shown: row.focused
        gap: -2 - Theme.focusWidth
    }
}
