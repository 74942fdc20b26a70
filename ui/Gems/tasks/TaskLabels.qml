// SPDX-License-Identifier: Apache-2.0
// The labels for boxes: the one in hand is marked; choosing one also relabels the selected box.
pragma ComponentBehavior: Bound

import QtQuick
import Gems

Column {
    id: labels

    required property TaskRow row
    required property var viewModel
    readonly property bool flowing: !row.wide

    spacing: Theme.s

    TaskHint {
        width: labels.width
        visible: !labels.viewModel.readOnly
        text: labels.viewModel.selected !== "" ? qsTr("A box is selected: a label changes it, Delete removes it.") : qsTr("Choose a label, then drag a box on the picture (or press N there).")
    }
    Flow {
        width: labels.width
        spacing: Theme.s
        Accessible.role: Accessible.Grouping
        Accessible.name: qsTr("Labels for boxes")

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

                width: labels.flowing ? Math.min(implicitWidth, labels.width) : labels.width
                mark: "label"
                swatch: colour
                readOnly: labels.viewModel.readOnly
                onClicked: labels.viewModel.toggle(labels.row.name, option.stored)
            }
        }
    }
}
