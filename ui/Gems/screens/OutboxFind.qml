// SPDX-License-Identifier: Apache-2.0
// Which part of the outbox is shown: by state, and by the words of its campaign.
import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

GridLayout {
    id: find

    required property var viewModel

    readonly property list<string> filters: ["all", "unsent", "waiting", "rejected", "paid"]
    readonly property int fieldWidth: Math.round(300 * Theme.textScale)

    // The keyboard goes on to the rows.
    signal passed

    function search(): void {
        searchField.forceActiveFocus(Qt.ShortcutFocusReason);
    }

    function clear(): void {
        searchField.text = "";
        viewModel.find("");
    }

    columns: width < filter.implicitWidth + fieldWidth + Theme.m ? 1 : 2
    columnSpacing: Theme.m
    rowSpacing: Theme.m

    Flickable {
        id: strip

        contentWidth: Math.max(width, filter.width)
        contentHeight: height
        implicitHeight: filter.height
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        Layout.fillWidth: true

        SegmentedControl {
            id: filter

            x: LayoutMirroring.enabled ? Math.max(0, strip.width - width) : 0
            width: implicitWidth
            height: implicitHeight
            name: qsTr("Show")
            labels: [qsTr("All %1").arg(find.viewModel.total), qsTr("To send %1").arg(find.viewModel.unsent), qsTr("Waiting %1").arg(find.viewModel.delivered), qsTr("Rejected %1").arg(find.viewModel.rejected), qsTr("Accepted %1").arg(find.viewModel.paid)]
            currentIndex: Math.max(0, find.filters.indexOf(find.viewModel.filter))
            onChosen: index => find.viewModel.choose(find.filters[index])
        }
    }
    TextField {
        id: searchField

        objectName: "searchOutbox"
        placeholderText: qsTr("Search by campaign (Ctrl+F)")
        maximumLength: 100
        Accessible.name: qsTr("Search by campaign")
        Layout.preferredWidth: Math.min(find.width, find.fieldWidth)
        onTextEdited: find.viewModel.find(text)
        Keys.onDownPressed: find.passed()
        Keys.onEscapePressed: {
            text = "";
            find.viewModel.find("");
            find.passed();
        }
    }
}
