// SPDX-License-Identifier: Apache-2.0
// Find work: one campaign of the list, and what is looked at first.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

ColumnLayout {
    id: picture

    property var samples: ({})

    spacing: Theme.m

    Card {
        title: qsTr("Street signs")
        padding: Theme.m
        Layout.fillWidth: true

        RowLayout {
            spacing: Theme.s
            Layout.fillWidth: true

            HelpSpot {
                number: picture.samples.n1 ?? ""
            }
            Amount {
                value: picture.samples.reward ?? ""
                size: Theme.fontTitle
                Layout.fillWidth: true
            }
            PlainText {
                text: qsTr("%1 GEM/h").arg(picture.samples.hour ?? "")
                color: Theme.textMuted
                font.pixelSize: Theme.fontSmall
            }
        }
        RowLayout {
            spacing: Theme.s

            HelpSpot {
                number: picture.samples.n3 ?? ""
            }
            Badge {
                text: qsTr("no stake")
                tone: "good"
                iconName: "check"
            }
        }
        RowLayout {
            spacing: Theme.s

            HelpSpot {
                number: picture.samples.n5 ?? ""
            }
            PictureButton {
                text: qsTr("Take tasks")
                iconName: "download"
                variant: "primary"
            }
        }
    }
}
