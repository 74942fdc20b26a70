// SPDX-License-Identifier: Apache-2.0
// Items to read, one below the other.
pragma ComponentBehavior: Bound

import QtQuick
import Gems
import Gems.components

Column {
    id: list

    required property TaskRow row
    required property var viewModel

    spacing: Theme.s
    Accessible.role: Accessible.List
    Accessible.name: list.row.part.title

    PlainText {
        visible: text !== ""
        width: list.width
        text: list.row.part.title
        font.weight: Font.DemiBold
        Accessible.role: Accessible.Heading
    }
    Repeater {
        model: list.row.part.items

        TaskCard {
            required number
            required title
            required body
            required picture

            width: list.width
            Accessible.role: Accessible.ListItem
            Accessible.name: title !== "" ? title : body
            Accessible.description: title !== "" ? body : ""
        }
    }
}
