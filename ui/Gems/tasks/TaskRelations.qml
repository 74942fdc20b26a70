// SPDX-License-Identifier: Apache-2.0
// Relations between what is marked: made by R from one region to another, named, turned, taken away.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Gems
import Gems.components

Column {
    id: relations

    required property TaskRow row
    required property var viewModel
    readonly property var part: row.part
    readonly property bool readOnly: viewModel.readOnly

    spacing: Theme.s

    Flow {
        width: relations.width
        spacing: Theme.s

        PlainText {
            text: qsTr("Relations: %n", "", relations.part.count)
            font.weight: Font.DemiBold
            Accessible.role: Accessible.Heading
        }
        SecondaryButton {
            objectName: "link"
            visible: !relations.readOnly
            enabled: relations.part.canLink
            text: relations.part.linking ? qsTr("Relate to this (R)") : qsTr("Relate (R)")
            onClicked: relations.part.link()
        }
        QuietButton {
            objectName: "unlink"
            visible: relations.part.linking
            text: qsTr("Cancel (Esc)")
            onClicked: relations.part.cancel()
        }
    }
    TaskHint {
        width: relations.width
        visible: !relations.readOnly && text !== ""
        text: relations.part.linking ? qsTr("From %1: click the other one, or select it and press R.").arg(relations.part.begun) : relations.part.count === 0 ? qsTr("Select what is marked, press R, then click what it relates to.") : ""
    }
    Rectangle {
        width: relations.width
        height: Math.min(list.contentHeight + 2, Math.round(260 * Math.min(Theme.textScale, 1.5)))
        visible: relations.part.count > 0
        color: Theme.surface
        radius: Theme.radius
        border.width: list.activeFocus ? Theme.focusWidth : 1
        border.color: list.activeFocus ? Theme.focus : Theme.border

        ListView {
            id: list

            objectName: "relations"
            anchors.fill: parent
            anchors.margins: 1
            model: relations.part.rows
            clip: true
            cacheBuffer: 0
            boundsBehavior: Flickable.StopAtBounds
            interactive: contentHeight > height
            activeFocusOnTab: true
            highlightMoveDuration: 0
            currentIndex: relations.part.current
            Accessible.role: Accessible.List
            Accessible.focusable: true
            Accessible.name: qsTr("Relations")
            Accessible.description: relations.readOnly ? qsTr("Arrows select.") : qsTr("Arrows select, D turns the direction, Delete takes away.")
            ScrollBar.vertical: ScrollBar {}

            Keys.onPressed: event => {
                const at = list.currentIndex;
                if (event.key === Qt.Key_Down || event.key === Qt.Key_Up)
                    relations.part.pick(Math.max(0, Math.min(at + (event.key === Qt.Key_Down ? 1 : -1), list.count - 1)));
                else if (!relations.readOnly && event.key === Qt.Key_D && at >= 0 && !event.modifiers)
                    relations.part.turn(at);
                else if (!relations.readOnly && (event.key === Qt.Key_Delete || event.key === Qt.Key_Backspace) && at >= 0)
                    relations.part.drop(at);
                else
                    return;
                event.accepted = true;
            }

            delegate: TaskRelation {
                width: list.width
                readOnly: relations.readOnly
                onClicked: {
                    list.forceActiveFocus(Qt.MouseFocusReason);
                    relations.part.pick(index);
                }
                onTurnAsked: relations.part.turn(index)
                onDropAsked: relations.part.drop(index)
            }
        }
    }
    Flow {
        width: relations.width
        spacing: Theme.s
        visible: relations.part.current >= 0 && !relations.readOnly
        Accessible.role: Accessible.Grouping
        Accessible.name: qsTr("What the relation is")

        Repeater {
            model: relations.part.options

            TaskOption {
                required property string stored

                required text
                required hint
                required chosen

                width: Math.min(implicitWidth, relations.width)
                mark: relations.row.multiple ? "check" : "radio"
                onClicked: relations.part.name(stored)
            }
        }
    }
}
