// SPDX-License-Identifier: Apache-2.0
// One column of a ranking: its title and its cards, with a line where a dragged card would land.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

Rectangle {
    id: column

    required property int index
    required property string name
    required property string title
    required property string key
    required property bool ranked
    required property var items
    required property int count
    required property var ranker
    property bool last: false
    readonly property bool readOnly: ranker.readOnly
    readonly property bool mirrored: Application.layoutDirection === Qt.RightToLeft
    property int dragged: -1

    objectName: "column" + index
    implicitHeight: inside.implicitHeight + 2 * Theme.m
    // Columns side by side are as high as the highest, so that each can be aimed at.
    height: ranker.across === ranker.count && parent ? Math.max(implicitHeight, tallest()) : implicitHeight
    z: dragged >= 0 ? 1 : 0
    radius: Theme.radius
    color: ranker.dropColumn === index ? Theme.accentSoft : Theme.sunken
    border.width: 1
    border.color: ranker.dropColumn === index ? Theme.accent : Theme.border
    Accessible.role: Accessible.List
    Accessible.name: title !== "" ? title : qsTr("Items in order")

    function tallest(): real {
        let most = 0;
        for (const other of parent.children)
            if (other instanceof TaskRankerColumn)
                most = Math.max(most, other.implicitHeight);
        return most;
    }

    function takeKeyboard(at: int): void {
        cards.itemAt(Math.max(0, Math.min(at, cards.count - 1)))?.forceActiveFocus(Qt.TabFocusReason);
    }

    // The place in this column that `y` lies at, counted without card `without`.
    function placeAt(y: real, without: int): int {
        let place = 0;
        for (let at = 0; at < cards.count; at++) {
            const card = cards.itemAt(at);
            if (at !== without && y > card.mapToItem(column, 0, 0).y - (card as DragCard).shift.y + card.height / 2)
                place++;
        }
        return place;
    }

    component DragCard: Item {
        id: card

        required property int index
        required property string title
        required property string body
        required property string picture
        required property int number
        property point shift: Qt.point(0, 0)
        readonly property bool lifted: column.dragged === index
        // the line stands above this card
        readonly property bool below: column.ranker.dropColumn === column.index && !lifted && column.ranker.dropAt === (column.dragged >= 0 && column.dragged < index ? index - 1 : index)

        objectName: "card" + index
        width: parent.width
        implicitHeight: face.implicitHeight
        z: lifted ? 2 : 0
        activeFocusOnTab: true
        Accessible.role: Accessible.ListItem
        Accessible.focusable: true
        Accessible.name: (title !== "" ? title : body !== "" ? body : qsTr("Item")) + (column.ranked ? ", " + qsTr("place %1 of %2").arg(index + 1).arg(column.count) : "") + (column.title !== "" ? ", " + column.title : "")
        Accessible.description: title !== "" ? body : ""
        transform: Translate {
            x: card.shift.x
            y: card.shift.y
        }

        Keys.onPressed: event => {
            const digit = event.text >= "1" && event.text <= "9" ? Number(event.text) : 0;
            const across = event.key === (column.mirrored ? Qt.Key_Left : Qt.Key_Right) ? 1 : event.key === (column.mirrored ? Qt.Key_Right : Qt.Key_Left) ? -1 : 0;
            const down = event.key === Qt.Key_Down ? 1 : event.key === Qt.Key_Up ? -1 : 0;
            const alt = event.modifiers & Qt.AltModifier;
            event.accepted = down !== 0 || across !== 0;
            if (!alt && down !== 0)
                column.takeKeyboard(card.index + down);
            else if (!alt && across !== 0)
                column.ranker.takeKeyboard(column.index + across, card.index);
            else if (column.readOnly)
                return;
            else if (alt && down !== 0 && card.index + down >= 0 && card.index + down < column.count)
                column.ranker.shift(column.index, card.index, column.index, card.index + down);
            else if (alt && across !== 0 && column.index + across >= 0 && column.index + across < column.ranker.count)
                column.ranker.shift(column.index, card.index, column.index + across, card.index);
            else if (!alt && digit > 0 && column.ranker.hasKey(digit)) {
                event.accepted = true;
                if (digit - 1 !== column.index)
                    column.ranker.shift(column.index, card.index, digit - 1, 999);
            }
        }

        TaskCard {
            id: face

            anchors.fill: parent
            number: column.ranked ? card.number : 0
            title: card.title
            body: card.body
            picture: card.picture
            movable: !column.readOnly
            lifted: card.lifted
            hovered: area.containsMouse
            focused: card.activeFocus
            opacity: card.lifted ? 0.94 : 1
        }
        Rectangle {
            visible: card.below
            width: parent.width
            y: -(Theme.s + height) / 2
            height: 4
            radius: 2
            color: Theme.accent
        }
        MouseArea {
            id: area

            property point from: Qt.point(0, 0)
            property bool moving: false

            anchors.fill: parent
            enabled: !column.readOnly
            hoverEnabled: true
            preventStealing: true
            cursorShape: moving ? Qt.ClosedHandCursor : Qt.OpenHandCursor
            onPressed: mouse => {
                card.forceActiveFocus(Qt.MouseFocusReason);
                from = mapToItem(column, mouse.x, mouse.y);
            }
            onPositionChanged: mouse => {
                if (!pressed)
                    return;
                const now = mapToItem(column, mouse.x, mouse.y);
                if (!moving && Math.hypot(now.x - from.x, now.y - from.y) < 8)
                    return;
                moving = true;
                column.dragged = card.index;
                card.shift = Qt.point(now.x - from.x, now.y - from.y);
                const place = column.mapToItem(column.ranker, now.x, now.y);
                column.ranker.aim(place.x, place.y, column.index, card.index);
            }
            onReleased: finish(true)
            onCanceled: finish(false)

            function finish(dropped: bool): void {
                if (!moving)
                    return;
                moving = false;
                column.dragged = -1;
                card.shift = Qt.point(0, 0);
                if (!dropped)
                    column.ranker.dropColumn = -1;
                column.ranker.drop(column.index, card.index);
            }
        }
    }

    Column {
        id: inside

        x: Theme.m
        y: Theme.m
        width: column.width - 2 * Theme.m
        spacing: Theme.s

        RowLayout {
            width: parent.width
            visible: column.title !== "" || column.key !== ""
            spacing: Theme.s

            PlainText {
                text: column.title
                font.weight: Font.DemiBold
                Layout.fillWidth: true
            }
            Badge {
                text: column.count
            }
            KeyCap {
                visible: column.key !== "" && !column.readOnly
                keys: column.key
            }
        }
        Repeater {
            id: cards

            model: column.items

            DragCard {}
        }
        Rectangle {
            visible: column.ranker.dropColumn === column.index && column.ranker.dropAt === column.count - (column.dragged >= 0 ? 1 : 0)
            width: parent.width
            height: 4
            radius: 2
            color: Theme.accent
        }
        PlainText {
            visible: column.count === 0
            width: parent.width
            text: qsTr("Nothing here yet")
            color: Theme.textMuted
            topPadding: Theme.s
            bottomPadding: Theme.m
        }
    }
}
