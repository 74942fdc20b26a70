// SPDX-License-Identifier: Apache-2.0
// An appeal: rejected, appealed with a bond, judged again, paid.
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
        iconName: "x"
        text: qsTr("Rejected")
        ink: Theme.bad
    }
    PictureLine {
        number: picture.samples.n3 ?? ""
        iconName: "flag"
        text: qsTr("Appeal")

        Amount {
            value: picture.samples.stake ?? ""
        }
    }
    PictureLine {
        number: picture.samples.n4 ?? ""
        iconName: "users"
        text: qsTr("Others judge again")
    }
    PictureLine {
        iconName: "check"
        text: qsTr("Accepted")
        ink: Theme.good

        Amount {
            value: picture.samples.reward ?? ""
        }
    }
}
