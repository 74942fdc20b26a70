// SPDX-License-Identifier: Apache-2.0
// How a number moved, painted as one item.
import QtQuick
import Gems
import Gems.items

ChartItem {
    // What a screen reader says instead of the picture.
    property string summary: ""

    kind: "line"
    ink: Theme.accent
    ground: Theme.surface
    labelInk: Theme.textMuted
    lineInk: Theme.border
    labelSize: Theme.fontSmall
    mirrored: Application.layoutDirection === Qt.RightToLeft
    implicitWidth: Math.round(320 * Theme.textScale)
    implicitHeight: Math.round(140 * Theme.textScale)
    Accessible.role: Accessible.Chart
    Accessible.name: summary
}
