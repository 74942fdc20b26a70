// SPDX-License-Identifier: Apache-2.0
// Measurements over time: a plot for each channel, what is marked in them, and an overview below.
pragma ComponentBehavior: Bound

import QtQuick
import Gems

Column {
    id: series

    required property TaskRow row
    required property var viewModel
    readonly property var part: row.part

    spacing: Theme.s

    TimeView {
        id: plots

        width: series.width
        part: series.part
        head: Theme.textMuted
        name: series.part.count > 0 ? qsTr("Measurements with %n stretch(es)", "", series.part.count) : qsTr("Measurements")
        about: (series.part.marks ? qsTr("%1 and %2 set where a stretch begins and ends, Enter marks it or the moment at the cursor, Tab goes through the stretches, Delete takes one away.").arg(series.part.beginKey).arg(series.part.endKey) + " " : "") + qsTr("Arrows move the cursor, with Shift ten at a time; plus and minus look closer, 0 shows all.")
    }
    Flow {
        width: series.width
        spacing: Theme.s

        TimeZoom {
            canvas: plots.canvas
        }
        TimeEdges {
            visible: series.part.marks
            part: series.part
            always: true
        }
    }
    TaskHint {
        width: series.width
        text: plots.canvas.activeFocus ? plots.about : !series.part.marks ? "" : series.part.hasSelected ? qsTr("A stretch is selected: drag its edges or press %1 and %2, a label changes it, Delete takes it away.").arg(series.part.beginKey).arg(series.part.endKey) : qsTr("Choose a label, then drag over the plots; a click marks one moment.")
    }
}
