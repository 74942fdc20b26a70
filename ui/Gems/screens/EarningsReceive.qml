// SPDX-License-Identifier: Apache-2.0
// My address to be paid at: whole, in groups to compare, and as a code to photograph.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

ConfirmDialog {
    id: dialog

    required property var sending
    required property var appViewModel

    title: qsTr("Receive GEM")
    sentence: qsTr("Anybody may see this address and send GEM to it. Nobody can take anything with it.")
    rejectText: qsTr("Close")
    asks: false

    Canvas {
        id: code

        objectName: "addressCode"
        readonly property var bits: dialog.sending.bits
        readonly property int cell: Math.max(2, Math.floor(Math.min(260 * Theme.textScale, dialog.width - 2 * Theme.xl, (dialog.parent?.height ?? 600) * 0.42) / Math.max(1, bits.length)))

        implicitWidth: cell * bits.length
        implicitHeight: cell * bits.length
        Layout.alignment: Qt.AlignHCenter
        Accessible.role: Accessible.Graphic
        Accessible.name: qsTr("Your address as a QR code")
        onBitsChanged: requestPaint()
        onCellChanged: requestPaint()
        onPaint: {
            const pen = getContext("2d");
            pen.fillStyle = Theme.codeGround;
            pen.fillRect(0, 0, width, height);
            pen.fillStyle = Theme.codeInk;
            for (let row = 0; row < bits.length; row++)
                for (let column = 0; column < bits[row].length; column++)
                    if (bits[row][column] === "1")
                        pen.fillRect(column * cell, row * cell, cell, cell);
        }
    }
    PlainText {
        objectName: "receiveAddress"
        text: dialog.sending.grouped
        font.pixelSize: Theme.fontBody
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }
    SecondaryButton {
        objectName: "copyAddress"
        text: qsTr("Copy for a minute")
        iconName: "copy"
        Layout.alignment: Qt.AlignHCenter
        onClicked: dialog.appViewModel.copyAddress(dialog.sending.address)
    }
}
