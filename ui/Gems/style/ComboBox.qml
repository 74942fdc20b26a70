// SPDX-License-Identifier: Apache-2.0
// One out of a list that folds out.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Gems
import Gems.components

T.ComboBox {
    id: control

    implicitWidth: Math.max(implicitBackgroundWidth + leftInset + rightInset, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: Math.max(implicitBackgroundHeight + topInset + bottomInset, implicitContentHeight + topPadding + bottomPadding, implicitIndicatorHeight + topPadding + bottomPadding)

    leftPadding: Theme.m + (control.mirrored ? (indicator?.width ?? 0) + spacing : 0)
    rightPadding: Theme.m + (control.mirrored ? 0 : (indicator?.width ?? 0) + spacing)
    spacing: Theme.s
    hoverEnabled: true
    font.family: Theme.family
    font.pixelSize: Theme.fontBody
    // Enter opens what the keyboard was brought to, as it presses a button; at its release, which would close it again.
    property bool opening: false
    Keys.onPressed: event => {
        const enter = event.key === Qt.Key_Return || event.key === Qt.Key_Enter;
        opening = enter && visualFocus && !editable && !popup.visible && (event.modifiers & ~Qt.KeypadModifier) === 0;
        event.accepted = opening;
    }
    Keys.onReleased: event => {
        event.accepted = opening;
        if (opening) {
            opening = false;
            popup.open();
        }
    }
    // Qt gives a reader the choice only as the name: with a name of its own the box has it here.
    Accessible.description: displayText
    onDisplayTextChanged: {
        if (activeFocus && !popup.visible)
            Aloud.say(control, displayText, false);
    }

    delegate: ItemDelegate {
        required property var model
        required property int index

        width: ListView.view.width
        text: model[control.textRole] ?? model.modelData ?? ""
        font.family: Theme.family
        font.pixelSize: Theme.fontBody
        font.weight: control.currentIndex === index ? Font.DemiBold : Font.Normal
        highlighted: control.highlightedIndex === index
        hoverEnabled: control.hoverEnabled
    }

    indicator: Icon {
        x: control.mirrored ? Theme.m : control.width - width - Theme.m
        y: (control.height - height) / 2
        name: "chevron-down"
        color: control.enabled ? Theme.textMuted : Theme.textDisabled
    }

    contentItem: T.TextField {
        implicitWidth: contentWidth
        implicitHeight: contentHeight
        text: control.editable ? control.editText : control.displayText
        enabled: control.editable
        autoScroll: control.editable
        readOnly: control.down
        inputMethodHints: control.inputMethodHints
        validator: control.validator
        selectByMouse: control.selectTextByMouse
        font: control.font
        color: control.enabled ? Theme.text : Theme.textDisabled
        selectionColor: Theme.accent
        selectedTextColor: Theme.accentInk
        // said, so that it is mirrored: else "100 %" and foreign names stand by the arrow in Arabic
        horizontalAlignment: Text.AlignLeft
        verticalAlignment: Text.AlignVCenter
        Accessible.ignored: !control.editable
    }

    background: Rectangle {
        implicitWidth: Math.round(140 * Theme.textScale)
        implicitHeight: Theme.controlHeight
        radius: Theme.radius
        color: !control.enabled ? Theme.sunken : control.down ? Theme.pressed : control.hovered ? Theme.hover : Theme.raised
        border.width: control.flat ? 0 : 1
        border.color: control.enabled ? Theme.outline : Theme.border

        FocusRing {
            shown: control.visualFocus
        }
    }

    popup: T.Popup {
        y: control.height + 2
        width: control.width
        height: Math.min(contentItem.implicitHeight + 2 * padding, Math.round(320 * Theme.textScale))
        topMargin: 6
        bottomMargin: 6
        padding: Theme.xs

        contentItem: ListView {
            clip: true
            implicitHeight: contentHeight
            model: control.delegateModel
            currentIndex: control.highlightedIndex
            highlightMoveDuration: 0
        }

        background: StyleSheet {}
    }
}
