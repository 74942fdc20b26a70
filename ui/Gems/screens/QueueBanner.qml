// SPDX-License-Identifier: Apache-2.0
// Tasks that run out soon, how long the first of them has, and the way to send; or what is wrong with this computer.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

ColumnLayout {
    id: banner

    property var queue: null
    property bool sends: true
    readonly property bool due: (queue?.dueSoon ?? 0) > 0
    readonly property bool notice: (queue?.noticeText ?? "") !== ""

    signal acted

    visible: due || notice
    spacing: Theme.s

    Component.onCompleted: {
        if (queue?.reload)
            queue.reload();
    }

    ErrorBanner {
        what: banner.queue?.noticeText ?? ""
        safe: banner.queue?.noticeSafe ?? ""
        todo: banner.queue?.noticeTodo ?? ""
        dismissable: false
        Layout.fillWidth: true
    }
    Rectangle {
        visible: banner.due
        implicitHeight: grid.implicitHeight + 2 * Theme.m
        color: Theme.warnSoft
        border.color: Theme.warn
        border.width: 1
        radius: Theme.radius
        Layout.fillWidth: true

        GridLayout {
            id: grid

            anchors.fill: parent
            anchors.margins: Theme.m
            anchors.leftMargin: Theme.l
            anchors.rightMargin: Theme.l
            columns: width < 640 * Theme.textScale ? 1 : 2
            columnSpacing: Theme.l
            rowSpacing: Theme.s

            RowLayout {
                spacing: Theme.m
                Layout.fillWidth: true

                Icon {
                    name: "clock"
                    color: Theme.warn
                }
                ColumnLayout {
                    spacing: 2
                    Layout.fillWidth: true

                    PlainText {
                        text: banner.queue?.dueText ?? ""
                        font.weight: Font.Medium
                        Layout.fillWidth: true
                    }
                    Countdown {
                        visible: endsAt > 0
                        endsAt: banner.queue?.dueAt ?? 0
                    }
                }
            }
            SecondaryButton {
                objectName: "sendDue"
                visible: banner.sends && (banner.queue?.canSend ?? false)
                text: qsTr("Go to the outbox")
                iconName: "outbox"
                onClicked: banner.acted()
                Keys.onReturnPressed: clicked()
            }
        }
    }
}
