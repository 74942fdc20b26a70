// SPDX-License-Identifier: Apache-2.0
// A titled passage of outside text, shortened when it is very long.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

ColumnLayout {
    id: passage

    property string title: ""
    property string words: ""

    visible: words !== ""
    spacing: 2
    Layout.fillWidth: true

    PlainText {
        text: passage.title
        font.weight: Font.DemiBold
        Layout.fillWidth: true
        Accessible.role: Accessible.Heading
    }
    PlainText {
        text: passage.words
        lineHeight: 1.2
        Layout.fillWidth: true
        Layout.maximumWidth: Theme.readingWidth
    }
}
