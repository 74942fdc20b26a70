// SPDX-License-Identifier: Apache-2.0
// What is to be known of a campaign under one heading: pay, risk, time or the requester.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

ColumnLayout {
    id: section

    property string title: ""
    required property var model

    visible: (model?.count ?? 0) > 0
    spacing: Theme.s
    Layout.fillWidth: true

    PlainText {
        text: section.title
        font.weight: Font.DemiBold
        Layout.fillWidth: true
        Accessible.role: Accessible.Heading
    }
    GridLayout {
        columns: width < 330 * Theme.textScale ? 1 : 2
        columnSpacing: Theme.l
        rowSpacing: Theme.s
        uniformCellWidths: true
        Layout.fillWidth: true

        Repeater {
            model: section.model

            CampaignFact {
                required property string tone

                ink: tone === "" ? Theme.text : Theme.tone(tone)
            }
        }
    }
}
