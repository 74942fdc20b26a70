// SPDX-License-Identifier: Apache-2.0
// The text to be judged: plain, selectable, in a column made for reading; with marks where the task asks for them.
pragma ComponentBehavior: Bound

import QtQuick
import Gems

Item {
    id: element

    required property TaskRow row
    required property var viewModel
    readonly property bool plain: row.part === null || row.part.plain

    implicitHeight: (loader.item as Item)?.implicitHeight ?? 0

    Loader {
        id: loader

        anchors.fill: parent
        sourceComponent: element.plain ? reading : marking
    }
    Component {
        id: marking

        TaskSpans {
            row: element.row
            viewModel: element.viewModel
        }
    }
    Component {
        id: reading

        Rectangle {
            id: sheet

            implicitHeight: words.implicitHeight + 2 * Theme.l
            color: Theme.surface
            border.color: Theme.border
            border.width: 1
            radius: Theme.radius

            TextEdit {
                id: words

                // at the side where its own script begins
                x: effectiveHorizontalAlignment === TextEdit.AlignRight ? sheet.width - width - Theme.l : Theme.l
                y: Theme.l
                width: Math.min(sheet.width - 2 * Theme.l, Theme.readingWidth)
                text: element.row.text
                textFormat: TextEdit.PlainText
                readOnly: true
                selectByMouse: true
                persistentSelection: false
                activeFocusOnPress: true
                activeFocusOnTab: false
                wrapMode: TextEdit.Wrap
                color: Theme.text
                selectionColor: Theme.accent
                selectedTextColor: Theme.accentInk
                font.family: Theme.family
                font.pixelSize: Math.round(Theme.fontTitle * 1.06)
                Accessible.role: Accessible.StaticText
                Accessible.name: text
            }
        }
    }
}
