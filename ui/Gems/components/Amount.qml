// SPDX-License-Identifier: Apache-2.0
// Money that is already text ("12.5"), with its unit beside it; no arithmetic happens in the window. What it is worth
// in the user's own currency stands below it, smaller, and never in its place.
import QtQuick
import Gems

Item {
    id: amount

    property string value: ""
    property string unit: qsTr("GEM")
    property int size: Theme.fontBody
    property color color: Theme.text
    property bool strong: true
    // Ready text such as "≈ 6.50 KES", or "".
    property string beside: ""

    implicitWidth: Math.max(number.implicitWidth + (mark.visible ? mark.implicitWidth + Math.round(size * 0.3) : 0), worth.visible ? worth.implicitWidth : 0)
    implicitHeight: number.implicitHeight + (worth.visible ? worth.implicitHeight : 0)
    Accessible.role: Accessible.StaticText
    Accessible.name: value + " " + unit + (beside === "" ? "" : " " + beside)

    Text {
        id: number

        anchors.left: parent.left
        width: Math.min(implicitWidth, amount.width - (mark.visible ? mark.implicitWidth + Math.round(amount.size * 0.3) : 0))
        text: amount.value
        textFormat: Text.PlainText
        color: amount.color
        elide: Text.ElideRight
        font.family: Theme.family
        font.pixelSize: amount.size
        font.weight: amount.strong ? Font.DemiBold : Font.Normal
        Accessible.ignored: true
    }
    Text {
        id: mark

        anchors.left: number.right
        anchors.leftMargin: Math.round(amount.size * 0.3)
        anchors.baseline: number.baseline
        visible: text !== ""
        text: amount.unit
        textFormat: Text.PlainText
        color: Theme.textMuted
        font.family: Theme.family
        font.pixelSize: Math.max(Theme.fontSmall, Math.round(amount.size * 0.55))
        font.weight: Font.Medium
        Accessible.ignored: true
    }
    Text {
        id: worth

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: number.bottom
        visible: amount.beside !== ""
        text: amount.beside
        textFormat: Text.PlainText
        color: Theme.textMuted
        wrapMode: Text.Wrap
        horizontalAlignment: Text.AlignLeft
        font.family: Theme.family
        font.pixelSize: Theme.fontSmall
        Accessible.ignored: true
    }
}
