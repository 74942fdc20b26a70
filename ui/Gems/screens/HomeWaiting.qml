// SPDX-License-Identifier: Apache-2.0
// Rejections that can still be answered, how long the first of them can, and the way to them.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

Rectangle {
    id: waiting

    property string sentence: ""
    property real endsAt: 0

    signal acted

    implicitHeight: grid.implicitHeight + 2 * Theme.m
    color: Theme.warnSoft
    border.color: Theme.warn
    border.width: 1
    radius: Theme.radius

    GridLayout {
        id: grid

        anchors.fill: parent
        anchors.margins: Theme.m
        anchors.leftMargin: Theme.l
        anchors.rightMargin: Theme.l
        columns: width < 640 * Theme.textScale ? 1 : 2
        columnSpacing: Theme.l
        rowSpacing: Theme.s

        RowLayout {
            spacing: Theme.m
            Layout.fillWidth: true

            Icon {
                name: "flag"
                color: Theme.warn
            }
            ColumnLayout {
                spacing: 2
                Layout.fillWidth: true

                PlainText {
                    text: waiting.sentence
                    font.weight: Font.Medium
                    Layout.fillWidth: true
                }
                Countdown {
                    visible: waiting.endsAt > 0
                    endsAt: waiting.endsAt
                }
            }
        }
        SecondaryButton {
            objectName: "seeRejected"
            text: qsTr("See them in the outbox")
            iconName: "outbox"
            onClicked: waiting.acted()
            Keys.onReturnPressed: clicked()
        }
    }
}
