// SPDX-License-Identifier: Apache-2.0
// Earnings: the way of the pay, and the button that takes it home.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

ColumnLayout {
    id: picture

    property var samples: ({})

    spacing: Theme.s

    PictureLine {
        number: picture.samples.n1 ?? ""
        iconName: "clock"
        text: Help.names.in_review ?? ""

        Amount {
            value: picture.samples.review ?? ""
        }
    }
    PictureLine {
        iconName: "earnings"
        text: Help.names.claimable ?? ""

        Amount {
            value: picture.samples.claimable ?? ""
        }
    }
    RowLayout {
        spacing: Theme.s

        HelpSpot {
            number: picture.samples.n2 ?? ""
        }
        PictureButton {
            text: qsTr("Claim")
            iconName: "wallet"
            variant: "primary"
        }
    }
    PictureLine {
        number: picture.samples.n3 ?? ""
        text: qsTr("Fee")

        Amount {
            value: picture.samples.fee ?? ""
        }
    }
    PictureLine {
        iconName: "wallet"
        text: qsTr("You receive")

        Amount {
            value: picture.samples.arrives ?? ""
        }
    }
}
