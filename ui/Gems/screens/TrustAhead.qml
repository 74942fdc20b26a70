// SPDX-License-Identifier: Apache-2.0
// What the next ten tasks could do to the grade.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

Card {
    id: card

    required property QtObject model

    title: qsTr("What the next ten tasks could do")
    iconName: "trend"

    Repeater {
        model: card.model

        ColumnLayout {
            id: scenario

            required property string text
            required property string grade
            required property real lower
            required property real upper

            objectName: "scenario"
            spacing: Theme.xs
            Layout.fillWidth: true

            PlainText {
                text: scenario.text
                Layout.fillWidth: true
            }
            GradeBar {
                lower: scenario.lower
                upper: scenario.upper
                letters: false
                summary: scenario.text
                Layout.fillWidth: true
            }
        }
    }
    Item {
        Layout.fillHeight: true
    }
}
