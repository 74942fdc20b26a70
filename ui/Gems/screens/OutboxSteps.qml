// SPDX-License-Identifier: Apache-2.0
// How far one piece of work is, from drafted to paid: a check for what is behind, a ring for what is next, and in words.
pragma ComponentBehavior: Bound

import QtQuick
import Gems
import Gems.components

Row {
    id: steps

    // How many of the five are behind, and whether it ends there.
    required property int behind
    property bool ends: false

    readonly property list<string> names: [qsTr("drafted"), qsTr("sealed"), qsTr("sent"), qsTr("judged"), qsTr("paid")]
    readonly property int size: Math.round(Theme.fontSmall * 1.1)
    readonly property string words: behind === 0 ? qsTr("Not finished yet") : qsTr("Step %1 of 5: %2").arg(behind).arg(names[behind - 1])

    spacing: 2
    Accessible.role: Accessible.ProgressBar
    Accessible.name: words

    Repeater {
        model: 5

        Row {
            id: step

            required property int index

            readonly property bool done: index < steps.behind
            readonly property bool last: steps.ends && index === Math.max(0, steps.behind - 1)

            spacing: 2

            Rectangle {
                visible: step.index > 0
                width: Math.round(steps.size * 0.7)
                height: step.done ? 2 : 1
                color: step.done ? Theme.textMuted : Theme.outline
                anchors.verticalCenter: parent.verticalCenter
            }
            Icon {
                name: step.last ? "x" : step.done ? "check" : step.index === steps.behind && !steps.ends ? "circle-dot" : "circle"
                size: steps.size
                color: step.last ? Theme.bad : step.done ? Theme.good : step.index === steps.behind && !steps.ends ? Theme.text : Theme.outline
                anchors.verticalCenter: parent.verticalCenter
            }
        }
    }
}
