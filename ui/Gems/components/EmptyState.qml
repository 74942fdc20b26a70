// SPDX-License-Identifier: Apache-2.0
// What a page shows when it has nothing: why, and what to do next.
import QtQuick
import QtQuick.Layouts
import Gems

ColumnLayout {
    id: empty

    property string iconName: "inbox"
    property string title: ""
    property string sentence: ""
    property string actionText: ""
    // False where the page has another main thing to do.
    property bool main: true

    signal acted

    spacing: Theme.m

    Rectangle {
        implicitWidth: Math.round(72 * Theme.textScale)
        implicitHeight: implicitWidth
        radius: implicitWidth / 2
        color: Theme.accentSoft
        Layout.alignment: Qt.AlignHCenter

        Icon {
            anchors.centerIn: parent
            name: empty.iconName
            size: Math.round(32 * Theme.textScale)
            color: Theme.accentSoftInk
        }
    }
    PlainText {
        text: empty.title
        font.pixelSize: Theme.fontHeading
        font.weight: Font.DemiBold
        horizontalAlignment: Text.AlignHCenter
        Layout.fillWidth: true
        Accessible.role: Accessible.Heading
    }
    PlainText {
        visible: text !== ""
        text: empty.sentence
        color: Theme.textMuted
        horizontalAlignment: Text.AlignHCenter
        Layout.fillWidth: true
        Layout.maximumWidth: Theme.readingWidth * 0.75
        Layout.alignment: Qt.AlignHCenter
    }
    GemButton {
        variant: empty.main ? "primary" : "secondary"
        visible: empty.actionText !== ""
        text: empty.actionText
        Layout.fillWidth: true
        Layout.maximumWidth: implicitWidth
        Layout.alignment: Qt.AlignHCenter
        onClicked: empty.acted()
    }
}
