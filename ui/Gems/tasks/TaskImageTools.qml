// SPDX-License-Identifier: Apache-2.0
// Above a picture: the shapes that can be drawn where there are several, the brush, and the pages where there are several.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

RowLayout {
    id: bar

    required property var part
    required property var canvas
    required property bool readOnly
    readonly property bool brushing: !readOnly && canvas.toolKind === "brush"
    readonly property bool several: part.pages > 1 || brushing || (!readOnly && tools.count > 0)
    readonly property var names: ({
            "rectangle": qsTr("Box"),
            "ellipse": qsTr("Ellipse"),
            "polygon": qsTr("Polygon"),
            "keypoint": qsTr("Point"),
            "brush": qsTr("Brush")
        })

    spacing: Theme.s

    Flow {
        spacing: Theme.s
        Layout.fillWidth: true
        Accessible.role: Accessible.ToolBar
        Accessible.name: qsTr("Tools for the picture")

        Repeater {
            id: tools

            model: bar.part.tools

            SecondaryButton {
                required property string control
                required property string kind
                required property string key
                required property bool chosen

                visible: !bar.readOnly
                text: bar.names[kind] ?? kind
                keyHint: key
                checkable: true
                checked: chosen
                variant: chosen ? "primary" : "secondary"
                Accessible.role: Accessible.RadioButton
                Accessible.checkable: true
                Accessible.checked: chosen
                onClicked: bar.part.chooseTool(control)
            }
        }
        SecondaryButton {
            objectName: "eraser"
            visible: bar.brushing
            text: qsTr("Eraser")
            keyHint: "E"
            variant: bar.canvas.erasing ? "primary" : "secondary"
            checkable: true
            checked: bar.canvas.erasing
            onClicked: bar.canvas.erasing = !bar.canvas.erasing
        }
        Row {
            visible: bar.brushing
            height: Theme.controlHeight
            spacing: Theme.s

            KeyCap {
                keys: "["
                anchors.verticalCenter: parent.verticalCenter
            }
            PlainText {
                text: qsTr("Brush: %1").arg(bar.canvas.brushWidth)
                color: Theme.textMuted
                anchors.verticalCenter: parent.verticalCenter
            }
            KeyCap {
                keys: "]"
                anchors.verticalCenter: parent.verticalCenter
            }
        }
    }
    RowLayout {
        visible: bar.part.pages > 1
        spacing: 4
        Accessible.role: Accessible.Grouping
        Accessible.name: qsTr("Pages")

        SecondaryButton {
            objectName: "pageBack"
            iconName: Application.layoutDirection === Qt.RightToLeft ? "chevron-right" : "chevron-left"
            enabled: bar.part.page > 0
            Accessible.name: qsTr("Page before (Page Up)")
            onClicked: bar.part.turn(-1)
        }
        PlainText {
            objectName: "pageWords"
            text: qsTr("%1 of %2").arg(bar.part.page + 1).arg(bar.part.pages)
            color: Theme.text
            Layout.alignment: Qt.AlignVCenter
        }
        SecondaryButton {
            objectName: "pageOn"
            iconName: Application.layoutDirection === Qt.RightToLeft ? "chevron-left" : "chevron-right"
            enabled: bar.part.page < bar.part.pages - 1
            Accessible.name: qsTr("Next page (Page Down)")
            onClicked: bar.part.turn(1)
        }
        KeyCap {
            keys: qsTr("PgUp PgDn")
        }
    }
}
