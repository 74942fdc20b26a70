// SPDX-License-Identifier: Apache-2.0
// How far an appeal is: made, sent, judged again, decided; said in words as well as drawn.
pragma ComponentBehavior: Bound

import QtQuick
import Gems
import Gems.components

Flow {
    id: steps

    // How many of the four are behind, and how it ended.
    required property int step
    required property string stage

    readonly property list<string> names: [qsTr("Written"), qsTr("Sent"), stage === "judging" ? qsTr("Being judged again") : qsTr("Judged again"), stage === "won" ? qsTr("Won") : stage === "lost" ? qsTr("Lost") : stage === "late" ? qsTr("Not taken") : qsTr("Decided")]
    readonly property string endTone: stage === "won" ? "good" : "bad"

    spacing: Theme.s
    Accessible.role: Accessible.ProgressBar
    Accessible.name: stage === "judging" ? names[2] : step > 0 ? names[step - 1] : ""

    Repeater {
        model: steps.names

        Badge {
            required property int index
            required property string modelData

            // an appeal that was not taken was neither sent nor judged
            readonly property bool behind: index < steps.step && (steps.stage !== "late" || index === 0 || index === 3)

            text: modelData
            iconName: behind ? (index === 3 && steps.endTone === "bad" ? "x" : "check") : "clock"
            tone: !behind ? (index === 2 && steps.stage === "judging" ? "warn" : "") : index === 3 ? steps.endTone : "info"
        }
    }
}
