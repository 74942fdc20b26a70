// SPDX-License-Identifier: Apache-2.0
// One sample with what it is called and which state it shows.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

ColumnLayout {
    id: specimen

    property string name: ""
    property string shows: ""
    default property alias content: holder.data

    spacing: Theme.xs

    PlainText {
        text: specimen.name + (specimen.shows === "" ? "" : " · " + specimen.shows)
        color: Theme.textMuted
        font.pixelSize: Theme.fontSmall
        Layout.fillWidth: true
    }
    ColumnLayout {
        id: holder

        spacing: Theme.s
        Layout.fillWidth: true
    }
}
