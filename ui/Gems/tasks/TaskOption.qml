// SPDX-License-Identifier: Apache-2.0
// One choice or label: large enough to hit, with the key that does the same.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Gems
import Gems.components

T.AbstractButton {
    id: option

    // "radio", "check" or "label".
    property string mark: "radio"
    property string key: ""
    property string hint: ""
    property color swatch: Theme.accent
    property bool chosen: false
    // Whether part of what stands below it is chosen.
    property bool some: false
    property bool readOnly: false
    // SHA-256 in hex of a picture that shows it.
    property string picture: ""

    implicitWidth: Math.ceil(content.implicitWidth) + leftPadding + rightPadding
    implicitHeight: Math.max(Math.round(44 * Theme.textScale), content.implicitHeight + topPadding + bottomPadding)
    leftPadding: Theme.m
    rightPadding: Theme.m
    topPadding: 6
    bottomPadding: 6
    hoverEnabled: !readOnly
    focusPolicy: readOnly ? Qt.NoFocus : Qt.StrongFocus
    font.family: Theme.family
    font.pixelSize: Theme.fontBody
    font.weight: chosen ? Font.DemiBold : Font.Normal
    Accessible.role: mark === "check" ? Accessible.CheckBox : Accessible.RadioButton
    Accessible.name: text
    Accessible.description: hint
    // Qt's button says `checkable` of itself whenever a reader begins to listen: what is true stands again after it.
    Accessible.checkable: true
    Accessible.checked: option.chosen
    Accessible.onCheckableChanged: Accessible.checkable = true
    Accessible.onCheckedChanged: {
        if (Accessible.checked !== option.chosen)
            Accessible.checked = Qt.binding(() => option.chosen);
    }
    Accessible.checkStateMixed: some
    Accessible.onPressAction: option.clicked()
    Accessible.onToggleAction: option.clicked()

    readonly property color ink: !enabled && !readOnly ? Theme.textDisabled : chosen ? Theme.accentSoftInk : readOnly ? Theme.textMuted : Theme.text

    contentItem: RowLayout {
        id: content

        spacing: Theme.m

        Rectangle {
            implicitWidth: Math.round(18 * Theme.textScale)
            implicitHeight: implicitWidth
            radius: option.mark === "radio" ? width / 2 : Theme.radiusSmall
            opacity: option.enabled || option.readOnly ? 1 : 0.4
            color: option.mark === "label" ? option.swatch : option.chosen ? Theme.accent : Theme.raised
            border.width: option.mark === "label" ? 1 : option.chosen ? 0 : 2
            border.color: option.mark === "label" ? Theme.border : Theme.outline

            Icon {
                anchors.centerIn: parent
                visible: option.chosen && option.mark === "check"
                name: "check"
                size: Math.round(14 * Theme.textScale)
                color: Theme.accentInk
            }
            Rectangle {
                anchors.centerIn: parent
                visible: option.some && !option.chosen
                width: Math.round(10 * Theme.textScale)
                height: 2
                color: Theme.accent
            }
            Rectangle {
                anchors.centerIn: parent
                visible: option.chosen && option.mark === "radio"
                width: Math.round(8 * Theme.textScale)
                height: width
                radius: width / 2
                color: Theme.accentInk
            }
        }
        ColumnLayout {
            spacing: 0
            Layout.fillWidth: true

            TaskThumb {
                visible: option.picture !== ""
                picture: option.picture
                most: Math.round(140 * Math.min(Theme.textScale, 1.4))
                Layout.fillWidth: true
                Layout.bottomMargin: 4
                Accessible.ignored: true
            }
            PlainText {
                visible: text !== "" || option.picture === ""
                text: option.text
                font: option.font
                color: option.ink
                Layout.fillWidth: true
                Accessible.ignored: true
            }
            PlainText {
                visible: text !== ""
                text: option.hint
                font.pixelSize: Theme.fontSmall
                color: option.chosen ? Theme.accentSoftInk : Theme.textMuted
                Layout.fillWidth: true
                Accessible.ignored: true
            }
        }
        KeyCap {
            visible: option.key !== "" && !option.readOnly
            keys: option.key
            ink: option.chosen ? Theme.accentSoftInk : Theme.textMuted
        }
    }

    background: Rectangle {
        radius: Theme.radius
        color: option.chosen ? Theme.accentSoft : option.readOnly ? "transparent" : option.down ? Theme.pressed : option.hovered ? Theme.hover : Theme.raised
        border.width: option.chosen ? 2 : 1
        border.color: option.chosen ? Theme.accent : option.readOnly ? Theme.border : Theme.outline

        FocusRing {
            shown: option.visualFocus
        }
    }
}
