// SPDX-License-Identifier: Apache-2.0
// First steps: language, wallet, words on paper, work.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

ColumnLayout {
    id: picture

    property var samples: ({})

    spacing: Theme.m

    PictureLine {
        number: picture.samples.n1 ?? ""
        iconName: "globe"
        text: qsTr("Language")
    }
    PictureLine {
        number: picture.samples.n2 ?? ""
        iconName: "wallet"
        text: qsTr("New wallet")
    }
    PictureLine {
        number: picture.samples.n3 ?? ""
        iconName: "key"
        text: qsTr("Twelve words on paper")

        Icon {
            name: "check"
            color: Theme.good
        }
    }
    PictureLine {
        number: picture.samples.n4 ?? ""
        iconName: "eye-off"
        text: qsTr("No photo, no message")
        ink: Theme.bad
    }
    PictureLine {
        number: picture.samples.n5 ?? ""
        iconName: "search"
        text: qsTr("Find work")
    }
}
