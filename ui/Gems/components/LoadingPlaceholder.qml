// SPDX-License-Identifier: Apache-2.0
// The shape of what is coming, standing still: a moving one would cost a slow machine all the time.
import QtQuick
import QtQuick.Layouts
import Gems

ColumnLayout {
    id: placeholder

    property int rows: 3
    property string text: qsTr("Loading…")

    spacing: Theme.m
    Accessible.role: Accessible.StaticText
    Accessible.name: text

    PlainText {
        text: placeholder.text
        color: Theme.textMuted
        font.pixelSize: Theme.fontSmall
    }
    Repeater {
        model: placeholder.rows

        Rectangle {
            required property int index

            implicitHeight: Theme.rowHeight
            radius: Theme.radius
            color: Theme.sunken
            opacity: 1 - index * 0.22
            Layout.fillWidth: true
        }
    }
}
