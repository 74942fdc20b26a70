// SPDX-License-Identifier: Apache-2.0
// Requesters that are blocked and campaigns that are hidden, each with the way back.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

PageFrame {
    id: pane

    // A SetAsideViewModel (gems_desktop/viewmodels/set_aside.py).
    required property var setAside

    signal closed

    function takeFocus(): void {
        back.forceActiveFocus(Qt.TabFocusReason);
    }

    title: qsTr("Blocked and hidden")
    subtitle: qsTr("You are not offered this work, and none of it is fetched. Tasks that you have taken stay yours. Only this computer knows it.")
    padding: Theme.l
    actions: [
        SecondaryButton {
            id: back

            objectName: "closeSetAside"
            text: qsTr("Back to Find work")
            iconName: "arrow-left"
            onClicked: pane.closed()
            Keys.onReturnPressed: clicked()
        }
    ]
    Keys.onEscapePressed: pane.closed()

    Repeater {
        model: pane.setAside.rows

        Card {
            id: row

            required property string key
            required property bool blocked
            required property string name
            required property string note

            objectName: "setAsideRow"
            Layout.fillWidth: true

            GridLayout {
                columns: width < 560 * Theme.textScale ? 1 : 2
                columnSpacing: Theme.l
                rowSpacing: Theme.s
                Layout.fillWidth: true

                RowLayout {
                    spacing: Theme.m
                    Layout.fillWidth: true

                    Icon {
                        name: row.blocked ? "user" : "eye-off"
                        color: Theme.textMuted
                    }
                    ColumnLayout {
                        spacing: 2
                        Layout.fillWidth: true

                        PlainText {
                            text: row.name
                            font.weight: Font.Medium
                            Layout.fillWidth: true
                        }
                        PlainText {
                            text: [row.blocked ? qsTr("Blocked") : qsTr("Hidden"), row.note].filter(part => part !== "").join(" · ")
                            color: Theme.textMuted
                            font.pixelSize: Theme.fontSmall
                            Layout.fillWidth: true
                        }
                    }
                }
                SecondaryButton {
                    objectName: "bringBack"
                    text: qsTr("Offer it again")
                    iconName: "undo"
                    Accessible.name: text + ", " + row.name
                    onClicked: pane.setAside.bringBack(row.key, row.blocked)
                    Keys.onReturnPressed: clicked()
                }
            }
        }
    }
    EmptyState {
        visible: pane.setAside.count === 0
        iconName: "check"
        title: qsTr("Nothing is blocked or hidden")
        Layout.fillWidth: true
    }
}
