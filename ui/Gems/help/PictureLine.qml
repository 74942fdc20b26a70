// SPDX-License-Identifier: Apache-2.0
// One line of a picture: the step's number, a sign, a word, and what stands at the end.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

Rectangle {
    id: line

    property string number: ""
    property string iconName: ""
    property string text: ""
    property color ink: Theme.text
    default property alias end: tail.data

    implicitHeight: row.implicitHeight + 2 * Theme.s
    implicitWidth: row.implicitWidth + 2 * Theme.m
    radius: Theme.radius
    color: Theme.raised
    border.width: 1
    border.color: Theme.border
    Layout.fillWidth: true

    RowLayout {
        id: row

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: Theme.m
        y: Theme.s
        spacing: Theme.s

        HelpSpot {
            opacity: line.number !== "" ? 1 : 0
            number: line.number
        }
        Icon {
            visible: line.iconName !== ""
            name: line.iconName
            color: line.ink === Theme.text ? Theme.accent : line.ink
        }
        PlainText {
            text: line.text
            color: line.ink
            font.weight: Font.Medium
            Layout.fillWidth: true
        }
        RowLayout {
            id: tail

            visible: children.length > 0
            spacing: Theme.xs
        }
    }
}
