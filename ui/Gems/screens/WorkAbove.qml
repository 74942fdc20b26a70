// SPDX-License-Identifier: Apache-2.0
// What stands between the header and the task; where it would take the task's room it scrolls for itself.
import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems

Flickable {
    id: above

    property int most: 300
    default property alias content: column.data

    implicitHeight: Math.min(most, contentHeight)
    Layout.preferredHeight: implicitHeight // or a layout keeps its last height once nothing is left in it
    contentWidth: width
    contentHeight: column.implicitHeight > 0 ? column.implicitHeight + Theme.m : 0
    interactive: contentHeight > height + 1
    boundsBehavior: Flickable.StopAtBounds
    clip: interactive
    activeFocusOnTab: interactive
    Keys.onUpPressed: above.contentY = Math.max(0, above.contentY - above.height * 0.5)
    Keys.onDownPressed: above.contentY = Math.min(above.contentHeight - above.height, above.contentY + above.height * 0.5)
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("About this task")

    ScrollBar.vertical: ScrollBar {
        policy: above.interactive ? ScrollBar.AsNeeded : ScrollBar.AlwaysOff
    }

    ColumnLayout {
        id: column

        x: Theme.l
        y: Theme.m
        width: above.width - 2 * Theme.l
        spacing: Theme.s
    }
}
