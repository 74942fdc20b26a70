// SPDX-License-Identifier: Apache-2.0
// The glossary: every word with its sentences, in the order of the window's language.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

ColumnLayout {
    id: list

    // Each {word, name, text, example}.
    property var entries: []
    property string chosen: ""

    // Where the chosen word stands, once it has its place.
    signal placed(real top)

    function placeOf(word: string): real {
        for (let i = 0; i < repeater.count; i++) {
            if (entries[i].word === word)
                return y + repeater.itemAt(i).y - Theme.l;
        }
        return 0;
    }

    spacing: Theme.s

    Repeater {
        id: repeater

        model: list.entries

        Rectangle {
            id: entry

            required property var modelData
            readonly property bool here: modelData.word === list.chosen

            objectName: "helpWord." + modelData.word
            onYChanged: {
                if (here)
                    list.placed(list.placeOf(modelData.word));
            }
            implicitHeight: words.implicitHeight + 2 * Theme.s
            radius: Theme.radius
            color: here ? Theme.accentSoft : "transparent"
            border.width: here && Theme.highContrast ? 1 : 0
            border.color: Theme.accent
            Layout.fillWidth: true
            Layout.maximumWidth: Theme.readingWidth

            ColumnLayout {
                id: words

                anchors.left: parent.left
                anchors.right: parent.right
                anchors.margins: Theme.m
                y: Theme.s
                spacing: 2

                PlainText {
                    text: entry.modelData.name
                    color: entry.here ? Theme.accentSoftInk : Theme.text
                    font.weight: Font.DemiBold
                    Layout.fillWidth: true
                    Accessible.role: Accessible.Heading
                }
                PlainText {
                    text: entry.modelData.text
                    color: entry.here ? Theme.accentSoftInk : Theme.text
                    Layout.fillWidth: true
                }
                PlainText {
                    visible: text !== ""
                    text: entry.modelData.example
                    color: entry.here ? Theme.accentSoftInk : Theme.textMuted
                    font.pixelSize: Theme.fontSmall
                    Layout.fillWidth: true
                }
            }
        }
    }
}
