// SPDX-License-Identifier: Apache-2.0
// One thing that can be done about a verdict, with its price above the button.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

ColumnLayout {
    id: choice

    property string cost: ""
    property string text: ""
    property string iconName: ""
    property string name: ""
    property bool primary: false

    function takeFocus(): void {
        button.forceActiveFocus(Qt.TabFocusReason);
    }

    signal chosen

    visible: cost !== ""
    spacing: Theme.xs
    Layout.fillWidth: true

    PlainText {
        text: choice.cost
        color: Theme.textMuted
        Layout.fillWidth: true
    }
    GemButton {
        id: button

        objectName: choice.name
        variant: choice.primary ? "primary" : "secondary"
        text: choice.text
        iconName: choice.iconName
        Accessible.description: choice.cost
        Layout.alignment: Qt.AlignLeft
        onClicked: choice.chosen()
        Keys.onReturnPressed: clicked()
    }
}
