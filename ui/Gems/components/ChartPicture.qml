// SPDX-License-Identifier: Apache-2.0
// The picture of a chart: the mouse or the arrow keys choose the point that its frame reads out.
import QtQuick
import Gems
import Gems.items

Item {
    id: picture

    required property var frame
    // By the keys or a click, and under the mouse; -1 for none.
    property int chosen: -1
    // A mouse that only rests here gives way to the keys until it moves again.
    property bool byKeys: false
    readonly property int hovered: hover.hovered && !byKeys ? chart.pointAt(hover.point.position.x, hover.point.position.y) : -1
    readonly property bool across: frame.kind === "across"

    function choose(index: int): void {
        byKeys = true;
        chosen = Math.max(0, Math.min(frame.points.length - 1, index));
        picture.Accessible.announce(frame.points[chosen]?.said ?? "");
    }
    function step(by: int): void {
        choose(chosen < 0 ? frame.points.length - 1 : chosen + by);
    }

    implicitWidth: Math.round(320 * Theme.textScale)
    implicitHeight: across ? Math.max(1, chart.tall) : Math.round(150 * Theme.textScale)
    activeFocusOnTab: true
    Accessible.role: Accessible.Chart
    Accessible.name: frame.title
    Accessible.description: frame.points[chosen]?.said ?? frame.facts?.summary ?? ""
    Accessible.focusable: true

    onActiveFocusChanged: {
        if (activeFocus && chosen < 0 && frame.points.length > 0)
            chosen = across ? 0 : frame.points.length - 1;
        else if (!activeFocus)
            chosen = -1;
    }
    Keys.onPressed: event => {
        const later = picture.frame.mirrored ? Qt.Key_Left : Qt.Key_Right;
        const earlier = picture.frame.mirrored ? Qt.Key_Right : Qt.Key_Left;
        event.accepted = true;
        if (event.key === later || (picture.across && event.key === Qt.Key_Down))
            picture.step(1);
        else if (event.key === earlier || (picture.across && event.key === Qt.Key_Up))
            picture.step(-1);
        else if (event.key === Qt.Key_Home)
            picture.choose(0);
        else if (event.key === Qt.Key_End)
            picture.choose(picture.frame.points.length - 1);
        else
            event.accepted = false;
    }

    ChartItem {
        id: chart

        anchors.fill: parent
        kind: picture.frame.kind
        points: picture.frame.points
        ticks: picture.frame.facts?.ticks ?? []
        current: picture.frame.current
        mirrored: picture.frame.mirrored
        ink: Theme.accent
        soft: Theme.accentSoft
        ground: Theme.surface
        textInk: Theme.text
        labelInk: Theme.textMuted
        lineInk: Theme.border
        markInk: Theme.hover
        labelSize: Theme.fontSmall
    }
    HoverHandler {
        id: hover

        onPointChanged: picture.byKeys = false
    }
    TapHandler {
        onTapped: point => {
            picture.forceActiveFocus(Qt.MouseFocusReason);
            const at = chart.pointAt(point.position.x, point.position.y);
            if (at >= 0)
                picture.chosen = at;
        }
    }
    FocusRing {
        shown: picture.activeFocus
    }
}
