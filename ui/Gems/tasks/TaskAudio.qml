// SPDX-License-Identifier: Apache-2.0
// A recording to be heard: its wave with what is marked in it, and the player below.
pragma ComponentBehavior: Bound

import QtQuick
import Gems

Column {
    id: audio

    required property TaskRow row
    required property var viewModel
    readonly property var part: row.part

    spacing: Theme.s
    onVisibleChanged: if (!visible)
        part?.rest()

    TimeView {
        id: wave

        width: audio.width
        part: audio.part
        name: audio.part.count > 0 ? qsTr("Recording with %n stretch(es)", "", audio.part.count) : qsTr("Recording")
        about: (audio.part.marks ? qsTr("%1 and %2 set where a stretch begins and ends, Enter marks it, Tab goes through the stretches, Delete takes one away.").arg(audio.part.beginKey).arg(audio.part.endKey) + " " : "") + qsTr("Space plays, arrows go one second, with Shift five, with Ctrl a tenth; plus and minus look closer, 0 shows all.")
    }
    PlayerBar {
        width: audio.width
        part: audio.part
        canvas: wave.canvas
    }
    TaskHint {
        width: audio.width
        text: wave.canvas.activeFocus ? wave.about : !audio.part.marks ? "" : audio.part.hasSelected ? qsTr("A stretch is selected: drag its edges or press %1 and %2, a label changes it, Delete takes it away.").arg(audio.part.beginKey).arg(audio.part.endKey) : qsTr("Choose a label, then drag over the wave, or press %1 and %2 while it plays, then Enter.").arg(audio.part.beginKey).arg(audio.part.endKey)
    }
}
