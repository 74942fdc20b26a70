// SPDX-License-Identifier: Apache-2.0
// A score between 0 and 1 as a mark, over the range in which the true share lies.
import QtQuick
import Gems

Item {
    id: bar

    property real score: 0
    property real lower: 0
    property real upper: 1
    property string summary: ""

    function at(share: real): real {
        const part = Math.max(0, Math.min(1, share));
        return (LayoutMirroring.enabled ? 1 - part : part) * width;
    }

    implicitHeight: Math.round(26 * Theme.textScale)
    implicitWidth: Math.round(240 * Theme.textScale)
    Accessible.role: Accessible.Indicator
    Accessible.name: summary

    Rectangle {
        id: track

        anchors.verticalCenter: parent.verticalCenter
        width: parent.width
        height: 10
        radius: 5
        color: Theme.sunken
        border.width: Theme.highContrast ? 1 : 0
        border.color: Theme.border
    }
    Rectangle {
        x: Math.min(bar.at(bar.lower), bar.at(bar.upper))
        y: track.y
        width: Math.max(6, Math.abs(bar.at(bar.upper) - bar.at(bar.lower)))
        height: track.height
        radius: 5
        color: Theme.accentSoft
        border.width: 1
        border.color: Theme.accent
    }
    Rectangle {
        x: bar.at(bar.score) - width / 2
        anchors.verticalCenter: parent.verticalCenter
        width: 6
        height: bar.implicitHeight
        radius: 3
        color: Theme.accent
        border.width: 1
        border.color: Theme.surface
    }
}
