// SPDX-License-Identifier: Apache-2.0
// A button as it looks, which no key reaches.
import QtQuick
import Gems.components

GemButton {
    focusPolicy: Qt.NoFocus
    Accessible.ignored: true
}
