// SPDX-License-Identifier: Apache-2.0
// A quiet sentence above a control.
import QtQuick
import Gems
import Gems.components

PlainText {
    visible: text !== ""
    color: Theme.textMuted
}
