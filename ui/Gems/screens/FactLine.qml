// SPDX-License-Identifier: Apache-2.0
// A name and its value on one line; the value may take several lines and never pushes the name away.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

RowLayout {
    id: line

    property string label: ""
    property string value: ""
    property string unit: ""
    property bool strong: false

    spacing: Theme.m
    Layout.fillWidth: true
    Accessible.role: Accessible.StaticText
    Accessible.name: label + " " + value + " " + unit

    PlainText {
        text: line.label
        color: line.strong ? Theme.text : Theme.textMuted
        font.weight: line.strong ? Font.DemiBold : Font.Normal
        Layout.fillWidth: true
        Layout.minimumWidth: Math.round(90 * Theme.textScale)
        Accessible.ignored: true
    }
    PlainText {
        text: line.value + (line.unit !== "" ? " " + line.unit : "")
        font.weight: line.strong ? Font.DemiBold : Font.Normal
        horizontalAlignment: Text.AlignRight
        wrapMode: Text.WrapAtWordBoundaryOrAnywhere
        Layout.maximumWidth: line.width * 0.68
        Accessible.ignored: true
    }
}
