// SPDX-License-Identifier: Apache-2.0
// A heading that the module's author wrote.
import QtQuick
import Gems
import Gems.components

PlainText {
    required property TaskRow row
    required property var viewModel

    text: row.text
    font.pixelSize: Theme.fontTitle
    font.weight: Font.DemiBold
    topPadding: 2
    bottomPadding: 2
    Accessible.role: Accessible.Heading
}
