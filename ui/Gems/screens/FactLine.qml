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
    // A word of the glossary (Explain.qml), and how this very number came about.
    property string word: ""
    property string why: ""
    // What the value is worth in the user's own currency, or "".
    property string beside: ""

    implicitWidth: Math.round(220 * Theme.textScale)
    implicitHeight: Math.max(name.implicitHeight, amount.implicitHeight + (worth.visible ? worth.implicitHeight : 0))
    Layout.fillWidth: true
    Accessible.role: Accessible.StaticText
    Accessible.name: [label, value, unit, beside].join(" ").trim()

    // The label's width without a break; the shown text's own may change with the width it is given, without an end.
    PlainText {
        id: natural

        visible: false
        wrapMode: Text.NoWrap
        text: line.label
        font: name.font
        Accessible.ignored: true
    }
    PlainText {
        id: name

        anchors.left: parent.left
        width: Math.max(0, Math.min(Math.ceil(natural.implicitWidth) + 1, line.width - amount.width - Theme.m - (help.visible ? help.width + Theme.s : 0)))
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
    PlainText {
        id: worth

        anchors.right: parent.right
        anchors.top: amount.bottom
        width: Math.min(implicitWidth, line.width * 0.66)
        visible: text !== ""
        text: line.beside
        color: Theme.textMuted
        font.pixelSize: Theme.fontSmall
        horizontalAlignment: Text.AlignRight
        Accessible.ignored: true
    }
    Explain {
        id: help

        anchors.left: name.right
        anchors.leftMargin: Theme.s
        y: Math.max(0, (Math.min(name.height, probe.height) - height) / 2)
        word: line.word
        why: line.why
    }
    FontMetrics {
        id: probe

        font: name.font
    }
    TextMetrics {
        id: measure

        font: amount.font
        // the unit stands behind the number, as the page reads
        text: line.unit === "" ? line.value : (line.LayoutMirroring.enabled ? "\u200f" : "") + line.value + " " + line.unit
    }
}
