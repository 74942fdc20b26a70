// SPDX-License-Identifier: Apache-2.0
// One big number with what it means above and a remark below.
import QtQuick
import QtQuick.Layouts
import Gems

Rectangle {
    id: tile

    property string label: ""
    property string value: ""
    property string unit: ""
    property string note: ""
    property string iconName: ""
    // "", "good", "bad", "warn" or "info": the colour of the remark.
    property string tone: ""
    // A word of the glossary (Explain.qml), and how this very number came about.
    property string word: ""
    property string why: ""
    // What the value is worth in the user's own currency, or "".
    property string beside: ""

    implicitWidth: Math.max(Math.round(150 * Theme.textScale), column.implicitWidth + 2 * Theme.l)
    implicitHeight: column.implicitHeight + 2 * Theme.m
    color: Theme.surface
    border.color: Theme.border
    border.width: 1
    radius: Theme.radius

    ColumnLayout {
        id: column

        anchors.fill: parent
        anchors.leftMargin: Theme.l
        anchors.rightMargin: Theme.l
        anchors.topMargin: Theme.m
        anchors.bottomMargin: Theme.m
        spacing: 2

        RowLayout {
            spacing: Theme.s
            Layout.fillWidth: true

            Icon {
                visible: tile.iconName !== ""
                name: tile.iconName
                size: Math.round(Theme.iconSize * 0.85)
                color: Theme.accent
            }
            PlainText {
                text: tile.label
                color: Theme.textMuted
                font.pixelSize: Theme.fontSmall
                font.weight: Font.Medium
                Layout.fillWidth: true
            }
            Explain {
                word: tile.word
                why: tile.why
            }
        }
        Amount {
            value: tile.value
            unit: tile.unit
            beside: tile.beside
            size: Math.round(Theme.fontDisplay * 0.88)
            Layout.fillWidth: true
        }
        PlainText {
            visible: tile.note !== ""
            text: tile.note
            color: Theme.tone(tile.tone)
            font.pixelSize: Theme.fontSmall
            Layout.fillWidth: true
        }
        Item {
            Layout.fillHeight: true
        }
    }
}
