// SPDX-License-Identifier: Apache-2.0
// The stick's way: this computer, the stick, a computer with a network, and back.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

ColumnLayout {
    id: picture

    property var samples: ({})

    spacing: Theme.xs

    PictureLine {
        number: picture.samples.n2 ?? ""
        iconName: "monitor"
        text: qsTr("This computer")

        Icon {
            name: "offline"
            color: Theme.warn
        }
    }
    Icon {
        name: "chevron-down"
        color: Theme.textMuted
        Layout.alignment: Qt.AlignHCenter
    }
    PictureLine {
        number: picture.samples.n3 ?? ""
        iconName: "lock"
        text: qsTr("USB stick")
    }
    Icon {
        name: "chevron-down"
        color: Theme.textMuted
        Layout.alignment: Qt.AlignHCenter
    }
    PictureLine {
        number: picture.samples.n4 ?? ""
        iconName: "globe"
        text: qsTr("A computer with a network")

        Icon {
            name: "online"
            color: Theme.good
        }
    }
    Icon {
        name: "chevron-down"
        color: Theme.textMuted
        Layout.alignment: Qt.AlignHCenter
    }
    PictureLine {
        number: picture.samples.n5 ?? ""
        iconName: "monitor"
        text: qsTr("This computer")
    }
}
