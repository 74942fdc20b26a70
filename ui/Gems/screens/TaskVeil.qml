// SPDX-License-Identifier: Apache-2.0
// Stands before a task that may disturb until somebody asks for it; behind it nothing is drawn or played.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

FocusScope {
    id: veil

    property string words: ""

    signal revealed

    function takeFocus(): void {
        show.forceActiveFocus(Qt.TabFocusReason);
    }

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Covered task")
    // Enter finishes tasks elsewhere on the screen: never one that was not seen.
    Keys.onReturnPressed: event => event.accepted = true
    Keys.onEnterPressed: event => event.accepted = true

    Rectangle {
        anchors.fill: parent
        color: Theme.sunken
        radius: Theme.radius
        border.width: 1
        border.color: Theme.border
    }
    Flickable {
        anchors.fill: parent
        contentHeight: Math.max(height, column.implicitHeight + 2 * Theme.l)
        interactive: contentHeight > height
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        ColumnLayout {
            id: column

            anchors.centerIn: parent
            width: Math.min(parent.width - 2 * Theme.l, Theme.readingWidth)
            spacing: veil.height > 200 * Theme.textScale ? Theme.m : Theme.xs

            Icon {
                visible: veil.height > 260 * Theme.textScale
                name: "eye-off"
                size: 2 * Theme.iconSize
                color: Theme.warn
                Layout.alignment: Qt.AlignHCenter
            }
            PlainText {
                text: qsTr("This task may disturb you")
                font.pixelSize: Theme.fontTitle
                font.weight: Font.DemiBold
                horizontalAlignment: Text.AlignHCenter
                Layout.fillWidth: true
                Accessible.role: Accessible.Heading
            }
            PlainText {
                visible: text !== ""
                text: veil.words
                horizontalAlignment: Text.AlignHCenter
                Layout.fillWidth: true
            }
            PlainText {
                visible: veil.height > 200 * Theme.textScale
                text: qsTr("It stays covered until you ask for it. Leaving it costs you nothing.")
                color: Theme.textMuted
                horizontalAlignment: Text.AlignHCenter
                Layout.fillWidth: true
            }
            SecondaryButton {
                id: show

                objectName: "reveal"
                text: qsTr("Show it")
                iconName: "eye"
                keyHint: qsTr("Space")
                focus: true
                Layout.alignment: Qt.AlignHCenter
                onClicked: veil.revealed()
                Keys.onReturnPressed: event => event.accepted = true
                Keys.onEnterPressed: event => event.accepted = true
            }
        }
    }
}
