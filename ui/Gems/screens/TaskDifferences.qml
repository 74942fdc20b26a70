// SPDX-License-Identifier: Apache-2.0
// Another answer beside the one on the screen: its regions dashed in the task, here what differs, line by line.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

ColumnLayout {
    id: differences

    // A ComparingViewModel (gems_desktop/viewmodels/comparing.py).
    required property var viewModel
    property string key: "F4"
    property int most: 180

    visible: viewModel.available
    spacing: Theme.xs

    SecondaryButton {
        objectName: "compare"
        text: differences.viewModel.on ? qsTr("Hide the other answer") : qsTr("Show the differences")
        iconName: differences.viewModel.on ? "eye-off" : "eye"
        keyHint: differences.key
        focusPolicy: Qt.TabFocus
        onClicked: differences.viewModel.toggle()
    }
    PlainText {
        visible: differences.viewModel.on
        text: list.count === 0 ? qsTr("%1: the same").arg(differences.viewModel.title) : qsTr("%1 (dashed): %n difference(s)", "", list.count).arg(differences.viewModel.title)
        color: Theme.textMuted
        font.pixelSize: Theme.fontSmall
        Layout.fillWidth: true
    }
    ListView {
        id: list

        objectName: "differences"
        visible: differences.viewModel.on && count > 0
        implicitHeight: Math.min(contentHeight, differences.most)
        model: differences.viewModel.rows
        clip: true
        cacheBuffer: 0
        boundsBehavior: Flickable.StopAtBounds
        interactive: contentHeight > height
        activeFocusOnTab: true
        highlightMoveDuration: 0
        Layout.fillWidth: true
        Accessible.role: Accessible.List
        Accessible.focusable: true
        Accessible.name: qsTr("Differences")
        ScrollBar.vertical: ScrollBar {}

        onCurrentIndexChanged: {
            if (activeFocus)
                differences.viewModel.show((currentItem as TaskDifference)?.region ?? "");
        }

        delegate: TaskDifference {
            width: list.width
            current: ListView.isCurrentItem && list.activeFocus
            onChosen: {
                list.currentIndex = index;
                list.forceActiveFocus(Qt.MouseFocusReason);
                differences.viewModel.show(region);
            }
        }
    }
}
