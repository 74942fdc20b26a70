// SPDX-License-Identifier: Apache-2.0
// One part of the settings: cards in two columns, each card as high as it has to be; one column where there is no room.
import QtQuick
import QtQuick.Layouts
import Gems

GridLayout {
    id: section

    default property alias first: first.data
    property alias second: second.data

    readonly property bool two: width >= 720 * Theme.textScale && second.children.length > 0
    readonly property int most: two ? -1 : Theme.readingWidth

    columns: two ? 2 : 1
    columnSpacing: Theme.m
    rowSpacing: Theme.m
    uniformCellWidths: two

    ColumnLayout {
        id: first

        spacing: Theme.m
        Layout.fillWidth: true
        Layout.maximumWidth: section.most
        Layout.alignment: Qt.AlignTop
    }
    ColumnLayout {
        id: second

        visible: children.length > 0
        spacing: Theme.m
        Layout.fillWidth: true
        Layout.maximumWidth: section.most
        Layout.alignment: Qt.AlignTop
    }
}
