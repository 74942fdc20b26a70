// SPDX-License-Identifier: Apache-2.0
// Words that the module's author wrote beside what is judged, the same in every task.
import QtQuick
import Gems
import Gems.components

PlainText {
    required property TaskRow row
    required property var viewModel

    text: row.text
    color: Theme.textMuted
}
