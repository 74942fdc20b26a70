// SPDX-License-Identifier: Apache-2.0
// What the patterns of a chart mean, each beside its word.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Gems
import Gems.items

Flow {
    id: meanings

    property alias meanings: repeater.model

    spacing: Theme.l

    Repeater {
        id: repeater

        RowLayout {
            id: meaning

            required property var modelData

            spacing: Theme.s
            width: Math.min(implicitWidth, meanings.width)

            ChartItem {
                kind: "swatch"
                pattern: meaning.modelData.pattern
                ink: Theme.accent
                soft: Theme.accentSoft
                ground: Theme.surface
                implicitWidth: Math.round(22 * Theme.textScale)
                implicitHeight: Math.round(12 * Theme.textScale)
            }
            PlainText {
                text: meaning.modelData.text
                color: Theme.textMuted
                font.pixelSize: Theme.fontSmall
                Layout.fillWidth: true
            }
        }
    }
}
