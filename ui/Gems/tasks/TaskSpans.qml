// SPDX-License-Identifier: Apache-2.0
// A text on which stretches are marked: as high as it is, up to a part of the window; beyond that it scrolls.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Gems
import Gems.items

Rectangle {
    id: sheet

    required property TaskRow row
    required property var viewModel
    readonly property var part: row.part
    readonly property bool marks: part !== null && part.marks && !viewModel.readOnly
    readonly property int most: Math.max(260, Math.round((Window.window?.height ?? 700) * 0.62))

    implicitHeight: Math.min(Math.ceil(canvas.contentHeight) + 4, most)
    color: Theme.surface
    border.color: canvas.activeFocus ? Theme.focus : Theme.border
    border.width: canvas.activeFocus ? Theme.focusWidth : 1
    radius: Theme.radius

    TextCanvas {
        id: canvas

        objectName: "text-" + sheet.row.name
        anchors.fill: parent
        anchors.margins: 2
        part: sheet.part
        ink: Theme.text
        muted: Theme.textMuted
        ground: Theme.surface
        chosen: Theme.accentSoft
        focusInk: Theme.focus
        faultInk: Theme.bad
        fontSize: Math.round(Theme.fontTitle * 1.06)
        smallSize: Theme.fontSmall
        column: Theme.readingWidth
        Accessible.role: Accessible.EditableText
        Accessible.readOnly: true
        Accessible.focusable: true
        Accessible.multiLine: true
        Accessible.name: sheet.part !== null ? sheet.part.shown : ""
        Accessible.description: sheet.marks ? qsTr("Arrows move the cursor, with Shift they select; Enter or the key of a label marks what is selected. Tab goes through the marks; Shift with arrows moves the end of the selected mark, Alt with arrows its start, Delete removes it.") : qsTr("Arrows move the cursor, with Shift they select.")
    }
    ScrollBar {
        id: bar

        anchors.right: parent.right
        anchors.top: parent.top
        anchors.bottom: parent.bottom
        anchors.margins: 2
        orientation: Qt.Vertical
        visible: canvas.contentHeight > canvas.height + 1
        policy: ScrollBar.AlwaysOn
        size: canvas.contentHeight > 0 ? canvas.height / canvas.contentHeight : 1
        position: canvas.contentHeight > 0 ? canvas.scroll / canvas.contentHeight : 0
        onPositionChanged: if (pressed)
            canvas.scroll = position * canvas.contentHeight
    }
}
