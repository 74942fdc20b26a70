// SPDX-License-Identifier: Apache-2.0
// New versions: looked for, fetched for so much data, started the next time.
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
        iconName: "refresh"
        text: qsTr("Look for a new version")
    }
    PictureLine {
        number: picture.samples.n2 ?? ""
        iconName: "download"
        text: qsTr("Download")

        PlainText {
            text: picture.samples.data ?? ""
            color: Theme.textMuted
        }
    }
    PictureLine {
        number: picture.samples.n3 ?? ""
        iconName: "power"
        text: qsTr("Starts the next time")
    }
    PictureLine {
        number: picture.samples.n4 ?? ""
        iconName: "shield"
        text: qsTr("Signed by the makers of Gems")
    }
}
