// SPDX-License-Identifier: Apache-2.0
// Samples of one kind side by side in a card, as many as there is room for.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

Card {
    id: shelf

    property int cell: 240
    default property alias samples: grid.data

    Layout.fillWidth: true
    Component.onCompleted: {
        for (const sample of grid.children)
            sample.Layout.alignment = Qt.AlignTop;
    }

    GridLayout {
        id: grid

        columns: Math.max(1, Math.floor(shelf.width / Math.round(shelf.cell * Theme.textScale)))
        columnSpacing: Theme.l
        rowSpacing: Theme.l
        uniformCellWidths: true
        Layout.fillWidth: true
    }
}
