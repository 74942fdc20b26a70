// SPDX-License-Identifier: Apache-2.0
// A number with a step up and a step down.
import QtQuick
import QtQuick.Templates as T
import Gems

T.SpinBox {
    id: control

    implicitWidth: Math.max(implicitBackgroundWidth + leftInset + rightInset, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: Math.max(implicitBackgroundHeight + topInset + bottomInset, implicitContentHeight + topPadding + bottomPadding)
    leftPadding: (mirrored ? up.indicator?.width : down.indicator?.width) ?? 0
    rightPadding: (mirrored ? down.indicator?.width : up.indicator?.width) ?? 0
    hoverEnabled: true
    // digits are 0 to 9 in every language (ADR 0092)
    locale: Qt.locale("C")
    font.family: Theme.family
    font.pixelSize: Theme.fontBody

    validator: IntValidator {
        locale: control.locale.name
        bottom: Math.min(control.from, control.to)
        top: Math.max(control.from, control.to)
    }

    contentItem: TextInput {
        z: 2
        text: control.displayText
        padding: 6
        font: control.font
        color: control.enabled ? Theme.text : Theme.textDisabled
        selectionColor: Theme.accent
        selectedTextColor: Theme.accentInk
        horizontalAlignment: Qt.AlignHCenter
        verticalAlignment: Qt.AlignVCenter
        readOnly: !control.editable
        validator: control.validator
        inputMethodHints: control.inputMethodHints
        // the box around it has the name and the value
        Accessible.ignored: true
    }

    up.indicator: StyleStep {
        x: control.mirrored ? 0 : control.width - width
        height: control.height
        iconName: "plus"
        pressed: control.up.pressed
        hovered: control.up.hovered
    }
    down.indicator: StyleStep {
        x: control.mirrored ? control.width - width : 0
        height: control.height
        iconName: "minus"
        pressed: control.down.pressed
        hovered: control.down.hovered
    }

    background: Rectangle {
        implicitWidth: Math.round(130 * Theme.textScale)
        implicitHeight: Theme.controlHeight
        radius: Theme.radius
        color: control.enabled ? Theme.raised : Theme.sunken
        border.width: control.activeFocus ? Theme.focusWidth : 1
        border.color: control.activeFocus ? Theme.focus : control.enabled ? Theme.outline : Theme.border
    }
}
