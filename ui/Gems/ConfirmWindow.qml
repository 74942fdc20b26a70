// SPDX-License-Identifier: Apache-2.0
// The signer's own window: what would be signed, in words, and two answers. "No" is where the keyboard starts, and
// "yes" works only once everything has been in view.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

ApplicationWindow {
    id: window

    required property var asking
    // Nobody agrees by a click that was meant for the window before.
    property bool ready: false
    property bool seenAll: false

    function look(): void {
        if (ready && flick.contentY + flick.height >= flick.contentHeight - 1 && flick.height > 0 && flick.contentHeight > 0)
            seenAll = true;
    }

    function scroll(by: real): void {
        flick.contentY = Math.max(0, Math.min(flick.contentHeight - flick.height, flick.contentY + by));
    }

    width: Math.min(Math.round(520 * Theme.textScale), Screen.desktopAvailableWidth || 520)
    height: Math.min(column.implicitHeight + foot.implicitHeight + 5 * Theme.l, Math.round((Screen.desktopAvailableHeight || 700) * 0.9))
    minimumWidth: 320
    minimumHeight: 240
    flags: Qt.Dialog | Qt.WindowStaysOnTopHint | Qt.WindowTitleHint | Qt.WindowCloseButtonHint
    title: qsTr("Gems: your wallet asks")
    color: Theme.window

    LayoutMirroring.enabled: asking.rightToLeft
    LayoutMirroring.childrenInherit: true

    onClosing: asking.answer(false)
    Component.onCompleted: noButton.forceActiveFocus(Qt.TabFocusReason)

    Binding {
        target: Theme
        property: "mode"
        value: window.asking.themeMode
    }
    Binding {
        target: Theme
        property: "textScale"
        value: window.asking.textScale
    }
    Timer {
        interval: 700
        running: true
        onTriggered: {
            window.ready = true;
            window.look();
        }
    }
    Timer {
        interval: window.asking.timeoutMs
        running: interval > 0
        onTriggered: window.asking.answer(false)
    }
    Shortcut {
        sequence: "Esc"
        onActivated: window.asking.answer(false)
    }
    Shortcut {
        sequences: ["Down", "PgDown"]
        onActivated: window.scroll(flick.height / 2)
    }
    Shortcut {
        sequences: ["Up", "PgUp"]
        onActivated: window.scroll(-flick.height / 2)
    }

    Flickable {
        id: flick

        anchors {
            left: parent.left
            right: parent.right
            top: parent.top
            bottom: foot.top
            margins: Theme.l
        }
        contentHeight: column.implicitHeight
        clip: true
        interactive: contentHeight > height
        boundsBehavior: Flickable.StopAtBounds
        onContentYChanged: window.look()
        onHeightChanged: window.look()

        ScrollBar.vertical: ScrollBar {}

        ColumnLayout {
            id: column

            x: window.asking.rightToLeft ? Theme.m : 0
            width: flick.width - Theme.m
            spacing: Theme.m

            RowLayout {
                spacing: Theme.m
                Layout.fillWidth: true

                Icon {
                    name: "shield"
                    size: Math.round(26 * Theme.textScale)
                    color: Theme.accent
                }
                PlainText {
                    objectName: "question"
                    text: window.asking.title
                    font.pixelSize: Theme.fontTitle
                    font.weight: Font.DemiBold
                    Layout.fillWidth: true
                    Accessible.role: Accessible.Heading
                }
            }
            Repeater {
                model: window.asking.lines

                PlainText {
                    required property var modelData

                    text: modelData.text
                    color: modelData.kind === "warning" ? Theme.bad : Theme.text
                    font.pixelSize: modelData.kind === "address" ? Theme.fontTitle : Theme.fontBody
                    font.weight: modelData.kind === "address" ? Font.DemiBold : Font.Normal
                    Layout.fillWidth: true
                }
            }
            PlainText {
                text: qsTr("Say no if you did not ask for this. Without an answer this window closes by itself, and nothing is signed or changed.")
                color: Theme.textMuted
                font.pixelSize: Theme.fontSmall
                Layout.fillWidth: true
            }
        }
    }
    Flow {
        id: foot

        anchors {
            left: parent.left
            right: parent.right
            bottom: parent.bottom
            margins: Theme.l
        }
        spacing: Theme.m

        SecondaryButton {
            id: noButton

            objectName: "no"
            text: qsTr("No, do nothing")
            focus: true
            onClicked: window.asking.answer(false)
            Keys.onReturnPressed: window.asking.answer(false)
            Keys.onEnterPressed: window.asking.answer(false)
        }
        DangerButton {
            objectName: "yes"
            text: window.asking.yes
            enabled: window.ready && window.seenAll
            onClicked: window.asking.answer(true)
            Keys.onReturnPressed: window.asking.answer(true)
            Keys.onEnterPressed: window.asking.answer(true)
        }
        PlainText {
            visible: !window.seenAll
            text: qsTr("Scroll to the end to be able to agree.")
            color: Theme.textMuted
            font.pixelSize: Theme.fontSmall
        }
    }
}
