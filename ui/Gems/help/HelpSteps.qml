// SPDX-License-Identifier: Apache-2.0
// The steps of a page; their numbers stand in the picture too.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

ColumnLayout {
    id: list

    // Each {number, text}.
    property var steps: []

    spacing: Theme.m

    Repeater {
        model: list.steps

        RowLayout {
            id: step

            required property var modelData

            objectName: "helpStep"
            spacing: Theme.m
            Layout.fillWidth: true

            HelpSpot {
                number: step.modelData.number
                Layout.alignment: Qt.AlignTop
            }
            PlainText {
                text: step.modelData.text
                lineHeight: 1.15
                Layout.fillWidth: true
            }
        }
    }
}
