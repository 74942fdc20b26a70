// SPDX-License-Identifier: Apache-2.0
// Two things side by side, each as large as there is room; a click or a key says which is better.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Gems
import Gems.components

Column {
    id: pair

    required property TaskRow row
    required property var viewModel
    readonly property var part: row.part
    readonly property bool beside: width >= Math.round(560 * Math.min(Theme.textScale, 1.5))
    readonly property int cardWidth: beside ? Math.floor((width - Theme.l) / 2) : width

    spacing: Theme.s

    TaskCaption {
        width: pair.width
        row: pair.row
        text: pair.row.hint !== "" ? pair.row.hint : pair.viewModel.readOnly ? "" : qsTr("Choose the better one.")
    }
    Grid {
        id: grid

        columns: pair.beside ? 2 : 1
        spacing: Theme.l
        Accessible.role: Accessible.Grouping
        Accessible.name: qsTr("Choose one of two")

        Repeater {
            id: cards

            model: pair.part.cards

            T.AbstractButton {
                id: card

                required property int index
                required property string side
                required text
                required property string picture
                required property string key
                required property bool chosen
                readonly property Item neighbour: cards.count > 1 ? cards.itemAt(1 - index) : null

                objectName: side
                width: pair.cardWidth
                implicitHeight: Math.ceil(content.implicitHeight) + topPadding + bottomPadding
                height: pair.beside ? Math.max(implicitHeight, neighbour?.implicitHeight ?? 0) : implicitHeight
                padding: Theme.l
                topPadding: Theme.m
                hoverEnabled: !pair.viewModel.readOnly
                focusPolicy: pair.viewModel.readOnly ? Qt.NoFocus : Qt.StrongFocus
                Accessible.role: Accessible.RadioButton
                Accessible.name: (index === 0 ? qsTr("First") : qsTr("Second")) + (text !== "" ? ": " + text : picture !== "" ? ": " + qsTr("a picture") : "")
                // Qt's button says `checkable` of itself whenever a reader begins to listen: what is true stands again after it.
                Accessible.checkable: true
                Accessible.checked: card.chosen
                Accessible.onCheckableChanged: Accessible.checkable = true
                Accessible.onCheckedChanged: {
                    if (Accessible.checked !== card.chosen)
                        Accessible.checked = Qt.binding(() => card.chosen);
                }
                Accessible.onPressAction: card.clicked()
                onClicked: pair.part.choose(side)
                Keys.onPressed: event => {
                    const other = [Qt.Key_Left, Qt.Key_Right, Qt.Key_Up, Qt.Key_Down].includes(event.key);
                    if (other && neighbour)
                        neighbour.forceActiveFocus(Qt.TabFocusReason);
                    event.accepted = other;
                }

                contentItem: ColumnLayout {
                    id: content

                    spacing: Theme.m

                    RowLayout {
                        spacing: Theme.s
                        Layout.fillWidth: true

                        Rectangle {
                            implicitWidth: Math.round(20 * Theme.textScale)
                            implicitHeight: implicitWidth
                            radius: width / 2
                            color: card.chosen ? Theme.accent : Theme.raised
                            border.width: card.chosen ? 0 : 2
                            border.color: Theme.outline

                            Icon {
                                anchors.centerIn: parent
                                visible: card.chosen
                                name: "check"
                                size: Math.round(14 * Theme.textScale)
                                color: Theme.accentInk
                            }
                        }
                        PlainText {
                            text: card.index === 0 ? qsTr("First") : qsTr("Second")
                            font.weight: Font.DemiBold
                            color: card.chosen ? Theme.accentSoftInk : Theme.textMuted
                            Layout.fillWidth: true
                            Accessible.ignored: true
                        }
                        KeyCap {
                            visible: card.key !== "" && !pair.viewModel.readOnly
                            keys: card.key
                            ink: card.chosen ? Theme.accentSoftInk : Theme.textMuted
                        }
                    }
                    PlainText {
                        visible: text !== ""
                        text: card.text
                        font.pixelSize: Math.round(Theme.fontTitle * 0.98)
                        color: card.chosen ? Theme.accentSoftInk : Theme.text
                        Layout.fillWidth: true
                        Accessible.ignored: true
                    }
                    TaskThumb {
                        visible: card.picture !== ""
                        picture: card.picture
                        most: Math.round(Math.min(420, pair.cardWidth * 0.75))
                        Layout.fillWidth: true
                        onOpened: whole => pair.part.opened(card.index, whole ? "" : qsTr("A picture of this task cannot be shown."))
                    }
                    Item {
                        Layout.fillHeight: true
                    }
                }
                background: Rectangle {
                    radius: Theme.radius
                    color: card.chosen ? Theme.accentSoft : card.down ? Theme.pressed : card.hovered ? Theme.hover : Theme.surface
                    border.width: card.chosen ? 3 : 1
                    border.color: card.chosen ? Theme.accent : pair.viewModel.readOnly ? Theme.border : Theme.outline

                    FocusRing {
                        shown: card.visualFocus
                    }
                }
            }
        }
    }
}
