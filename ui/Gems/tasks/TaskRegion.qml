// SPDX-License-Identifier: Apache-2.0
// One region in the list: its number in its colour, its label, what it holds, and what can be done with it.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Gems
import Gems.components

T.AbstractButton {
    id: region

    required property int index
    required property string stored
    required property int number
    required property string kind
    required property string label
    required property string colour
    required property string snippet
    required property real from_s
    required property real to_s
    required property bool seen
    required property bool locked
    required property bool selected
    property bool readOnly: false
    property bool current: false
    readonly property string name: label !== "" ? label : words(kind)
    readonly property string about: snippet !== "" ? snippet : from_s >= 0 ? clock(from_s) + " – " + clock(to_s) : ""

    signal hideAsked
    signal lockAsked
    signal dropAsked

    // What a region is called that has no label.
    function words(kind: string): string {
        return ({
                "rectangle": qsTr("Box"),
                "polygon": qsTr("Shape"),
                "keypoint": qsTr("Point"),
                "ellipse": qsTr("Ellipse"),
                "brush": qsTr("Painted area"),
                "span": qsTr("Words"),
                "time": qsTr("Stretch"),
                "timeline": qsTr("Stretch"),
                "videorectangle": qsTr("Moving box")
            })[kind] ?? qsTr("Mark");
    }

    function clock(seconds: real): string {
        if (seconds > 86400 * 2)
            return seconds.toFixed(0);
        const whole = Math.floor(seconds / 60);
        return whole + ":" + (seconds - whole * 60).toFixed(1).padStart(4, "0");
    }

    implicitHeight: Math.max(Math.round(44 * Theme.textScale), parts.implicitHeight + 8)
    leftPadding: mirrored ? Theme.xs : Theme.s
    rightPadding: mirrored ? Theme.s : Theme.xs
    hoverEnabled: true
    focusPolicy: Qt.NoFocus
    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("%1, %2").arg(number).arg(name) + (about !== "" ? ", " + about : "") + (seen ? "" : ", " + qsTr("hidden")) + (locked ? ", " + qsTr("locked") : "")
    Accessible.selectable: true
    Accessible.selected: selected
    Accessible.onPressAction: region.clicked()

    contentItem: RowLayout {
        id: parts

        spacing: Theme.s

        Rectangle {
            implicitWidth: Math.max(implicitHeight, digits.implicitWidth + 10)
            implicitHeight: digits.implicitHeight + 6
            radius: Theme.radiusSmall
            color: region.seen ? region.colour : "transparent"
            border.width: region.seen ? 0 : 2
            border.color: region.colour

            PlainText {
                id: digits

                anchors.centerIn: parent
                text: region.number
                font.pixelSize: Theme.fontSmall
                font.weight: Font.DemiBold
                color: !region.seen ? Theme.text : parent.color.hslLightness > 0.62 ? Theme.inkOnPale : Theme.inkOnDeep
                Accessible.ignored: true
            }
        }
        ColumnLayout {
            spacing: 0
            Layout.fillWidth: true

            PlainText {
                text: region.name
                font.weight: region.selected ? Font.DemiBold : Font.Normal
                color: region.selected ? Theme.accentSoftInk : region.seen ? Theme.text : Theme.textMuted
                wrapMode: Text.Wrap
                Layout.fillWidth: true
                Accessible.ignored: true
            }
            PlainText {
                visible: text !== ""
                text: region.about
                font.pixelSize: Theme.fontSmall
                color: region.selected ? Theme.accentSoftInk : Theme.textMuted
                Layout.fillWidth: true
                Accessible.ignored: true
            }
        }
        Row {
            Repeater {
                model: [
                    {
                        "icon": region.seen ? "eye" : "eye-off",
                        "name": region.seen ? qsTr("Hide") : qsTr("Show"),
                        "act": () => region.hideAsked(),
                        "shown": true
                    },
                    {
                        "icon": region.locked ? "lock" : "unlock",
                        "name": region.locked ? qsTr("Unlock") : qsTr("Lock"),
                        "act": () => region.lockAsked(),
                        "shown": !region.readOnly
                    },
                    {
                        "icon": "trash",
                        "name": qsTr("Take away"),
                        "act": () => region.dropAsked(),
                        "shown": !region.readOnly && !region.locked
                    }
                ]

                QuietButton {
                    required property var modelData

                    objectName: modelData.icon + region.number
                    visible: modelData.shown
                    iconName: modelData.icon
                    focusPolicy: Qt.NoFocus
                    width: Math.round(36 * Theme.textScale)
                    height: Math.round(40 * Theme.textScale)
                    Accessible.name: qsTr("%1: %2 %3").arg(modelData.name).arg(region.number).arg(region.name)
                    onClicked: modelData.act()
                }
            }
        }
    }
    background: Rectangle {
        color: region.selected ? Theme.accentSoft : region.hovered ? Theme.hover : "transparent"
        radius: Theme.radiusSmall
        border.width: region.current ? Theme.focusWidth : 0
        border.color: Theme.focus
    }
}
