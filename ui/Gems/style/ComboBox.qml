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
        verticalAlignment: Text.AlignVCenter
    }

    background: Rectangle {
        implicitWidth: Math.round(140 * Theme.textScale)
        implicitHeight: Theme.controlHeight
        radius: Theme.radius
        color: control.down ? Theme.pressed : control.hovered && control.enabled ? Theme.hover : Theme.raised
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
