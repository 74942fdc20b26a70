// SPDX-License-Identifier: Apache-2.0
// Every colour of the theme: what it is for, and how far it stands out from each ground it is used on.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components
import "Roles.js" as Roles

PageFrame {
    title: "Colours"
    subtitle: "The contrast of WCAG 2.1, measured as you look: words need 4.5, marks and edges 3."

    Repeater {
        model: Roles.ROLES

        Card {
            id: role

            required property var modelData

            padding: Theme.m
            Layout.fillWidth: true

            RowLayout {
                spacing: Theme.m
                Layout.fillWidth: true

                Rectangle {
                    implicitWidth: Math.round(44 * Theme.textScale)
                    implicitHeight: implicitWidth
                    radius: Theme.radius
                    color: Theme[role.modelData.name]
                    border.width: 1
                    border.color: Theme.border
                    Layout.alignment: Qt.AlignTop
                }
                ColumnLayout {
                    spacing: Theme.xs
                    Layout.fillWidth: true

                    PlainText {
                        objectName: "role." + role.modelData.name
                        text: role.modelData.name + "  " + Theme[role.modelData.name]
                        font.weight: Font.DemiBold
                        Layout.fillWidth: true
                    }
                    PlainText {
                        text: role.modelData.use
                        color: Theme.textMuted
                        Layout.fillWidth: true
                    }
                    Flow {
                        visible: role.modelData.on.length > 0
                        spacing: Theme.xs
                        Layout.fillWidth: true

                        Repeater {
                            model: role.modelData.on

                            Rectangle {
                                id: pair

                                required property string modelData
                                readonly property real apart: Roles.contrast(Theme[role.modelData.name], Theme[modelData])
                                readonly property bool enough: apart >= Roles.NEEDS[role.modelData.kind]

                                readonly property bool worded: role.modelData.kind === "text"

                                implicitWidth: words.implicitWidth + 2 * Theme.s + (worded ? 0 : Theme.l)
                                implicitHeight: words.implicitHeight + 2 * Theme.xs
                                radius: Theme.radiusSmall
                                color: Theme[modelData]
                                border.width: 1
                                border.color: Theme.border

                                PlainText {
                                    id: words

                                    anchors.verticalCenter: parent.verticalCenter
                                    anchors.right: parent.right
                                    anchors.rightMargin: Theme.s
                                    text: (pair.enough ? "" : "! ") + pair.modelData + " " + pair.apart.toFixed(1)
                                    color: pair.worded ? Theme[role.modelData.name] : Theme.text
                                    font.pixelSize: Theme.fontSmall
                                    wrapMode: Text.NoWrap
                                }
                                Rectangle {
                                    visible: !pair.worded
                                    anchors.verticalCenter: parent.verticalCenter
                                    anchors.left: parent.left
                                    anchors.leftMargin: Theme.s
                                    width: Theme.m
                                    height: Theme.m
                                    radius: Theme.radiusSmall
                                    color: Theme[role.modelData.name]
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
