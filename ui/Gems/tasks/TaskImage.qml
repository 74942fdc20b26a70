// SPDX-License-Identifier: Apache-2.0
// The picture to be judged, with its regions: pages and tools above, what keys do below, buttons to look closer.
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
    readonly property var part: row.part

    implicitHeight: 240
    color: Theme.sunken
    border.color: Theme.border
    border.width: 1
    radius: Theme.radius

    Component.onCompleted: row.closer = sheet.zoom

    function zoom(key: string): bool {
        if (key === "+" || key === "=")
            canvas.zoomIn();
        else if (key === "-" || key === "−")
            canvas.zoomOut();
        else if (key === "0")
            canvas.fit();
        else
            return false;
        return true;
    }

    Keys.onPressed: event => {
        const step = event.key === Qt.Key_PageDown ? 1 : event.key === Qt.Key_PageUp ? -1 : 0;
        if (step !== 0 && sheet.part.pages > 1) {
            sheet.part.turn(step);
            event.accepted = true;
        }
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: 1
        spacing: 0

        TaskImageTools {
            id: bar

            visible: several
            part: sheet.part
            canvas: canvas
            readOnly: sheet.viewModel.readOnly
            Layout.fillWidth: true
            Layout.margins: Theme.s
        }
        ImageCanvas {
            id: canvas

            objectName: "canvas"
            task: sheet.viewModel
            name: sheet.row.name
            picture: sheet.part.picture
            ahead: sheet.part.ahead
            page: sheet.part.page
            paged: sheet.part.paged
            ink: Theme.textMuted
            focusInk: Theme.focus
            fontSize: Theme.fontBody
            Layout.fillWidth: true
            Layout.fillHeight: true
            Accessible.role: Accessible.Graphic
            Accessible.focusable: true
            Accessible.name: canvas.problem !== "" ? canvas.problem : canvas.boxCount > 0 ? qsTr("Picture of the task with %n region(s)", "", canvas.boxCount) : qsTr("Picture of the task")
            Accessible.description: help.words

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
        TaskImageHelp {
            id: help

            canvas: canvas
            readOnly: sheet.viewModel.readOnly
            // Its room is always kept: a picture that moved while it gets the keyboard would move under the hand.
            visible: !sheet.viewModel.readOnly || canvas.marking
            opacity: canvas.activeFocus ? 1 : 0
            Layout.fillWidth: true
            Layout.preferredHeight: lines.height * 2
            Layout.leftMargin: Theme.s
            Layout.rightMargin: Theme.s
            Layout.bottomMargin: 4

            FontMetrics {
                id: lines

                font: help.font
            }
        }
    }
}
