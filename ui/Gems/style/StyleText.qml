// SPDX-License-Identifier: Apache-2.0
// The words inside a control of this style: plain, whatever they hold.
import QtQuick
import Gems

Text {
    textFormat: Text.PlainText
    color: enabled ? Theme.text : Theme.textDisabled
    elide: Text.ElideRight
    verticalAlignment: Text.AlignVCenter
    horizontalAlignment: Text.AlignLeft
    Accessible.ignored: true
}
