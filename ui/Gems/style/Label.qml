// SPDX-License-Identifier: Apache-2.0
// Words on a page.
import QtQuick
import QtQuick.Templates as T
import Gems

T.Label {
    textFormat: Text.PlainText
    color: enabled ? Theme.text : Theme.textDisabled
    linkColor: Theme.accent
    font.family: Theme.family
    font.pixelSize: Theme.fontBody
}
