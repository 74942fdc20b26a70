// SPDX-License-Identifier: Apache-2.0
// Review: the two verdicts with their keys, and a reason.
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
        iconName: "eye"
        text: qsTr("Blue")
    }
    Flow {
        spacing: Theme.s
        Layout.fillWidth: true

        HelpSpot {
            number: picture.samples.n2 ?? ""
        }
        PictureButton {
            text: qsTr("Accept")
            iconName: "check"
            keyHint: "A"
        }
        HelpSpot {
            number: picture.samples.n3 ?? ""
        }
        PictureButton {
            text: qsTr("Reject")
            iconName: "x"
            keyHint: "R"
        }
    }
    PictureLine {
        text: qsTr("It does not follow the instruction")

        KeyCap {
            keys: picture.samples.n1 ?? ""
        }
    }
}
