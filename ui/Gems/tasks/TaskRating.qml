// SPDX-License-Identifier: Apache-2.0
// Stars to give: by click, by digit, by arrow; the same star again takes them back.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Templates as T
import Gems
import Gems.components

Column {
    id: rating

    required property TaskRow row
    required property var viewModel
    readonly property var part: row.part
    readonly property bool readOnly: viewModel.readOnly
    readonly property int side: Math.round(44 * Theme.textScale)

    spacing: Theme.s

    TaskCaption {
        width: rating.width
        row: rating.row
    }
    Flow {
        id: stars

        objectName: "stars"
        readonly property int value: rating.part.value
        readonly property int minimumValue: 0
        readonly property int maximumValue: rating.part.most
        readonly property int stepSize: 1
        readonly property bool mirrored: Application.layoutDirection === Qt.RightToLeft

        width: rating.width
        visible: !rating.part.slid
        spacing: 4
        activeFocusOnTab: !rating.readOnly
        Accessible.role: Accessible.Slider
        Accessible.focusable: !rating.readOnly
        Accessible.name: rating.row.hint !== "" ? rating.row.hint : rating.row.caption !== "" ? rating.row.caption : qsTr("Rating")
        readonly property string accessibleAbout: value === 0 ? rating.part.taken !== "" ? qsTr("Not rated. Arrows give stars, Delete takes them back.") : qsTr("Not rated. Digits or arrows give stars, Delete takes them back.") : qsTr("%1 of %2 stars").arg(value).arg(maximumValue)
        Accessible.description: accessibleAbout
        Accessible.onIncreaseAction: rating.part.step(1)
        Accessible.onDecreaseAction: rating.part.step(-1)

        Keys.onPressed: event => {
            if (rating.readOnly || event.modifiers & (Qt.ControlModifier | Qt.AltModifier | Qt.MetaModifier))
                return;
            const along = stars.mirrored ? -1 : 1;
            if (rating.part.digit(event.text)) {
                event.accepted = true;
                return;
            }
            if (event.key === Qt.Key_Right || event.key === Qt.Key_Left)
                rating.part.step(event.key === Qt.Key_Right ? along : -along);
            else if (event.key === Qt.Key_Up || event.key === Qt.Key_Down)
                rating.part.step(event.key === Qt.Key_Up ? 1 : -1);
            else if (event.key === Qt.Key_Home && stars.value !== 1)
                rating.part.give(1);
            else if (event.key === Qt.Key_End && stars.value !== stars.maximumValue)
                rating.part.give(stars.maximumValue);
            else if (event.key === Qt.Key_Delete || event.key === Qt.Key_Backspace)
                rating.part.give(0);
            else
                return;
            event.accepted = true;
        }

        Repeater {
            model: rating.part.slid ? 0 : rating.part.most

            T.AbstractButton {
                id: star

                required property int index
                readonly property bool on: index < stars.value

                objectName: "star" + (index + 1)
                implicitWidth: rating.side
                implicitHeight: rating.side
                hoverEnabled: !rating.readOnly
                enabled: !rating.readOnly
                focusPolicy: Qt.NoFocus
                Accessible.ignored: true
                onClicked: {
                    stars.forceActiveFocus(Qt.MouseFocusReason);
                    rating.part.give(index + 1);
                }

                contentItem: Item {
                    Column {
                        anchors.centerIn: parent
                        spacing: -1

                        Icon {
                            anchors.horizontalCenter: parent.horizontalCenter
                            name: "star"
                            color: star.on ? Theme.accentSoftInk : Theme.textMuted
                        }
                        PlainText {
                            anchors.horizontalCenter: parent.horizontalCenter
                            objectName: "number" + (star.index + 1)
                            text: star.index + 1
                            // a digit that means an option is not shown as if it gave stars
                            opacity: star.index < 10 && rating.part.taken.includes(String((star.index + 1) % 10)) ? 0 : 1
                            font.pixelSize: Theme.fontSmall
                            font.weight: star.on ? Font.DemiBold : Font.Normal
                            color: star.on ? Theme.accentSoftInk : Theme.textMuted
                            Accessible.ignored: true
                        }
                    }
                }
                background: Rectangle {
                    radius: Theme.radius
                    color: star.on ? Theme.accentSoft : star.hovered ? Theme.hover : Theme.raised
                    border.width: star.on ? 2 : 1
                    border.color: star.on ? Theme.accent : rating.readOnly ? Theme.border : Theme.outline

                    FocusRing {
                        shown: stars.activeFocus && star.index === Math.max(0, stars.value - 1)
                    }
                }
            }
        }
    }
    Row {
        visible: rating.part.slid
        spacing: Theme.m

        Slider {
            objectName: "slider"
            width: Math.min(rating.width * 0.7, Math.round(320 * Theme.textScale))
            height: rating.side
            enabled: !rating.readOnly
            from: 0
            to: rating.part.most
            stepSize: 1
            snapMode: Slider.SnapAlways
            value: rating.part.value
            Accessible.name: stars.Accessible.name
            Accessible.description: stars.Accessible.description
            // a drag is one edit: sent when the handle is let go, or at once by key
            onMoved: if (!pressed)
                rating.part.slide(value)
            onPressedChanged: if (!pressed)
                rating.part.slide(value)
        }
        PlainText {
            height: rating.side
            verticalAlignment: Text.AlignVCenter
            text: rating.part.value > 0 ? qsTr("%1 of %2").arg(rating.part.value).arg(rating.part.most) : qsTr("Not rated")
            color: rating.part.value > 0 ? Theme.text : Theme.textMuted
        }
    }
}
