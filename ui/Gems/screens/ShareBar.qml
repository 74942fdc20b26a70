// SPDX-License-Identifier: Apache-2.0
// A share between nothing and all as a mark, over the range in which the true share lies.
import QtQuick
import Gems

Item {
    id: bar

    property real share: 0
    property real lower: 0
    property real upper: 1
    property string summary: ""

    function at(part: real): real {
        const inside = Math.max(0, Math.min(1, part));
        return (Application.layoutDirection === Qt.RightToLeft ? 1 - inside : inside) * width;
    }

    implicitHeight: 14
    implicitWidth: Math.round(240 * Theme.textScale)
    Accessible.role: Accessible.Indicator
    Accessible.name: summary

    Rectangle {
        id: track

        anchors.verticalCenter: parent.verticalCenter
        width: parent.width
        height: 8
        radius: 4
        color: Theme.sunken
        border.width: Theme.highContrast ? 1 : 0
        border.color: Theme.border
    }
    Rectangle {
        x: Math.min(bar.at(bar.lower), bar.at(bar.upper))
        y: track.y
        width: Math.max(4, Math.abs(bar.at(bar.upper) - bar.at(bar.lower)))
        height: track.height
        radius: 4
        color: Theme.accentSoft
        border.width: 1
        border.color: Theme.accent
    }
    Rectangle {
        x: Math.max(0, Math.min(bar.width - width, bar.at(bar.share) - width / 2))
        width: 4
        height: parent.height
        radius: 2
        color: Theme.accent
    }
}
