// SPDX-License-Identifier: Apache-2.0
// A number: typed, stepped by arrow or button, or slid where the module has both ends.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

Column {
    id: number

    required property TaskRow row
    required property var viewModel
    readonly property var part: row.part
    readonly property bool readOnly: viewModel.readOnly
    readonly property string bounds: {
        const least = part.least;
        const most = part.greatest;
        const ends = least !== "" && most !== "" ? qsTr("From %1 to %2").arg(least).arg(most) : least !== "" ? qsTr("%1 or more").arg(least) : most !== "" ? qsTr("%1 or less").arg(most) : "";
        const steps = part.stride !== "" && part.stride !== "1" ? qsTr("in steps of %1").arg(part.stride) : "";
        return ends !== "" && steps !== "" ? ends + ", " + steps : ends + steps;
    }
    readonly property string trouble: {
        switch (part.problem) {
        case "number":
            return qsTr("This is not a number.");
        case "low":
            return qsTr("The number must be at least %1.").arg(part.least);
        case "high":
            return qsTr("The number must be at most %1.").arg(part.greatest);
        case "step":
            return qsTr("The number must lie on a step of %1.").arg(part.stride);
        }
        return "";
    }

    spacing: Theme.s

    TaskCaption {
        width: number.width
        row: number.row
    }
    Slider {
        id: slider

        objectName: "slider"
        visible: number.part.slider
        anchors.left: number.left
        width: Math.min(number.width, Math.round(420 * Theme.textScale))
        height: Math.round(44 * Theme.textScale)
        enabled: !number.readOnly
        from: Number(number.part.least)
        to: Number(number.part.greatest)
        stepSize: number.part.stride !== "" ? Number(number.part.stride) : 1
        snapMode: Slider.SnapAlways
        value: number.part.position
        opacity: number.part.given || number.readOnly ? 1 : 0.75
        Accessible.name: number.row.hint !== "" ? number.row.hint : number.row.caption !== "" ? number.row.caption : qsTr("Number")
        Accessible.description: number.bounds
        // a drag is one edit: sent when the handle is let go, or at once by key
        onMoved: if (!pressed)
            number.part.slide(value)
        onPressedChanged: if (!pressed)
            number.part.slide(value)
    }
    RowLayout {
        anchors.left: number.left
        width: Math.min(number.width, Math.round(300 * Theme.textScale))
        spacing: Theme.s

        SecondaryButton {
            objectName: "less"
            visible: !number.readOnly
            iconName: "minus"
            focusPolicy: Qt.NoFocus
            Layout.preferredWidth: Math.round(44 * Theme.textScale)
            Layout.preferredHeight: Math.round(44 * Theme.textScale)
            Accessible.name: qsTr("Less")
            onClicked: number.part.step(-1)
        }
        TextField {
            id: field

            readonly property string given: number.part.text

            objectName: "number"
            Layout.fillWidth: true
            Layout.preferredHeight: Math.round(44 * Theme.textScale)
            readOnly: number.readOnly
            maximumLength: 30
            inputMethodHints: Qt.ImhFormattedNumbersOnly
            placeholderText: readOnly ? "" : qsTr("A number")
            Accessible.name: number.row.hint !== "" ? number.row.hint : number.row.caption !== "" ? number.row.caption : qsTr("Number")
            Accessible.description: number.trouble !== "" ? number.trouble : number.bounds
            Keys.onUpPressed: if (!readOnly)
                number.part.step(1)
            Keys.onDownPressed: if (!readOnly)
                number.part.step(-1)
            onTextEdited: number.part.type(text)
            onEditingFinished: number.part.send()
            onGivenChanged: if (text !== given)
                text = given
            Component.onCompleted: text = given
        }
        SecondaryButton {
            objectName: "more"
            visible: !number.readOnly
            iconName: "plus"
            focusPolicy: Qt.NoFocus
            Layout.preferredWidth: Math.round(44 * Theme.textScale)
            Layout.preferredHeight: Math.round(44 * Theme.textScale)
            Accessible.name: qsTr("More")
            onClicked: number.part.step(1)
        }
        KeyCap {
            visible: !number.readOnly
            keys: "↑"
        }
        KeyCap {
            visible: !number.readOnly
            keys: "↓"
        }
    }
    PlainText {
        objectName: "trouble"
        width: number.width
        visible: text !== ""
        text: number.trouble !== "" ? number.trouble : number.readOnly ? "" : number.bounds
        color: number.trouble !== "" ? Theme.bad : Theme.textMuted
        font.pixelSize: Theme.fontSmall
        Accessible.role: number.trouble !== "" ? Accessible.AlertMessage : Accessible.StaticText
    }
}
