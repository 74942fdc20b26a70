// SPDX-License-Identifier: Apache-2.0
// The text to be judged: plain, selectable, in a column made for reading.
import QtQuick
import Gems

Rectangle {
    id: sheet

    required property TaskRow row
    required property var viewModel

    implicitHeight: words.implicitHeight + 2 * Theme.l
    color: Theme.surface
    border.color: Theme.border
    border.width: 1
    radius: Theme.radius

    TextEdit {
        id: words

        x: Theme.l
        y: Theme.l
        width: Math.min(sheet.width - 2 * Theme.l, Theme.readingWidth)
        text: sheet.row.text
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
