// SPDX-License-Identifier: Apache-2.0
// Home: the way on, two of the numbers, and the line that warns.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

ColumnLayout {
    id: picture

    property var samples: ({})

    spacing: Theme.m

    RowLayout {
        spacing: Theme.s

        HelpSpot {
            number: picture.samples.n1 ?? ""
        }
        PictureButton {
            text: qsTr("Continue")
            iconName: "play"
            variant: "primary"
        }
    }
    GridLayout {
        columns: picture.width < 330 * Theme.textScale ? 1 : 2
        columnSpacing: Theme.s
        rowSpacing: Theme.s
        uniformCellWidths: true
        Layout.fillWidth: true

        StatTile {
            label: qsTr("Earned today")
            value: picture.samples.today ?? ""
            unit: qsTr("GEM")
            iconName: "earnings"
            Layout.fillWidth: true

            HelpSpot {
                anchors.right: parent.right
                anchors.top: parent.top
                anchors.margins: Theme.s
                number: picture.samples.n2 ?? ""
            }
        }
        StatTile {
            label: Help.names.claimable ?? ""
            value: picture.samples.claimable ?? ""
            unit: qsTr("GEM")
            iconName: "wallet"
            Layout.fillWidth: true

            Row {
                anchors.right: parent.right
                anchors.top: parent.top
                anchors.margins: Theme.s
                spacing: Theme.xs

                HelpSpot {
                    number: picture.samples.n4 ?? ""
                }
                HelpSpot {
                    number: "?"
                    color: Theme.surface
                    border.color: Theme.outline
                }
            }
        }
    }
    PictureLine {
        number: picture.samples.n3 ?? ""
        iconName: "alert"
        text: qsTr("Send it today")
        ink: Theme.warn
    }
}
