// SPDX-License-Identifier: Apache-2.0
// What happened, the newest first; Enter or a click goes to the page that a notice is about.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import QtQuick.Templates as T
import Gems
import Gems.components

T.Dialog {
    id: panel

    // A NoticesViewModel (gems_desktop/viewmodels/notices.py), or null before a profile is open.
    property var viewModel: null
    required property var appViewModel
    // How much of the window the rail takes; the panel stands beside it.
    property real beside: 0

    signal opening(string page)

    parent: T.Overlay.overlay
    width: Math.min(Math.round(420 * Theme.textScale), (parent?.width ?? 600) - 2 * Theme.m)
    height: Math.min(Math.round(560 * Theme.textScale), (parent?.height ?? 600) - 2 * Theme.m)
    x: {
        const room = parent?.width ?? 600;
        const left = Math.max(Theme.m, Math.min(beside + Theme.s, room - width - Theme.m));
        return appViewModel.rightToLeft ? room - width - left : left;
    }
    y: Theme.m
    title: qsTr("Notices")
    padding: Theme.m
    modal: true
    dim: false
    focus: true
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside

    function go(index: int): void {
        const page = viewModel.pageOf(index);
        viewModel.markRead(index);
        close();
        opening(page);
    }

    onAboutToShow: {
        viewModel.reload();
        list.currentIndex = 0;
    }
    onOpened: list.forceActiveFocus(Qt.TabFocusReason)

    background: Rectangle {
        color: Theme.raised
        radius: Theme.radius + 4
        border.color: Theme.outline
    }
    T.Overlay.modal: Rectangle {
        color: "transparent"
    }

    contentItem: ColumnLayout {
        spacing: Theme.s
        LayoutMirroring.enabled: panel.appViewModel.rightToLeft
        LayoutMirroring.childrenInherit: true

        RowLayout {
            spacing: Theme.s
            Layout.fillWidth: true

            PlainText {
                text: qsTr("Notices")
                font.pixelSize: Theme.fontTitle
                font.weight: Font.DemiBold
                Layout.fillWidth: true
                Accessible.role: Accessible.Heading
            }
            QuietButton {
                objectName: "noticeSettings"
                iconName: "settings"
                Accessible.name: qsTr("Settings of notices")
                onClicked: {
                    panel.close();
                    panel.appViewModel.screenModel("settings").openSection("notices");
                    panel.opening("settings");
                }
            }
            QuietButton {
                objectName: "closeNotices"
                iconName: "x"
                Accessible.name: qsTr("Close")
                onClicked: panel.close()
            }
        }
        ListView {
            id: list

            objectName: "noticeList"
            visible: count > 0
            clip: true
            cacheBuffer: 0
            spacing: Theme.xs
            model: panel.viewModel?.rows ?? null
            boundsBehavior: Flickable.StopAtBounds
            highlightMoveDuration: 0
            focus: true
            activeFocusOnTab: true
            keyNavigationEnabled: true
            Layout.fillWidth: true
            Layout.fillHeight: true
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Notices")
            Keys.onReturnPressed: panel.go(currentIndex)
            Keys.onEnterPressed: panel.go(currentIndex)
            Keys.onSpacePressed: panel.go(currentIndex)
            // the first notices may come when the panel is open already
            onVisibleChanged: {
                if (visible && panel.opened)
                    forceActiveFocus(Qt.TabFocusReason);
            }

            ScrollBar.vertical: ScrollBar {
                id: bar

                policy: list.contentHeight > list.height ? ScrollBar.AlwaysOn : ScrollBar.AlwaysOff
            }

            delegate: NoticeRowItem {
                // beside the scroll bar, on whichever side that is
                readonly property real room: list.contentHeight > list.height ? bar.width + Theme.xs : 0

                width: ListView.view.width
                leftInset: panel.appViewModel.rightToLeft ? room : 0
                rightInset: panel.appViewModel.rightToLeft ? 0 : room
                leftPadding: leftInset
                rightPadding: rightInset
                marked: list.activeFocus && list.currentIndex === index
                onClicked: panel.go(index)
            }
        }
        EmptyState {
            visible: list.count === 0
            iconName: "bell"
            title: qsTr("No notices yet")
            sentence: qsTr("New work, verdicts, deadlines and pay are told here.")
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignVCenter
        }
        Item {
            visible: list.count === 0
            Layout.fillHeight: true
        }
        SecondaryButton {
            objectName: "readNotices"
            visible: (panel.viewModel?.unread ?? 0) > 0
            text: qsTr("Mark all as read")
            iconName: "check"
            Layout.fillWidth: true
            onClicked: {
                panel.viewModel.markAll();
                list.forceActiveFocus(Qt.TabFocusReason);
            }
        }
    }
}
