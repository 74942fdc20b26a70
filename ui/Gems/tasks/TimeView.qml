// SPDX-License-Identifier: Apache-2.0
// A line of time with its play head, which moves without anything else being painted anew.
pragma ComponentBehavior: Bound

import QtQuick
import Gems
import Gems.items

Rectangle {
    id: frame

    // A TimelinePart (gems_desktop/viewmodels/parts/timeline.py).
    required property var part
    property string name: ""
    property string about: ""
    property color head: Theme.text
    readonly property alias canvas: line

    implicitHeight: Math.round(line.tall) + 2
    color: Theme.surface
    border.color: Theme.border
    border.width: 1
    radius: Theme.radius

    TimeCanvas {
        id: line

        objectName: "time"
        anchors.fill: parent
        anchors.margins: 1
        part: frame.part
        ink: Theme.textMuted
        waveInk: Theme.accent
        grid: Theme.grid
        ground: Theme.surface
        focusInk: Theme.focus
        fontSize: Theme.fontBody
        Accessible.role: Accessible.Slider
        Accessible.focusable: true
        Accessible.name: frame.name + ", " + frame.part.words
        Accessible.description: frame.about

        Rectangle {
            x: Math.round(line.headX) - 1
            y: line.headTop
            width: 2
            height: Math.max(0, line.headBottom - y)
            visible: line.headX >= 0 && line.headX <= line.width
            color: frame.head

            Rectangle {
                anchors.horizontalCenter: parent.horizontalCenter
                y: -height / 2
                width: 8
                height: 8
                radius: 4
                color: frame.head
            }
        }
    }
}
