// SPDX-License-Identifier: Apache-2.0
// Everything marked so far: pick one to see or change what is said about it, hide it, lock it, take it away.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

Column {
    id: regions

    required property TaskRow row
    required property var viewModel
    readonly property var part: row.part
    readonly property bool readOnly: viewModel.readOnly

    spacing: Theme.xs

    RowLayout {
        width: regions.width

        PlainText {
            text: qsTr("Marked: %n", "", regions.part.count)
            font.weight: Font.DemiBold
            Layout.fillWidth: true
            Accessible.role: Accessible.Heading
        }
        QuietButton {
            objectName: "hideAll"
            visible: regions.part.count > 0
            iconName: regions.part.anySeen ? "eye" : "eye-off"
            Accessible.name: regions.part.anySeen ? qsTr("Hide all") : qsTr("Show all")
            onClicked: regions.part.hideAll()
        }
    }
    Rectangle {
        width: regions.width
        height: Math.min(list.contentHeight + 2, Math.round((regions.part.questioned ? 224 : 312) * Math.min(Theme.textScale, 1.5)))
        visible: regions.part.count > 0
        color: Theme.surface
        radius: Theme.radius
        border.width: 1
        border.color: Theme.border

        ListView {
            id: list

            objectName: "regions"
            anchors.fill: parent
            anchors.margins: 1
            model: regions.part.rows
            clip: true
            cacheBuffer: 0
            boundsBehavior: Flickable.StopAtBounds
            interactive: contentHeight > height
            activeFocusOnTab: true
            highlightMoveDuration: 0
            currentIndex: regions.part.current
            Accessible.role: Accessible.List
            Accessible.focusable: true
            Accessible.name: qsTr("What is marked")
            Accessible.description: qsTr("Arrows select, Delete takes away, Alt+H hides, Alt+L locks, Escape selects none.")
            ScrollBar.vertical: ScrollBar {}

            function go(to: int): void {
                const at = Math.max(0, Math.min(to, count - 1));
                const item = itemAtIndex(at) as TaskRegion;
                if (item && !item.selected)
                    regions.part.select(item.stored);
                else if (!item)
                    positionViewAtIndex(at, ListView.Contain);
            }

            Keys.onPressed: event => {
                const item = list.currentItem as TaskRegion;
                const alt = event.modifiers & Qt.AltModifier;
                if (event.key === Qt.Key_Down || event.key === Qt.Key_Up)
                    list.go(list.currentIndex + (event.key === Qt.Key_Down ? 1 : -1));
                else if (item && item.selected && event.key === Qt.Key_Escape)
                    regions.part.select(item.stored);
                else if (item && !regions.readOnly && (event.key === Qt.Key_Delete || event.key === Qt.Key_Backspace))
                    regions.part.drop(item.stored);
                else if (item && alt && event.key === Qt.Key_H)
                    regions.viewModel.setHidden(item.stored, item.seen);
                else if (item && alt && event.key === Qt.Key_L && !regions.readOnly)
                    regions.viewModel.setLocked(item.stored, !item.locked);
                else
                    return;
                event.accepted = true;
            }

            delegate: TaskRegion {
                width: list.width
                readOnly: regions.readOnly
                current: selected && list.activeFocus
                onClicked: {
                    list.forceActiveFocus(Qt.MouseFocusReason);
                    regions.part.select(stored);
                }
                onHideAsked: regions.viewModel.setHidden(stored, seen)
                onLockAsked: regions.viewModel.setLocked(stored, !locked)
                onDropAsked: regions.part.drop(stored)
            }
        }
    }
    Flow {
        width: regions.width
        spacing: Theme.xs
        visible: list.activeFocus && regions.part.count > 0

        Repeater {
            model: regions.readOnly ? [["Alt+H", qsTr("hide")]] : [[qsTr("Del"), qsTr("take away")], ["Alt+H", qsTr("hide")], ["Alt+L", qsTr("lock")]]

            Row {
                id: legend

                required property var modelData

                spacing: Theme.xs

                KeyCap {
                    keys: legend.modelData[0]
                }
                PlainText {
                    text: legend.modelData[1]
                    color: Theme.textMuted
                    font.pixelSize: Theme.fontSmall
                    rightPadding: Theme.s
                }
            }
        }
    }
    TaskHint {
        width: regions.width
        text: regions.part.count === 0 ? qsTr("Nothing is marked yet.") : ""
    }
}
