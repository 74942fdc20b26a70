// SPDX-License-Identifier: Apache-2.0
// The instructions, folded in above the task; they scroll for themselves so that the task keeps its room.
import QtQuick
import QtQuick.Controls
import Gems

Rectangle {
    id: sheet

    // Paragraphs and pictures: {words, picture}, picture a SHA-256 in hex.
    property var rows: null
    property int most: 200

    implicitHeight: Math.min(most, passage.implicitHeight + 2 * Theme.m)
    color: Theme.accentSoft
    radius: Theme.radius
    clip: true
    border.width: activeFocus ? Theme.focusWidth : 0
    border.color: Theme.focus
    activeFocusOnTab: flick.interactive
    Keys.onUpPressed: flick.contentY = Math.max(0, flick.contentY - flick.height * 0.5)
    Keys.onDownPressed: flick.contentY = Math.min(flick.contentHeight - flick.height, flick.contentY + flick.height * 0.5)
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Instructions")

    Flickable {
        id: flick

        anchors.fill: parent
        anchors.margins: Theme.m
        contentWidth: width
        contentHeight: passage.implicitHeight
        interactive: contentHeight > height + 1
        boundsBehavior: Flickable.StopAtBounds

        ScrollBar.vertical: ScrollBar {
            policy: flick.interactive ? ScrollBar.AsNeeded : ScrollBar.AlwaysOff
        }

        InstructionText {
            id: passage

            anchors.left: parent.left
            width: Math.min(parent.width - Theme.m, Theme.readingWidth * 1.3)
            rows: sheet.rows
            ink: Theme.accentSoftInk
        }
    }
}
