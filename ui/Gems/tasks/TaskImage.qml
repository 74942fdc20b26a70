// SPDX-License-Identifier: Apache-2.0
// The picture to be judged, with its boxes, and buttons to look closer.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components
import Gems.items

Rectangle {
    id: sheet

    required property TaskRow row
    required property var viewModel

    implicitHeight: 240
    color: Theme.sunken
    border.color: Theme.border
    border.width: 1
    radius: Theme.radius

    ImageCanvas {
        id: canvas

        objectName: "canvas"
        anchors.fill: parent
        anchors.margins: 1
        task: sheet.viewModel
        name: sheet.row.name
        picture: sheet.row.picture
        ink: Theme.textMuted
        focusInk: Theme.focus
        fontSize: Theme.fontBody
        Accessible.role: Accessible.Graphic
        Accessible.focusable: true
        Accessible.name: canvas.problem !== "" ? canvas.problem : canvas.boxCount > 0 ? qsTr("Picture of the task with %n box(es)", "", canvas.boxCount) : qsTr("Picture of the task")
        Accessible.description: sheet.viewModel.readOnly ? qsTr("Plus and minus zoom, 0 shows all of it.") : qsTr("Plus and minus zoom, 0 shows all of it. N makes a box, Tab goes through the boxes, arrows move the selected one, Shift with arrows changes its size, Delete removes it.")
    }
    RowLayout {
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.margins: Theme.s
        spacing: 2
        visible: canvas.ready

        Repeater {
            model: [
                {
                    "icon": "zoom-out",
                    "name": qsTr("Zoom out (−)"),
                    "act": () => canvas.zoomOut()
                },
                {
                    "icon": "maximize",
                    "name": qsTr("Show all (0)"),
                    "act": () => canvas.fit()
                },
                {
                    "icon": "zoom-in",
                    "name": qsTr("Zoom in (+)"),
                    "act": () => canvas.zoomIn()
                }
            ]

            SecondaryButton {
                required property var modelData

                iconName: modelData.icon
                focusPolicy: Qt.NoFocus
                opacity: hovered || Theme.highContrast ? 1 : 0.88
                Accessible.name: modelData.name
                onClicked: modelData.act()
            }
        }
    }
}
