// SPDX-License-Identifier: Apache-2.0
// The number of a step, beside its words and beside what it speaks of in the picture.
import QtQuick
import Gems
import Gems.components

Rectangle {
    id: spot

    // As the window's language writes it.
    property string number: ""

    implicitWidth: Math.round(22 * Theme.textScale)
    implicitHeight: implicitWidth
    radius: width / 2
    color: Theme.accentSoft
    border.width: 1
    border.color: Theme.accent

    PlainText {
        anchors.centerIn: parent
        text: spot.number
        color: Theme.accentSoftInk
        font.pixelSize: Theme.fontSmall
        font.weight: Font.DemiBold
        wrapMode: Text.NoWrap
    }
}
