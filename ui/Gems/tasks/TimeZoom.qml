// SPDX-License-Identifier: Apache-2.0
// Buttons to look closer at a line of time.
import QtQuick
import Gems.components

Row {
    id: zoom

    // A TimeCanvas.
    required property var canvas

    spacing: 2

    QuietButton {
        focusPolicy: Qt.NoFocus
        iconName: "zoom-out"
        keyHint: "−"
        Accessible.name: qsTr("Show more time")
        onClicked: zoom.canvas.zoomOut()
    }
    QuietButton {
        focusPolicy: Qt.NoFocus
        iconName: "maximize"
        keyHint: "0"
        Accessible.name: qsTr("Show all of it")
        onClicked: zoom.canvas.fit()
    }
    QuietButton {
        focusPolicy: Qt.NoFocus
        iconName: "zoom-in"
        keyHint: "+"
        Accessible.name: qsTr("Look closer")
        onClicked: zoom.canvas.zoomIn()
    }
}
