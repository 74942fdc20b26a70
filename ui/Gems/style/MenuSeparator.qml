// SPDX-License-Identifier: Apache-2.0
// A line between the words of a menu.
import QtQuick
import QtQuick.Templates as T
import Gems

T.MenuSeparator {
    id: control

    implicitWidth: Math.max(implicitBackgroundWidth + leftInset + rightInset, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: Math.max(implicitBackgroundHeight + topInset + bottomInset, implicitContentHeight + topPadding + bottomPadding)

    padding: Theme.xs

    contentItem: Rectangle {
        implicitWidth: 100
        implicitHeight: 1
        color: Theme.border
    }
}
