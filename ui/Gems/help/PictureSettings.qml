// SPDX-License-Identifier: Apache-2.0
// Settings: letters, data, the words on paper, the copy elsewhere, the lock.
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
        iconName: "text"
        text: qsTr("Reading")
    }
    PictureLine {
        number: picture.samples.n2 ?? ""
        iconName: "download"
        text: qsTr("Work and data")

        PlainText {
            text: picture.samples.data ?? ""
            color: Theme.textMuted
        }
    }
    PictureLine {
        number: picture.samples.n3 ?? ""
        iconName: "key"
        text: qsTr("Twelve words on paper")
    }
    PictureLine {
        number: picture.samples.n4 ?? ""
        iconName: "shield"
        text: qsTr("Kept safe")
    }
    PictureLine {
        number: picture.samples.n5 ?? ""
        iconName: "lock"
        text: qsTr("Limits of the wallet")
    }
}
