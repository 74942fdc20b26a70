// SPDX-License-Identifier: Apache-2.0
// One difference between two answers: where, what each says, and how near they are.
import QtQuick
import Gems
import Gems.components

Rectangle {
    id: row

    required property int index
    required property string text
    required property string region
    property bool current: false

    signal chosen

    implicitHeight: words.implicitHeight + 2 * Theme.xs
    color: hover.hovered && region !== "" ? Theme.hover : "transparent"
    radius: Theme.radiusSmall
    border.width: current ? Theme.focusWidth : 0
    border.color: Theme.focus
    Accessible.role: Accessible.ListItem
    Accessible.name: words.text
    Accessible.focusable: true
    Accessible.focused: current

    HoverHandler {
        id: hover
    }
    TapHandler {
        onTapped: row.chosen()
    }
    PlainText {
        id: words

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: Theme.s
        anchors.verticalCenter: parent.verticalCenter
        text: row.text
        font.pixelSize: Theme.fontSmall
        Accessible.ignored: true
    }
}
