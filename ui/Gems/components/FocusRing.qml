// SPDX-License-Identifier: Apache-2.0
// The mark around what the keyboard is on; put inside the control's background.
import QtQuick
import Gems

Rectangle {
    property bool shown: false
    property int gap: 2

    anchors.fill: parent
    anchors.margins: -gap - border.width
    visible: shown
    color: "transparent"
    border.color: Theme.focus
    border.width: Theme.focusWidth
    radius: Theme.radius + gap
}
