// SPDX-License-Identifier: Apache-2.0
// Requester report: what is looked at before working for somebody.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

ColumnLayout {
    id: picture

    property var samples: ({})

    spacing: Theme.s

    PictureLine {
        number: picture.samples.n2 ?? ""
        iconName: "x"
        text: qsTr("Rejected answers")

        PlainText {
            text: picture.samples.percent ?? ""
            font.weight: Font.DemiBold
        }
    }
    PictureLine {
        iconName: "hourglass"
        text: qsTr("Time to pay")

        PlainText {
            text: picture.samples.hours ?? ""
            font.weight: Font.DemiBold
        }
    }
    PictureLine {
        number: picture.samples.n3 ?? ""
        iconName: "bank"
        text: qsTr("Funded now")

        Amount {
            value: picture.samples.paid ?? ""
        }
    }
    PictureLine {
        number: picture.samples.n4 ?? ""
        text: qsTr("Your marks")

        Repeater {
            model: 5

            Icon {
                name: "star"
                color: Theme.warn
            }
        }
    }
}
