// SPDX-License-Identifier: Apache-2.0
// A film to be judged picture by picture: boxes on it, its timeline with what is marked, and the player.
pragma ComponentBehavior: Bound

import QtQuick
import Gems
import Gems.components
import Gems.items

Column {
    id: video

    required property TaskRow row
    required property var viewModel
    readonly property var part: row.part
    // What keys do on the picture.
    readonly property string keys: (video.part.draws ? qsTr("N makes a box, Tab goes through the boxes, arrows move the selected one, Shift with arrows changes its size, %1 makes or takes away a key frame, %2 lets it go or come back, Delete takes it away.").arg(video.part.keyKey).arg(video.part.thereKey) + " " : "") + qsTr("Space plays, comma and full stop go one picture; plus and minus zoom, 0 shows all of it.")
    readonly property real most: Math.max(220, (Window.height || 700) * 0.56)

    spacing: Theme.s
    onVisibleChanged: if (!visible)
        part?.rest()

    Rectangle {
        width: video.width
        height: Math.min((width - 2 * film.margin) * film.ratio + 2 * film.margin, video.most)
        color: Theme.sunken
        border.color: Theme.border
        border.width: 1
        radius: Theme.radius

        MovieCanvas {
            id: film

            objectName: "film"
            anchors.fill: parent
            anchors.margins: 1
            part: video.part
            ink: Theme.textMuted
            focusInk: Theme.focus
            fontSize: Theme.fontBody
            Accessible.role: Accessible.Graphic
            Accessible.focusable: true
            Accessible.name: qsTr("Film") + ", " + video.part.words
            Accessible.description: video.keys
        }
    }
    PlayerBar {
        width: video.width
        film: true
        part: video.part
        canvas: line.canvas
    }
    TimeView {
        id: line

        width: video.width
        part: video.part
        name: video.part.count > 0 ? qsTr("Timeline with %n row(s)", "", video.part.count) : qsTr("Timeline")
        about: (video.part.marks ? qsTr("%1 and %2 set where a stretch begins and ends, Enter marks it, Tab goes through the stretches, Delete takes one away.").arg(video.part.beginKey).arg(video.part.endKey) + " " : "") + qsTr("Arrows go one picture, with Shift ten; Space plays.")
    }
    Flow {
        width: video.width
        spacing: Theme.s
        visible: video.part.draws

        SecondaryButton {
            objectName: "newBox"
            visible: video.part.mayBox
            focusPolicy: Qt.NoFocus
            iconName: "plus"
            text: qsTr("Box")
            keyHint: "N"
            Accessible.name: qsTr("A box in the middle (N)")
            onClicked: film.newBox()
        }
        SecondaryButton {
            objectName: "keyFrame"
            enabled: video.part.hasBox
            focusPolicy: Qt.NoFocus
            text: video.part.keyHere ? qsTr("No key frame here") : qsTr("Key frame here")
            keyHint: video.part.keyKey
            Accessible.name: text
            onClicked: video.part.toggleKey()
        }
        SecondaryButton {
            objectName: "there"
            enabled: video.part.hasBox
            focusPolicy: Qt.NoFocus
            text: video.part.there ? qsTr("Gone after this picture") : qsTr("There from this picture on")
            keyHint: video.part.thereKey
            Accessible.name: text
            onClicked: video.part.toggleThere()
        }
    }
    TaskHint {
        width: video.width
        text: film.activeFocus ? video.keys : line.canvas.activeFocus ? line.about : video.part.draws ? video.part.hasBox ? qsTr("Go to another picture and move the box: that makes a key frame, and it moves evenly between them.") : qsTr("Choose a label, then drag a box on the picture.") : video.part.marks ? qsTr("Choose a label, then drag over the timeline, or press %1 and %2, then Enter.").arg(video.part.beginKey).arg(video.part.endKey) : ""
    }
}
