// SPDX-License-Identifier: Apache-2.0
// The only way to write words: never as rich text, whatever the words hold.
import QtQuick
import Gems

Text {
    textFormat: Text.PlainText
    color: Theme.text
    font.family: Theme.family
    font.pixelSize: Theme.fontBody
    wrapMode: Text.Wrap
    horizontalAlignment: Text.AlignLeft
    Accessible.role: Accessible.StaticText
    Accessible.name: text
}
