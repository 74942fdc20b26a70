// SPDX-License-Identifier: Apache-2.0
// Outbox: tasks in their states, from done to paid.
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
        text: qsTr("Street signs")

        Badge {
            text: qsTr("Waits to be sent")
            iconName: "outbox"
            tone: "warn"
        }
    }
    PictureLine {
        number: picture.samples.n4 ?? ""
        text: qsTr("Street signs")

        Badge {
            text: qsTr("Rejected")
            iconName: "x"
            tone: "bad"
        }
    }
    PictureLine {
        number: picture.samples.n5 ?? ""
        text: qsTr("Street signs")

        Badge {
            text: qsTr("Paid")
            iconName: "check"
            tone: "good"
        }
    }
}
