// SPDX-License-Identifier: Apache-2.0
// Between two batches: what was reached, and the one thing to do next, which Enter does.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

FocusScope {
    id: pause

    property string iconName: "done"
    property string title: ""
    property string sentence: ""
    property string actionText: ""
    property string actionIcon: ""
    property bool actionEnabled: true
    property string otherText: ""

    signal acted
    signal otherActed

    function takeFocus(): void {
        if (actionText !== "" && actionEnabled)
            action.forceActiveFocus(Qt.TabFocusReason);
        else if (otherText !== "")
            other.forceActiveFocus(Qt.TabFocusReason);
    }

    onVisibleChanged: {
        if (visible && activeFocus)
            takeFocus();
    }

    Flickable {
        id: flick

        anchors.fill: parent
        contentWidth: width
        contentHeight: Math.max(height, column.implicitHeight + 2 * Theme.xl)
        interactive: contentHeight > height
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        ColumnLayout {
            id: column

            anchors.horizontalCenter: parent.horizontalCenter
            y: Math.max(Theme.xl, (flick.height - implicitHeight) * 0.38)
            width: Math.min(flick.width - 2 * Theme.xl, Theme.readingWidth)
            spacing: Theme.m

            Rectangle {
                implicitWidth: Math.round(72 * Theme.textScale)
                implicitHeight: implicitWidth
                radius: implicitWidth / 2
                color: Theme.accentSoft
                Layout.alignment: Qt.AlignHCenter

                Icon {
                    anchors.centerIn: parent
                    name: pause.iconName
                    size: Math.round(32 * Theme.textScale)
                    color: Theme.accentSoftInk
                }
            }
            PlainText {
                text: pause.title
                font.pixelSize: Theme.fontHeading
                font.weight: Font.DemiBold
                horizontalAlignment: Text.AlignHCenter
                Layout.fillWidth: true
                Accessible.role: Accessible.Heading
            }
            PlainText {
                visible: text !== ""
                text: pause.sentence
                color: Theme.textMuted
                lineHeight: 1.2
                horizontalAlignment: Text.AlignHCenter
                Layout.fillWidth: true
                Layout.maximumWidth: Theme.readingWidth * 0.8
                Layout.alignment: Qt.AlignHCenter
            }
            PrimaryButton {
                id: action

                objectName: "pauseAction"
                visible: pause.actionText !== ""
                text: pause.actionText
                iconName: pause.actionIcon
                enabled: pause.actionEnabled
                focus: true
                keyHint: activeFocus ? qsTr("Enter") : ""
                Layout.alignment: Qt.AlignHCenter
                Layout.topMargin: Theme.s
                Keys.onReturnPressed: clicked()
                Keys.onEnterPressed: clicked()
                onClicked: pause.acted()
            }
            QuietButton {
                id: other

                visible: pause.otherText !== ""
                text: pause.otherText
                Layout.alignment: Qt.AlignHCenter
                Keys.onReturnPressed: clicked()
                Keys.onEnterPressed: clicked()
                onClicked: pause.otherActed()
            }
        }
    }
}
