// SPDX-License-Identifier: Apache-2.0
// The grid of seed words; a view model fills `words` through its Python method, QML never sees them.
import QtQuick
import Gems
import Gems.items

SecretWords {
    columns: width < 420 * Theme.textScale ? 2 : width < 640 * Theme.textScale ? 3 : 4
    ink: Theme.text
    mutedInk: Theme.textMuted
    cellColor: Theme.surface
    lineColor: Theme.border
    fontSize: Theme.fontBody
    implicitWidth: Math.round(560 * Theme.textScale)
    implicitHeight: Math.ceil(Math.max(12, count) / columns) * Math.round(46 * Theme.textScale)
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Your seed words are on the screen. They are not read aloud.")
}
