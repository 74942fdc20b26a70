// SPDX-License-Identifier: Apache-2.0
// A sheet that holds things that belong together: its children stand below each other under an optional title.
import QtQuick
import QtQuick.Layouts
import Gems

Rectangle {
    id: card

    property string title: ""
    property string iconName: ""
    // A word of the glossary (Explain.qml).
    property string word: ""
    property int padding: Theme.l
    property alias spacing: column.spacing
    default property alias content: column.data

    implicitWidth: column.implicitWidth + 2 * padding
    implicitHeight: column.implicitHeight + 2 * padding
    color: Theme.surface
    border.color: Theme.border
    border.width: 1
    radius: Theme.radius

    ColumnLayout {
        id: column

        anchors.fill: parent
        anchors.margins: card.padding
        spacing: Theme.m

        RowLayout {
            visible: card.title !== ""
            spacing: Theme.s
            Layout.fillWidth: true

            Icon {
                visible: card.iconName !== ""
                name: card.iconName
                color: Theme.accent
            }
            PlainText {
                text: card.title
                font.pixelSize: Theme.fontTitle
                font.weight: Font.DemiBold
                Layout.fillWidth: true
                Layout.maximumWidth: Math.ceil(implicitWidth) + 1
                Accessible.role: Accessible.Heading
            }
            Explain {
                word: card.word
            }
            Item {
                Layout.fillWidth: true
            }
        }
    }
}
