// SPDX-License-Identifier: Apache-2.0
// A mark from 1 to 5 for one question; the arrow keys move it, nothing is marked at first.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Gems

GridLayout {
    id: row

    property string question: ""
    property string worst: ""
    property string best: ""
    // 0 while nothing is marked.
    property int mark: 0

    signal marked(int mark)

    columns: width < 420 * Theme.textScale ? 1 : 2
    columnSpacing: Theme.m
    rowSpacing: Theme.xs
    Accessible.role: Accessible.Grouping
    Accessible.name: question

    PlainText {
        text: row.question
        font.weight: Font.Medium
        wrapMode: Text.NoWrap
        elide: Text.ElideRight
        Layout.fillWidth: true
        Layout.maximumWidth: row.columns === 1 ? Number.POSITIVE_INFINITY : Math.round(130 * Theme.textScale)
        Layout.preferredWidth: Math.round(130 * Theme.textScale)
    }
    Flow {
        spacing: Theme.xs
        Layout.fillWidth: true

        Repeater {
            id: marks

            model: 5

            T.AbstractButton {
                id: one

                required property int index

                readonly property int value: index + 1

                objectName: "mark" + value
                text: value
                checked: row.mark === value
                implicitWidth: Theme.controlHeight
                implicitHeight: Theme.controlHeight
                hoverEnabled: true
                focusPolicy: checked || (row.mark === 0 && index === 0) ? Qt.StrongFocus : Qt.ClickFocus
                Accessible.role: Accessible.RadioButton
                // Qt's button says `checkable` of itself whenever a reader begins to listen: what is true stands again after it.
                Accessible.checkable: true
                Accessible.checked: one.checked
                Accessible.onCheckableChanged: Accessible.checkable = true
                Accessible.onCheckedChanged: {
                    if (Accessible.checked !== one.checked)
                        Accessible.checked = Qt.binding(() => one.checked);
                }
                Accessible.name: value === 1 ? qsTr("%1: 1, %2").arg(row.question).arg(row.worst) : value === 5 ? qsTr("%1: 5, %2").arg(row.question).arg(row.best) : qsTr("%1: %2").arg(row.question).arg(value)
                onClicked: row.marked(value)
                Keys.onPressed: event => {
                    const ahead = event.key === Qt.Key_Down || event.key === (one.mirrored ? Qt.Key_Left : Qt.Key_Right);
                    const back = event.key === Qt.Key_Up || event.key === (one.mirrored ? Qt.Key_Right : Qt.Key_Left);
                    const next = one.index + (ahead ? 1 : back ? -1 : 0);
                    const number = "12345".indexOf(event.text);
                    const to = event.text !== "" && number >= 0 ? number : next;
                    if (to === one.index && number < 0)
                        return;
                    if (to >= 0 && to < 5) {
                        // first the keyboard: what it leaves may stop being a tab stop
                        marks.itemAt(to)?.forceActiveFocus(Qt.TabFocusReason);
                        row.marked(to + 1);
                    }
                    event.accepted = true;
                }

                contentItem: Text {
                    text: one.text
                    textFormat: Text.PlainText
                    color: one.checked ? Theme.accentInk : Theme.text
                    font.family: Theme.family
                    font.pixelSize: Theme.fontBody
                    font.weight: one.checked ? Font.DemiBold : Font.Normal
                    horizontalAlignment: Text.AlignHCenter
                    verticalAlignment: Text.AlignVCenter
                    Accessible.ignored: true
                }
                background: Rectangle {
                    radius: Theme.radius
                    color: one.checked ? Theme.accent : one.hovered ? Theme.hover : Theme.raised
                    border.width: 1
                    border.color: one.checked ? Theme.accent : Theme.outline

                    FocusRing {
                        shown: one.visualFocus
                    }
                }
            }
        }
        PlainText {
            height: Theme.controlHeight
            text: row.mark === 0 ? qsTr("1 %1, 5 %2").arg(row.worst).arg(row.best) : ""
            color: Theme.textMuted
            font.pixelSize: Theme.fontSmall
            leftPadding: Theme.s
            rightPadding: Theme.s
            verticalAlignment: Text.AlignVCenter
            Accessible.ignored: true
        }
    }
}
