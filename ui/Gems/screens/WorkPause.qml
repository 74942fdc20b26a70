// SPDX-License-Identifier: Apache-2.0
// Between two batches: what was reached, and the one thing to do next, which Enter does.
import QtQuick
import QtQuick.Controls
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
    // Between the sentence and the one thing to do.
    default property alias extra: extras.data

    signal acted
    signal otherActed

    function takeFocus(): void {
        if (actionText !== "" && actionEnabled)
            action.forceActiveFocus(Qt.TabFocusReason);
        else if (otherText !== "")
            other.forceActiveFocus(Qt.TabFocusReason);
        else
            pause.forceActiveFocus(Qt.OtherFocusReason); // handed on when there is something to do
    }

    onVisibleChanged: {
        if (visible && activeFocus)
            takeFocus();
    }
    // While it was under way, the keyboard was on the other button, which Enter must not press next.
    onActionEnabledChanged: {
        if (actionEnabled && activeFocus)
            Qt.callLater(pause.takeFocus);
    }

    Flickable {
        id: flick

        anchors.fill: parent
        contentWidth: width
        contentHeight: Math.max(height, column.implicitHeight + 2 * Theme.xl)
        interactive: contentHeight > height
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        ScrollBar.vertical: ScrollBar {}

        // What the keyboard is on is never outside the view.
        readonly property Item focused: Window.activeFocusItem
        onFocusedChanged: keepInView()
        onContentHeightChanged: keepLater.restart()

        function keepInView(): void {
            if (!pause.activeFocus || !focused || !column.contains(column.mapFromItem(focused, 1, 1)))
                return;
            const top = focused.mapToItem(contentItem, 0, 0).y;
            const most = Math.max(0, contentHeight - height);
            if (top < contentY)
                contentY = Math.max(0, top - Theme.m);
            else if (top + focused.height > contentY + height)
                contentY = Math.min(most, top + focused.height - height + Theme.m);
        }

        Timer {
            id: keepLater

            interval: 0
            onTriggered: flick.keepInView()
        }
        ColumnLayout {
            id: column

            anchors.horizontalCenter: parent.horizontalCenter
            y: Math.max(Theme.xl, (flick.height - implicitHeight) * 0.38)
            width: Math.min(flick.width - 2 * Theme.xl, Theme.readingWidth)
            spacing: Theme.m

            Rectangle {
                implicitWidth: Math.round(72 * Theme.textScale)
                implicitHeight: implicitWidth
                // an ornament, where there is room for one
                visible: flick.height >= 360 * Theme.textScale
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
            ColumnLayout {
                id: extras

                visible: children.length > 0
                spacing: Theme.m
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
