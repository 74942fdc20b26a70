// SPDX-License-Identifier: Apache-2.0
// What every chart shares: the painted picture, its current point read out in words, what the patterns mean, and the
// same numbers as a table. BarChart, PairChart, BandChart and AcrossChart say which picture.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Gems

ColumnLayout {
    id: frame

    // Of viewmodels/charting.py: {points: [{label, value, text, said, cells, ...}], ticks: [{value, text}], summary}.
    property var facts: ({})
    // What a screen reader calls it.
    property string title: ""
    // "bars", "pairs", "band" or "across".
    property string kind: "bars"
    // The headings of the table, one for each of the points' cells.
    property list<string> heads: []
    // What the patterns mean, each {pattern, text}.
    property var meanings: []
    // What to do so that there will be something to see.
    property string emptyText: ""
    property bool asTable: false

    readonly property var points: facts?.points ?? []
    readonly property bool empty: points.length === 0
    readonly property int current: picture.hovered >= 0 ? picture.hovered : picture.chosen
    readonly property string readOut: points[current]?.said ?? facts?.summary ?? ""
    readonly property bool mirrored: Application.layoutDirection === Qt.RightToLeft

    spacing: Theme.s

    onPointsChanged: {
        if (picture.chosen >= points.length)
            picture.chosen = -1;
    }

    PlainText {
        visible: frame.empty && text !== ""
        text: frame.emptyText
        color: Theme.textMuted
        Layout.fillWidth: true
        Layout.maximumWidth: Theme.readingWidth
    }
    ChartMeanings {
        visible: !frame.empty && frame.meanings.length > 0
        meanings: frame.meanings
        Layout.fillWidth: true
    }
    ChartPicture {
        id: picture

        objectName: frame.objectName === "" ? "" : frame.objectName + "Picture"
        visible: !frame.empty && !frame.asTable
        frame: frame
        Layout.fillWidth: true
        Layout.preferredHeight: implicitHeight
    }
    Loader {
        active: frame.asTable && !frame.empty
        visible: active
        Layout.fillWidth: true

        sourceComponent: ChartTable {
            objectName: frame.objectName === "" ? "" : frame.objectName + "Table"
            name: frame.title
            heads: frame.heads
            points: frame.points
            newestFirst: frame.kind !== "across"
        }
    }
    GridLayout {
        visible: !frame.empty
        columns: frame.width < 460 * Theme.textScale ? 1 : 2
        columnSpacing: Theme.m
        rowSpacing: Theme.xs
        Layout.fillWidth: true

        PlainText {
            objectName: frame.objectName === "" ? "" : frame.objectName + "ReadOut"
            text: frame.asTable ? frame.facts?.summary ?? "" : frame.readOut
            font.weight: frame.current >= 0 && !frame.asTable ? Font.DemiBold : Font.Normal
            color: frame.current >= 0 && !frame.asTable ? Theme.text : Theme.textMuted
            verticalAlignment: Text.AlignVCenter
            Layout.fillWidth: true
            // two lines fit, so that nothing moves under the mouse
            Layout.minimumHeight: Theme.controlHeight
            Accessible.ignored: !frame.asTable
        }
        QuietButton {
            objectName: frame.objectName === "" ? "" : frame.objectName + "Toggle"
            text: frame.asTable ? qsTr("As a picture") : qsTr("As a table")
            iconName: frame.asTable ? "trend" : "list"
            Accessible.description: frame.title
            onClicked: frame.asTable = !frame.asTable
            Keys.onReturnPressed: clicked()
        }
    }
}
