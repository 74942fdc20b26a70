// SPDX-License-Identifier: Apache-2.0
// What somebody does not want to be offered, by category.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

Card {
    id: card

    required property var viewModel

    title: qsTr("What you are willing to see")
    iconName: "eye"

    PlainText {
        text: qsTr("Tasks that may disturb are covered until you ask for them. What is switched off here is not offered to you at all.")
        color: Theme.textMuted
        font.pixelSize: Theme.fontSmall
        Layout.fillWidth: true
    }
    Repeater {
        model: card.viewModel.content

        Switch {
            required property string category
            required property string title
            required property bool offered

            objectName: "content." + category
            text: title
            checked: offered
            Layout.fillWidth: true
            onToggled: card.viewModel.offerContent(category, checked)
        }
    }
}
