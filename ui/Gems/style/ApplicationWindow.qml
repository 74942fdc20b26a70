// SPDX-License-Identifier: Apache-2.0
// The window itself.
import QtQuick
import QtQuick.Templates as T
import Gems

T.ApplicationWindow {
    color: Theme.window
    font.family: Theme.family
    font.pixelSize: Theme.fontBody
}
