// SPDX-License-Identifier: Apache-2.0
// Many options folded into one line: it opens a list that is searched by typing.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import QtQuick.Templates as T
import Gems
import Gems.components

T.AbstractButton {
    id: select

    required property TaskRow row
    required property var viewModel
    readonly property var part: row.part

    objectName: "select"
    implicitHeight: Math.max(Math.round(44 * Theme.textScale), line.implicitHeight + 12)
    leftPadding: Theme.m
    rightPadding: Theme.m
    hoverEnabled: true
    enabled: !viewModel.readOnly
    focusPolicy: Qt.StrongFocus
    text: part.words !== "" ? part.words : viewModel.readOnly ? qsTr("Nothing chosen") : row.multiple ? qsTr("Choose all that fit") : qsTr("Choose one")
    Accessible.role: Accessible.ComboBox
    Accessible.name: text
    onClicked: list.open()
    Keys.onDownPressed: list.open()

    contentItem: RowLayout {
        id: line

        PlainText {
            text: select.text
            color: select.part.words !== "" ? Theme.text : Theme.textMuted
            Layout.fillWidth: true
            Accessible.ignored: true
        }
        Icon {
            name: "chevron-down"
            color: Theme.textMuted
            visible: select.enabled
        }
    }
    background: Rectangle {
        radius: Theme.radius
        color: select.hovered ? Theme.hover : Theme.raised
        border.width: 1
        border.color: select.enabled ? Theme.outline : Theme.border

        FocusRing {
            shown: select.visualFocus
        }
    }

    Popup {
        id: list

        y: select.height + 2
        width: select.width
        height: Math.min(options.contentHeight + search.height + 2 * padding + Theme.s, Math.round(380 * Theme.textScale))
        margins: Theme.s
        padding: Theme.s
        modal: true
        dim: false
        focus: true
        onAboutToShow: {
            search.clear();
            search.forceActiveFocus(Qt.PopupFocusReason);
        }

        contentItem: Item {
            // what is around it takes its name only from here
            onParentChanged: {
                if (parent)
                    parent.Accessible.name = Qt.binding(() => select.Accessible.name);
            }
            LayoutMirroring.enabled: Application.layoutDirection === Qt.RightToLeft
            LayoutMirroring.childrenInherit: true

            TextField {
                id: search

                objectName: "selectSearch"
                width: parent.width
                maximumLength: 100
                placeholderText: qsTr("Type to search")
                Keys.onDownPressed: options.go(1, -1)
                Keys.onReturnPressed: {
                    const first = options.next(-1, 1);
                    if (first >= 0)
                        options.take(first);
                }
            }
            ListView {
                id: options

                readonly property string wanted: search.text.trim().toLocaleLowerCase()

                objectName: "selectList"
                anchors.fill: parent
                anchors.topMargin: search.height + Theme.s
                model: select.row.options
                clip: true
                cacheBuffer: 0
                boundsBehavior: Flickable.StopAtBounds
                currentIndex: -1
                highlightMoveDuration: 0
                Accessible.role: Accessible.List
                Accessible.name: select.Accessible.name
                ScrollBar.vertical: ScrollBar {}

                function next(from: int, by: int): int {
                    return select.part.next(from, by, search.text);
                }
                function go(by: int, from: int): void {
                    const at = next(from, by);
                    if (at < 0)
                        return;
                    currentIndex = at;
                    forceActiveFocus(Qt.TabFocusReason);
                }
                function take(at: int): void {
                    select.part.toggle(at);
                    if (!select.row.multiple)
                        list.close();
                }

                Keys.onPressed: event => {
                    if (event.key === Qt.Key_Down || event.key === Qt.Key_Up)
                        go(event.key === Qt.Key_Down ? 1 : -1, currentIndex);
                    else if ([Qt.Key_Return, Qt.Key_Enter, Qt.Key_Space].includes(event.key) && currentIndex >= 0)
                        take(currentIndex);
                    else
                        return;
                    event.accepted = true;
                }

                delegate: Item {
                    id: place

                    required property int index
                    required property string text
                    required property string hint
                    required property int depth
                    required property bool chosen
                    required property bool some
                    required property bool able
                    readonly property bool fits: options.wanted === "" || text.toLocaleLowerCase().includes(options.wanted)

                    width: options.width
                    height: fits ? option.implicitHeight + 2 : 0
                    visible: fits

                    TaskOption {
                        id: option

                        width: parent.width - place.depth * Theme.l
                        anchors.right: parent.right
                        enabled: place.able
                        focusPolicy: Qt.NoFocus
                        text: place.text
                        hint: place.hint
                        chosen: place.chosen
                        some: place.some
                        mark: select.row.multiple ? "check" : "radio"
                        onClicked: options.take(place.index)

                        FocusRing {
                            gap: -4
                            shown: options.activeFocus && options.currentIndex === place.index
                        }
                    }
                }
            }
        }
    }
}
