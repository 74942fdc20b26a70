// SPDX-License-Identifier: Apache-2.0
// How long a requester's accepted work waited for its pay.
import QtQuick
import QtQuick.Layouts
import Gems.components

Card {
    id: card

    required property var viewModel

    title: qsTr("How fast they pay")
    iconName: "hourglass"

    AcrossChart {
        objectName: "promptness"
        title: card.title
        facts: card.viewModel.promptness
        heads: [qsTr("Paid"), qsTr("Tasks"), qsTr("Share")]
        emptyText: qsTr("Nothing is known yet: no task of this requester has been paid.")
        Layout.fillWidth: true
    }
}
