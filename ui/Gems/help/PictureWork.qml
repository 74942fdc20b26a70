// SPDX-License-Identifier: Apache-2.0
// Work: the instruction, answers with their keys, the time that is left.
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
        iconName: "info"
        text: qsTr("Which colour is the car?")
    }
    PictureLine {
        number: picture.samples.n2 ?? ""
        text: qsTr("Red")

        KeyCap {
            keys: picture.samples.n1 ?? ""
        }
    }
    PictureLine {
        text: qsTr("Blue")
        ink: Theme.accent

        Icon {
            name: "check"
            color: Theme.good
        }
        KeyCap {
            keys: picture.samples.n2 ?? ""
        }
    }
    PictureLine {
        number: picture.samples.n5 ?? ""
        iconName: "hourglass"
        text: qsTr("Time left")
    }
}
