// SPDX-License-Identifier: Apache-2.0
// A name and its value on one line; a long value wraps and never pushes the name away.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

Item {
    id: line

    property string label: ""
    property string value: ""
    property string unit: ""
    property bool strong: false

    implicitWidth: Math.round(220 * Theme.textScale)
    implicitHeight: Math.max(name.implicitHeight, amount.implicitHeight)
    Layout.fillWidth: true
    Accessible.role: Accessible.StaticText
    Accessible.name: label + " " + value + " " + unit

    PlainText {
        id: name

        anchors.left: parent.left
        width: Math.max(0, line.width - amount.width - Theme.m)
        text: line.label
        color: line.strong ? Theme.text : Theme.textMuted
        font.weight: line.strong ? Font.DemiBold : Font.Normal
        Accessible.ignored: true
    }
    PlainText {
        id: amount

        anchors.right: parent.right
        width: Math.min(Math.ceil(measure.advanceWidth) + 2, line.width * 0.66)
        text: measure.text
        font.weight: line.strong ? Font.DemiBold : Font.Normal
        horizontalAlignment: Text.AlignRight
        wrapMode: Text.WrapAtWordBoundaryOrAnywhere
        maximumLineCount: 4
        elide: Text.ElideRight
        Accessible.ignored: true
    }
    TextMetrics {
        id: measure

        font: amount.font
        text: line.value + (line.unit !== "" ? " " + line.unit : "")
    }
}
