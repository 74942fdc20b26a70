// SPDX-License-Identifier: Apache-2.0
// The options of a choice: below each other, or in a flow where the author or the width asks for it.
pragma ComponentBehavior: Bound

import QtQuick
import Gems

Column {
    id: choices

    required property TaskRow row
    required property var viewModel
    readonly property bool flowing: row.flowing || !row.wide

    spacing: Theme.s

    TaskHint {
        width: choices.width
        text: choices.row.hint
    }
    Flow {
        width: choices.width
        spacing: Theme.s
        Accessible.role: Accessible.Grouping
        Accessible.name: choices.row.multiple ? qsTr("Choose all that fit") : qsTr("Choose one")

        Repeater {
            model: choices.row.options

            TaskOption {
                id: option

                required property string stored
                required property string colour

                // text, key, hint and chosen are the model's roles
                required text
                required key
                required hint
                required chosen

                width: choices.flowing ? Math.min(implicitWidth, choices.width) : choices.width
                mark: choices.row.multiple ? "check" : "radio"
                readOnly: choices.viewModel.readOnly
                onClicked: choices.viewModel.toggle(choices.row.name, option.stored)
            }
        }
    }
}
