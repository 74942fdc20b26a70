// SPDX-License-Identifier: Apache-2.0
// A sheet that slides in from an edge.
import QtQuick
import QtQuick.Templates as T
import Gems

T.Drawer {
    id: control

    parent: T.Overlay.overlay
    implicitWidth: Math.max(implicitBackgroundWidth + leftInset + rightInset, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: Math.max(implicitBackgroundHeight + topInset + bottomInset, implicitContentHeight + topPadding + bottomPadding)

    enter: Transition {
        NumberAnimation {
            duration: Theme.slow
        }
    }
    exit: Transition {
        NumberAnimation {
            duration: Theme.slow
        }
    }

    background: StyleSheet {
        radius: 0
    }

    T.Overlay.modal: Rectangle {
        color: Theme.scrim
    }
    T.Overlay.modeless: Rectangle {
        color: "transparent"
    }
}
