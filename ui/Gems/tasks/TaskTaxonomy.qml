// SPDX-License-Identifier: Apache-2.0
// A tree of classes: chosen ones above, a field to search, and the tree itself, worked by arrows and Space.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Gems
import Gems.components

Column {
    id: taxonomy

    required property TaskRow row
    required property var viewModel
    readonly property var part: row.part
    readonly property bool readOnly: viewModel.readOnly
    readonly property bool mirrored: Application.layoutDirection === Qt.RightToLeft

    spacing: Theme.s

    Connections {
        target: taxonomy.viewModel

        function onOpened(): void {
            search.clear();
            tree.currentIndex = 0;
        }
    }
    TaskCaption {
        width: taxonomy.width
        row: taxonomy.row
    }
    Flow {
        width: taxonomy.width
        spacing: Theme.xs
        visible: chips.count > 0
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Chosen")

        Repeater {
            id: chips

            model: taxonomy.part.picked

            SecondaryButton {
                required property int index
                required property string full
                required text

                objectName: "chip" + index
                width: Math.min(implicitWidth, taxonomy.width)
                height: Math.round(36 * Theme.textScale)
                enabled: !taxonomy.readOnly
                iconName: taxonomy.readOnly ? "check" : "x"
                Accessible.name: taxonomy.readOnly ? full : qsTr("Take back %1").arg(full)
                onClicked: taxonomy.part.drop(index)
            }
        }
    }
    TextField {
        id: search

        objectName: "search"
        visible: !taxonomy.readOnly
        width: taxonomy.width
        height: Math.round(44 * Theme.textScale)
        maximumLength: 100
        placeholderText: qsTr("Search the classes")
        onTextChanged: taxonomy.part.search(text)
        Keys.onDownPressed: {
            tree.currentIndex = Math.max(0, tree.currentIndex);
            tree.forceActiveFocus(Qt.TabFocusReason);
        }
        Keys.onEscapePressed: event => {
            event.accepted = text !== "";
            clear();
        }
        Keys.onReturnPressed: if (tree.count > 0)
            taxonomy.part.toggle(Math.max(0, tree.currentIndex))
    }
    Rectangle {
        width: taxonomy.width
        height: Math.min(tree.contentHeight + 2, Math.round(360 * Math.min(Theme.textScale, 1.4)))
        visible: tree.count > 0
        color: Theme.surface
        radius: Theme.radius
        border.width: 1
        border.color: Theme.border

        ListView {
            id: tree

            objectName: "tree"
            anchors.fill: parent
            anchors.margins: 1
            model: taxonomy.part.tree
            clip: true
            cacheBuffer: 0
            boundsBehavior: Flickable.StopAtBounds
            keyNavigationEnabled: true
            activeFocusOnTab: true
            highlightMoveDuration: 0
            Accessible.role: Accessible.Tree
            Accessible.focusable: true
            Accessible.name: taxonomy.row.hint !== "" ? taxonomy.row.hint : taxonomy.row.caption !== "" ? taxonomy.row.caption : qsTr("Classes")
            Accessible.description: qsTr("Arrows move, right opens a branch, left closes it, Space chooses.")
            ScrollBar.vertical: ScrollBar {}

            Keys.onPressed: event => {
                const open = event.key === (taxonomy.mirrored ? Qt.Key_Left : Qt.Key_Right);
                const shut = event.key === (taxonomy.mirrored ? Qt.Key_Right : Qt.Key_Left);
                if (event.key === Qt.Key_Space || event.key === Qt.Key_Return || event.key === Qt.Key_Enter) {
                    if (!taxonomy.readOnly)
                        taxonomy.part.toggle(tree.currentIndex);
                } else if (open) {
                    if (!taxonomy.part.expand(tree.currentIndex, true))
                        tree.incrementCurrentIndex();
                } else if (shut) {
                    if (!taxonomy.part.expand(tree.currentIndex, false))
                        tree.currentIndex = Math.max(0, taxonomy.part.parentOf(tree.currentIndex));
                } else if (event.key === Qt.Key_Home)
                    tree.currentIndex = 0;
                else if (event.key === Qt.Key_End)
                    tree.currentIndex = tree.count - 1;
                else
                    return;
                event.accepted = true;
            }

            delegate: TaskBranch {
                width: tree.width
                current: ListView.isCurrentItem && tree.activeFocus
                readOnly: taxonomy.readOnly
                onPressed: {
                    tree.currentIndex = index;
                    tree.forceActiveFocus(Qt.MouseFocusReason);
                }
                onClicked: if (!taxonomy.readOnly)
                    taxonomy.part.toggle(index)
                onUnfolded: taxonomy.part.expand(index, !opened)
            }
        }
    }
    TaskHint {
        width: taxonomy.width
        visible: text !== ""
        text: taxonomy.part.empty ? qsTr("No class has these letters in its name.") : taxonomy.readOnly ? "" : taxonomy.part.full && taxonomy.part.most > 1 ? qsTr("No more than %n can be chosen.", "", taxonomy.part.most) : ""
    }
    Flow {
        width: taxonomy.width
        spacing: Theme.xs
        visible: !taxonomy.readOnly && tree.activeFocus

        Repeater {
            model: [["↑", ""], ["↓", qsTr("move")], ["→", ""], ["←", qsTr("open, close")], [qsTr("Space"), qsTr("choose")]]

            Row {
                id: legend

                required property var modelData

                spacing: Theme.xs

                KeyCap {
                    keys: legend.modelData[0]
                }
                PlainText {
                    visible: text !== ""
                    text: legend.modelData[1]
                    color: Theme.textMuted
                    font.pixelSize: Theme.fontSmall
                    rightPadding: Theme.s
                }
            }
        }
    }
}
