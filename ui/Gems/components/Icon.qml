// SPDX-License-Identifier: Apache-2.0
// A picture from the icon font, by name (Glyphs.js); it says nothing to a screen reader, the words beside it do.
import QtQuick
import Gems
import "Glyphs.js" as Glyphs

Text {
    id: icon

    property string name: ""
    property int size: Theme.iconSize
    // False for what shows the way of time, which runs to the right everywhere.
    property bool mirrors: true

    readonly property bool pointsAlong: ["send", "outbox", "undo", "redo", "chevron-left", "chevron-right", "arrow-left", "arrow-right", "skip", "play", "list"].includes(name)

    text: Glyphs.of(name)
    textFormat: Text.PlainText
    color: Theme.text
    font.family: Theme.iconFamily
    font.pixelSize: size
    horizontalAlignment: Text.AlignHCenter
    verticalAlignment: Text.AlignVCenter
    Accessible.ignored: true

    transform: Scale {
        origin.x: icon.width / 2
        xScale: icon.mirrors && icon.pointsAlong && Application.layoutDirection === Qt.RightToLeft ? -1 : 1
    }
}
