// SPDX-License-Identifier: Apache-2.0
// One line below a picture that has the keyboard: what its keys do now, by the tool in hand and what is selected.
import QtQuick
import Gems
import Gems.components

PlainText {
    id: help

    required property var canvas
    required property bool readOnly
    readonly property string looking: qsTr("Plus and minus zoom, 0 shows all of it, M holds a magnifier.")
    readonly property string making: ({
            "rectangle": qsTr("N makes a box, Tab goes through the regions."),
            "ellipse": qsTr("N makes an ellipse, Tab goes through the regions."),
            "polygon": qsTr("Click the corners, or N sets the first one. Tab goes through the regions."),
            "keypoint": qsTr("N sets a point, arrows move it. Tab goes through the regions."),
            "brush": qsTr("Arrows move the cursor, Space paints, [ and ] change the brush, E erases, N begins a new mask.")
        })[canvas.toolKind] ?? ""
    readonly property string changing: ({
            "rectangle": qsTr("Arrows move the box, with Shift they change its size, [ and ] turn it, Delete removes it."),
            "ellipse": qsTr("Arrows move the ellipse, with Shift they change its size, [ and ] turn it, Delete removes it."),
            "polygon": qsTr("Arrows move it; comma and full stop choose a corner, which arrows move, I puts one behind it and Delete takes it out. [ and ] turn it."),
            "keypoint": qsTr("Arrows move the point, with Shift they change its width, Delete removes it."),
            "brush": qsTr("Arrows move the cursor, Space paints on this mask, E erases, N begins a new mask, Delete removes this one.")
        })[canvas.selectedKind] ?? ""
    readonly property string words: {
        if (canvas.notice !== "")
            return qsTr("The mask has too much detail to be sent. Paint it with a wider brush.");
        if (canvas.marking)
            return qsTr("Click the place, or move the cursor with arrows and press Enter.") + " " + looking;
        if (readOnly || canvas.toolKind === "")
            return looking;
        if (canvas.drawing)
            return qsTr("Click or N sets a corner, arrows move the last one, Backspace takes it back, Enter or a click on the first corner closes, Escape drops the polygon.");
        return changing !== "" ? changing : making + " " + looking;
    }

    text: words
    color: canvas.notice !== "" ? Theme.bad : Theme.textMuted
    font.pixelSize: Theme.fontSmall
    maximumLineCount: 2
    elide: Text.ElideRight
    Accessible.ignored: canvas.notice === ""
}
