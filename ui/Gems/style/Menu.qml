// SPDX-License-Identifier: Apache-2.0
// A menu.
import QtQuick
import QtQuick.Templates as T
import Gems

T.Menu {
    id: control

    implicitWidth: Math.max(implicitBackgroundWidth + leftInset + rightInset, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: Math.max(implicitBackgroundHeight + topInset + bottomInset, implicitContentHeight + topPadding + bottomPadding)

    margins: Theme.xs
    padding: Theme.xs
    overlap: 1
    font.family: Theme.family
    font.pixelSize: Theme.fontBody

    delegate: MenuItem {}

    contentItem: ListView {
        implicitWidth: 200
        implicitHeight: contentHeight
        model: control.contentModel
        interactive: contentHeight + control.topPadding + control.bottomPadding > control.height
        clip: true
        currentIndex: control.currentIndex
    }

    background: StyleSheet {
        implicitWidth: 200
    }
}
