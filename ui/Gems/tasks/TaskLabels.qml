// SPDX-License-Identifier: Apache-2.0
// The labels: the one in hand is marked; choosing one also relabels what is selected; one that is used up rests.
pragma ComponentBehavior: Bound

import QtQuick
import Gems
import Gems.components

Column {
    id: labels

    required property TaskRow row
    required property var viewModel
    readonly property var part: row.part
    readonly property bool flowing: row.flowing || !row.wide
    // What to do with the label in hand, by what a gesture makes.
    readonly property string gesture: ({
            "rectangle": qsTr("Choose a label, then drag a box on the picture (or press N there)."),
            "ellipse": qsTr("Choose a label, then drag an ellipse on the picture."),
            "polygon": qsTr("Choose a label, then click the corners of the shape on the picture."),
            "keypoint": qsTr("Choose a label, then click the point on the picture."),
            "brush": qsTr("Choose a label, then paint on the picture."),
            "span": qsTr("Choose a label, then select words in the text."),
            "time": part.target === "timeseries" ? qsTr("Choose a label, then drag over the chart.") : qsTr("Choose a label, then drag over the sound."),
            "timeline": qsTr("Choose a label, then drag over the timeline."),
            "videorectangle": qsTr("Choose a label, then drag a box on the film.")
        })[part.gesture] ?? ""

    readonly property string change: part.gesture === "rectangle" ? qsTr("A box is selected: a label changes it, Delete removes it.") : qsTr("A mark is selected: a label changes it, Delete removes it.")

    spacing: Theme.s

    TaskCaption {
        id: caption

        width: labels.width
        // as high with either sentence, so that nothing below moves when something is selected
        height: Math.max(implicitHeight, first.implicitHeight, second.implicitHeight)
        visible: !labels.viewModel.readOnly && (text !== "" || labels.row.needed)
        row: labels.row
        text: labels.viewModel.relabels ? labels.change : labels.gesture
    }
    PlainText {
        id: first

        visible: false
        width: labels.width
        text: labels.change
    }
    PlainText {
        id: second

        visible: false
        width: labels.width
        text: labels.gesture
    }
    Flow {
        width: labels.width
        spacing: Theme.s
        Accessible.role: Accessible.Grouping
        Accessible.name: qsTr("Labels")

        Repeater {
            model: labels.row.options

            TaskOption {
                id: option

                required property string stored
                required property string colour

                required text
                required key
                required hint
                required chosen
                required picture

                width: labels.flowing ? Math.min(implicitWidth, labels.width) : labels.width
                mark: "label"
                swatch: colour
                enabled: !labels.part.spent.includes(stored) || labels.viewModel.readOnly
                readOnly: labels.viewModel.readOnly
                Accessible.description: enabled ? hint : qsTr("Used as often as it may be")
                onClicked: labels.viewModel.toggle(labels.row.name, option.stored)
            }
        }
    }
}
