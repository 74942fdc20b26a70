// SPDX-License-Identifier: Apache-2.0
// A picture of the task that an option or a card shows: fitted, never larger than `most` is high.
import QtQuick
import Gems
import Gems.components

Item {
    id: thumb

    // SHA-256 in hex.
    required property string picture
    property int most: 160
    readonly property bool broken: image.status === Image.Error || image.status === Image.Ready && image.implicitWidth <= 1

    // It is on the screen, or cannot be.
    signal opened(bool whole)

    onBrokenChanged: if (broken)
        opened(false)
    implicitWidth: most
    implicitHeight: broken ? words.implicitHeight : most

    Image {
        id: image

        anchors.fill: parent
        source: thumb.picture !== "" ? "image://task/" + thumb.picture : ""
        sourceSize: Qt.size(Math.round(thumb.most * 1.6), thumb.most)
        fillMode: Image.PreserveAspectFit
        asynchronous: true
        cache: false
        onStatusChanged: if (status === Image.Ready && implicitWidth > 1)
            thumb.opened(true)
        Accessible.role: Accessible.Graphic
        Accessible.name: qsTr("Picture")
    }
    PlainText {
        id: words

        anchors.verticalCenter: parent.verticalCenter
        width: parent.width
        visible: thumb.broken
        text: qsTr("This picture cannot be shown.")
        color: Theme.textMuted
        font.pixelSize: Theme.fontSmall
    }
}
