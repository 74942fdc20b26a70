// SPDX-License-Identifier: Apache-2.0
// Play, how fast, how loud, where a stretch begins and ends: each with the key that does the same.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Gems
import Gems.components

Flow {
    id: bar

    // An AudioPart, VideoPart or PlayerPart (gems_desktop/viewmodels/parts).
    required property var part
    // Its SoundPlayer or MoviePlayer.
    readonly property var player: part.playerObject
    // A player that is being taken apart is there and has no properties any more.
    readonly property bool playing: player?.playing ?? false
    readonly property bool ready: player?.ready ?? false
    property bool film: false
    // Whether regions can be made here by key.
    property bool marks: part.marks ?? false
    property var canvas: null

    spacing: Theme.s
    // Time runs to the right in every language, and so does what moves along it.
    LayoutMirroring.enabled: false
    LayoutMirroring.childrenInherit: true
    Accessible.role: Accessible.ToolBar
    Accessible.name: qsTr("Player")

    function speed(rate: real): string {
        return qsTr("%1×").arg(Number(rate.toFixed(2)).toString());
    }

    // Keys that hold wherever the keyboard is, while typing too.
    Shortcut {
        enabled: bar.part.first && bar.ready
        sequence: "Ctrl+Space"
        onActivated: bar.part.toggle()
    }

    SecondaryButton {
        objectName: "play"
        enabled: bar.ready
        focusPolicy: Qt.NoFocus
        iconName: bar.playing ? "pause" : "play"
        iconMirrors: false
        keyHint: qsTr("Space")
        Accessible.name: bar.playing ? qsTr("Pause (Space; Ctrl+Space while typing)") : qsTr("Play (Space; Ctrl+Space while typing)")
        onClicked: bar.part.toggle()
    }
    Repeater {
        model: bar.film ? [["chevron-left", ",", qsTr("One picture back"), -1], ["chevron-right", ".", qsTr("One picture on"), 1]] : []

        SecondaryButton {
            required property var modelData

            objectName: modelData[3] < 0 ? "back" : "on"
            enabled: bar.ready
            focusPolicy: Qt.NoFocus
            iconName: modelData[0]
            iconMirrors: false
            keyHint: modelData[1]
            Accessible.name: modelData[2]
            onClicked: bar.part.step(modelData[3])
        }
    }
    PlainText {
        objectName: "clock"
        height: Theme.controlHeight
        verticalAlignment: Text.AlignVCenter
        leftPadding: Theme.xs
        rightPadding: Theme.xs
        text: bar.part.words
        font.features: ({
                "tnum": 1
            })
    }
    Row {
        spacing: 2

        QuietButton {
            objectName: "slower"
            enabled: bar.ready
            focusPolicy: Qt.NoFocus
            iconName: "minus"
            keyHint: "<"
            Accessible.name: qsTr("Slower")
            onClicked: bar.part.faster(-1)
        }
        PlainText {
            objectName: "rate"
            height: Theme.controlHeight
            width: Math.max(implicitWidth, Math.round(44 * Theme.textScale))
            horizontalAlignment: Text.AlignHCenter
            verticalAlignment: Text.AlignVCenter
            text: bar.speed(bar.player?.rate ?? 1)
            Accessible.name: qsTr("Speed %1").arg(text)
        }
        QuietButton {
            objectName: "faster"
            enabled: bar.ready
            focusPolicy: Qt.NoFocus
            iconName: "plus"
            keyHint: ">"
            Accessible.name: qsTr("Faster")
            onClicked: bar.part.faster(1)
        }
    }
    Row {
        spacing: Theme.xs
        visible: !bar.film

        PlainText {
            height: Theme.controlHeight
            verticalAlignment: Text.AlignVCenter
            text: qsTr("Volume")
            color: Theme.textMuted
            Accessible.ignored: true
        }
        Slider {
            objectName: "volume"
            width: Math.round(90 * Theme.textScale)
            height: Theme.controlHeight
            stepSize: 0.1
            value: bar.film ? 1 : bar.player?.volume ?? 1
            Accessible.name: qsTr("Volume")
            onMoved: bar.player.volume = value
        }
    }
    Switch {
        objectName: "muted"
        visible: bar.film && bar.part.hasSound
        text: qsTr("Sound")
        focusPolicy: Qt.TabFocus
        checked: bar.film ? !(bar.player?.muted ?? false) : true
        onToggled: bar.player.muted = !checked
    }
    Loader {
        active: bar.canvas !== null
        visible: active
        sourceComponent: TimeZoom {
            canvas: bar.canvas
        }
    }
    Row {
        spacing: Theme.xs
        visible: bar.part.hasSelected

        SecondaryButton {
            objectName: "playRegion"
            focusPolicy: Qt.NoFocus
            iconName: bar.playing ? "pause" : "play"
            iconMirrors: false
            text: qsTr("Stretch")
            keyHint: qsTr("Shift+Space")
            Accessible.name: qsTr("Play the selected stretch (Shift+Space)")
            onClicked: bar.part.playRegion()
        }
        SecondaryButton {
            objectName: "loop"
            focusPolicy: Qt.NoFocus
            checkable: true
            checked: bar.part.loop
            iconName: bar.part.loop ? "check" : "refresh"
            text: qsTr("Again and again")
            keyHint: bar.part.loopKey
            Accessible.name: text
            Accessible.checkable: true
            Accessible.checked: bar.part.loop
            onClicked: bar.part.loop = !bar.part.loop
        }
    }
    Loader {
        active: bar.marks
        visible: active
        sourceComponent: TimeEdges {
            part: bar.part
            ready: bar.ready
        }
    }
    PlainText {
        visible: bar.part.silent
        height: Theme.controlHeight
        verticalAlignment: Text.AlignVCenter
        text: qsTr("No sound device: it plays silently.")
        color: Theme.warn
    }
}
