// SPDX-License-Identifier: Apache-2.0
// A choice of one out of a few words side by side; the arrow keys move the choice.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Gems

Rectangle {
    id: segments

    property list<string> labels: []
    property int currentIndex: 0
    property string name: ""

    signal chosen(int index)

    implicitWidth: row.implicitWidth + 6
    implicitHeight: row.implicitHeight + 6
    radius: Theme.radius
    color: Theme.sunken
    border.width: Theme.highContrast ? 1 : 0
    border.color: Theme.border
    Accessible.role: Accessible.Grouping
    Accessible.name: name

    function choose(index: int): void {
        if (index < 0 || index >= labels.length || index === currentIndex)
            return;
        currentIndex = index;
        chosen(index);
    }

    Row {
        id: row

        x: 3
        y: 3
        spacing: 2

        Repeater {
            model: segments.labels

            T.AbstractButton {
                id: segment

                required property int index
                required property string modelData

                text: modelData
                checked: index === segments.currentIndex
                implicitWidth: label.implicitWidth + 2 * Theme.m
                implicitHeight: Theme.controlHeight - 6
                hoverEnabled: true
                focusPolicy: checked ? Qt.StrongFocus : Qt.ClickFocus
                Accessible.role: Accessible.RadioButton
                // Qt's button says `checkable` of itself whenever a reader begins to listen: what is true stands again after it.
                Accessible.checkable: true
                Accessible.checked: segment.checked
                Accessible.onCheckableChanged: Accessible.checkable = true
                Accessible.onCheckedChanged: {
                    if (Accessible.checked !== segment.checked)
                        Accessible.checked = Qt.binding(() => segment.checked);
                }
                Accessible.name: text
                onClicked: segments.choose(index)
                Keys.onPressed: event => {
                    const step = (event.key === Qt.Key_Right || event.key === Qt.Key_Down) ? 1 : (event.key === Qt.Key_Left || event.key === Qt.Key_Up) ? -1 : 0;
                    if (step === 0)
                        return;
                    const next = segment.index + (segment.mirrored && (event.key === Qt.Key_Left || event.key === Qt.Key_Right) ? -step : step);
                    if (next >= 0 && next < segments.labels.length) {
                        segments.choose(next);
                        const neighbour = row.children[next] as Item;
                        neighbour?.forceActiveFocus(Qt.TabFocusReason);
                    }
                    event.accepted = true;
                }

                contentItem: Text {
                    id: label

                    text: segment.text
                    textFormat: Text.PlainText
                    color: !segment.enabled ? Theme.textDisabled : segment.checked ? Theme.text : Theme.textMuted
                    font.family: Theme.family
                    font.pixelSize: Theme.fontBody
                    font.weight: segment.checked ? Font.DemiBold : Font.Normal
                    horizontalAlignment: Text.AlignHCenter
                    verticalAlignment: Text.AlignVCenter
                    Accessible.ignored: true
                }
                background: Rectangle {
                    radius: Theme.radiusSmall
                    color: segment.checked ? Theme.raised : segment.down ? Theme.pressed : segment.hovered ? Theme.hover : "transparent"
                    border.width: segment.checked ? 1 : 0
                    border.color: Theme.highContrast ? Theme.accent : Theme.border

                    FocusRing {
                        shown: segment.visualFocus
                        gap: 0
                    }
                }
            }
        }
    }
}
