// SPDX-License-Identifier: Apache-2.0
// The pages of the application as words with icons; arrow keys move, Enter opens, Ctrl+1 to 9 open from anywhere.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Gems

FocusScope {
    id: rail

    // Each {name, label, icon, badge}; badge is a short text or empty.
    property var pages: []
    property string current: ""
    property bool practice: false

    signal chosen(string name)

    implicitWidth: Math.round(104 + 84 * Theme.textScale)
    Accessible.role: Accessible.PageTabList
    Accessible.name: qsTr("Pages")

    function takeFocus(): void {
        list.currentIndex = Math.max(0, list.currentIndex);
        for (let i = 0; i < pages.length; i++) {
            if (pages[i].name === current)
                list.currentIndex = i;
        }
        list.forceActiveFocus(Qt.TabFocusReason);
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.sunken
    }
    Rectangle {
        anchors.right: parent.right
        width: 1
        height: parent.height
        color: Theme.border
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.s
        anchors.topMargin: Theme.l
        spacing: Theme.l

        RowLayout {
            spacing: Theme.s
            Layout.leftMargin: Theme.s

            Icon {
                name: "gem"
                size: Math.round(22 * Theme.textScale)
                color: Theme.accent
            }
            PlainText {
                text: "Gems"
                font.pixelSize: Theme.fontTitle
                font.weight: Font.DemiBold
                wrapMode: Text.NoWrap
            }
            Item {
                Layout.fillWidth: true
            }
        }
        ListView {
            id: list

            model: rail.pages
            spacing: 2
            clip: true
            focus: true
            activeFocusOnTab: true
            boundsBehavior: Flickable.StopAtBounds
            interactive: contentHeight > height
            keyNavigationEnabled: true
            highlightMoveDuration: 0
            Layout.fillWidth: true
            Layout.fillHeight: true
            Keys.onReturnPressed: rail.chosen(rail.pages[currentIndex].name)
            Keys.onSpacePressed: rail.chosen(rail.pages[currentIndex].name)

            delegate: T.AbstractButton {
                id: entry

                required property int index
                required property var modelData

                readonly property bool here: modelData.name === rail.current
                readonly property bool marked: list.activeFocus && list.currentIndex === index

                width: ListView.view.width
                // closer together before the last of them has to be scrolled to
                height: Math.max(Math.round(27 * Theme.textScale), Math.min(Math.round(38 * Theme.textScale), Math.floor(list.height / rail.pages.length) - list.spacing))
                text: modelData.label
                hoverEnabled: true
                focusPolicy: Qt.NoFocus
                Accessible.role: Accessible.PageTab
                Accessible.name: text
                Accessible.selected: here
                onClicked: rail.chosen(modelData.name)

                background: Rectangle {
                    radius: Theme.radius
                    color: entry.here ? Theme.accentSoft : entry.down ? Theme.pressed : entry.hovered ? Theme.hover : "transparent"
                    border.width: entry.marked ? Theme.focusWidth : Theme.highContrast && entry.here ? 1 : 0
                    border.color: entry.marked ? Theme.focus : Theme.accent
                }
                contentItem: Item {
                    Icon {
                        id: glyph

                        anchors.left: parent.left
                        anchors.leftMargin: Theme.m
                        anchors.verticalCenter: parent.verticalCenter
                        name: entry.modelData.icon
                        color: entry.here ? Theme.accentSoftInk : Theme.textMuted
                    }
                    Text {
                        anchors.left: glyph.right
                        anchors.leftMargin: Theme.m
                        anchors.right: badge.visible ? badge.left : parent.right
                        anchors.rightMargin: Theme.xs
                        anchors.verticalCenter: parent.verticalCenter
                        text: entry.text
                        textFormat: Text.PlainText
                        color: entry.here ? Theme.accentSoftInk : Theme.text
                        elide: Text.ElideRight
                        horizontalAlignment: Text.AlignLeft
                        font.family: Theme.family
                        font.pixelSize: Theme.fontBody
                        font.weight: entry.here ? Font.DemiBold : Font.Medium
                        Accessible.ignored: true
                    }
                    Badge {
                        id: badge

                        anchors.right: parent.right
                        anchors.rightMargin: Theme.s
                        anchors.verticalCenter: parent.verticalCenter
                        visible: text !== ""
                        text: entry.modelData.badge ?? ""
                        tone: entry.here ? "" : "accent"
                    }
                }
            }
        }
        PracticeBadge {
            visible: rail.practice
            text: qsTr("Practice network")
            Layout.leftMargin: Theme.xs
            Layout.bottomMargin: Theme.s
        }
    }
}
