// SPDX-License-Identifier: Apache-2.0
// The range in which a worker's true share of right answers lies, over the marks at which a grade begins.
pragma ComponentBehavior: Bound

import QtQuick
import Gems
import Gems.components

Item {
    id: bar

    property real lower: 0
    property real upper: 1
    property string summary: ""
    // Without letters it is only a line, for a row of a list.
    property bool letters: true

    // Where each grade begins and ends, from the protocol's grades.
    readonly property list<var> grades: [zone("F", 0, 0.55), zone("D", 0.55, 0.7), zone("C", 0.7, 0.8), zone("B", 0.8, 0.9), zone("A", 0.9, 1)]

    function zone(letter: string, from: real, to: real): var {
        return {
            letter: letter,
            from: from,
            to: to
        };
    }

    function at(share: real): real {
        const part = Math.max(0, Math.min(1, share));
        return (Application.layoutDirection === Qt.RightToLeft ? 1 - part : part) * width;
    }

    implicitHeight: track.height + (letters ? Math.round(24 * Theme.textScale) : 0)
    implicitWidth: Math.round(240 * Theme.textScale)
    Accessible.role: Accessible.Indicator
    Accessible.name: summary

    Rectangle {
        id: track

        width: parent.width
        height: 14
        radius: 4
        color: Theme.sunken
        border.width: Theme.highContrast ? 1 : 0
        border.color: Theme.border
    }
    Rectangle {
        x: Math.min(bar.at(bar.lower), bar.at(bar.upper))
        y: track.y
        width: Math.max(6, Math.abs(bar.at(bar.upper) - bar.at(bar.lower)))
        height: track.height
        radius: 4
        color: Theme.accent
        border.width: 1
        border.color: Theme.surface
    }
    Repeater {
        model: bar.grades

        Item {
            id: grade

            required property var modelData

            readonly property real start: Math.min(bar.at(modelData.from), bar.at(modelData.to))

            x: start
            width: Math.abs(bar.at(modelData.to) - bar.at(modelData.from))
            height: bar.height

            Rectangle {
                visible: grade.modelData.from > 0
                x: Application.layoutDirection === Qt.RightToLeft ? parent.width - width : 0
                y: -3
                width: 2
                height: track.height + 6
                color: Theme.textMuted
            }
            PlainText {
                visible: bar.letters
                y: track.height + 2
                width: parent.width
                text: grade.modelData.letter
                color: Theme.textMuted
                font.pixelSize: Theme.fontSmall
                font.weight: Font.DemiBold
                horizontalAlignment: Text.AlignHCenter
                wrapMode: Text.NoWrap
                Accessible.ignored: true
            }
        }
    }
}
