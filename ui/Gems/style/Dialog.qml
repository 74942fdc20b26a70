// SPDX-License-Identifier: Apache-2.0
// A window within the window.
import QtQuick
import QtQuick.Templates as T
import Gems

T.Dialog {
    id: control

    implicitWidth: Math.max(implicitBackgroundWidth + leftInset + rightInset, implicitContentWidth + leftPadding + rightPadding, Math.round(320 * Theme.textScale))
    implicitHeight: Math.max(implicitBackgroundHeight + topInset + bottomInset, implicitContentHeight + topPadding + bottomPadding + (implicitHeaderHeight > 0 ? implicitHeaderHeight + spacing : 0) + (implicitFooterHeight > 0 ? implicitFooterHeight + spacing : 0))
    padding: Theme.l
    font.family: Theme.family
    font.pixelSize: Theme.fontBody

    background: StyleSheet {}

    header: StyleText {
        text: control.title
        visible: control.title !== ""
        font.family: Theme.family
        font.pixelSize: Theme.fontTitle
        font.weight: Font.DemiBold
        padding: Theme.l
        bottomPadding: 0
        Accessible.ignored: false
        Accessible.role: Accessible.Heading
        Accessible.name: text
    }

    footer: DialogButtonBox {
        visible: count > 0
    }

    T.Overlay.modal: Rectangle {
        color: Theme.scrim
    }
    T.Overlay.modeless: Rectangle {
        color: "transparent"
    }
}
