// SPDX-License-Identifier: Apache-2.0
// Trust: the letter and the bar between the least and the most.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components
import "../screens"

ColumnLayout {
    id: picture

    property var samples: ({})

    spacing: Theme.m

    RowLayout {
        spacing: Theme.s

        HelpSpot {
            number: picture.samples.n1 ?? ""
        }
        Badge {
            text: qsTr("Grade %1").arg("B")
            tone: "good"
            iconName: "trust"
        }
    }
    RowLayout {
        spacing: Theme.s
        Layout.fillWidth: true

        HelpSpot {
            number: picture.samples.n2 ?? ""
            Layout.alignment: Qt.AlignTop
        }
        GradeBar {
            lower: 0.8
            upper: 0.95
            Layout.fillWidth: true
        }
    }
    PictureLine {
        number: picture.samples.n3 ?? ""
        iconName: "review"
        text: qsTr("You may review")
    }
}
