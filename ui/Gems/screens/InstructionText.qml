// SPDX-License-Identifier: Apache-2.0
// Instructions as paragraphs of plain text with pictures between them, each with its caption.
pragma ComponentBehavior: Bound

import QtQuick
import Gems
import Gems.components

Column {
    id: passage

    property var rows: null
    property color ink: Theme.text

    spacing: Theme.s

    Repeater {
        model: passage.rows

        Column {
            id: block

            required property string words
            required property string picture

            width: passage.width
            spacing: 2

            Image {
                id: image

                objectName: "instructionPicture"
                visible: block.picture !== ""
                width: Math.min(parent.width, implicitWidth)
                height: visible && implicitWidth > 0 ? width * implicitHeight / implicitWidth : 0
                source: block.picture !== "" ? "image://task/" + block.picture : ""
                sourceSize: Qt.size(720, 480)
                asynchronous: true
                cache: false
                Accessible.role: Accessible.Graphic
                Accessible.name: block.words !== "" ? block.words : qsTr("Picture")
            }
            PlainText {
                visible: block.picture !== "" && (image.status === Image.Error || image.status === Image.Ready && image.implicitWidth <= 1)
                width: parent.width
                text: qsTr("This picture cannot be shown.")
                color: Theme.textMuted
                font.pixelSize: Theme.fontSmall
            }
            PlainText {
                visible: text !== ""
                width: parent.width
                text: block.words
                color: passage.ink
                font.pixelSize: block.picture !== "" ? Theme.fontSmall : Theme.fontBody
                lineHeight: 1.2
            }
        }
    }
}
