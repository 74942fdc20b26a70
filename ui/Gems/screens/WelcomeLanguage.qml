// SPDX-License-Identifier: Apache-2.0
// The first question: every language by its own name, big enough for a finger; the present one is one key away.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

WelcomeStep {
    id: step

    required property var appViewModel

    signal chosen(code: string)

    readonly property int here: Math.max(0, appViewModel.languageCodes.indexOf(appViewModel.language))

    function choose(at: int): void {
        const code = appViewModel.languageCodes[at];
        appViewModel.setLanguage(code);
        chosen(code);
    }

    function takeFocus(): void {
        names.itemAt(here)?.forceActiveFocus(Qt.TabFocusReason);
    }

    // To the button `by` places on, as the eye reads.
    function move(at: int, by: int): void {
        names.itemAt(Math.max(0, Math.min(names.count - 1, at + by)))?.forceActiveFocus(Qt.TabFocusReason);
    }

    title: qsTr("Choose your language")
    sentence: ""

    GridLayout {
        id: grid

        columns: Math.max(1, Math.floor(width / (172 * Theme.textScale)))
        columnSpacing: Theme.s
        rowSpacing: Theme.s
        uniformCellWidths: true
        Layout.fillWidth: true

        Repeater {
            id: names

            model: step.appViewModel.languageNames

            GemButton {
                id: choice

                required property int index
                required property string modelData
                readonly property int forward: step.appViewModel.rightToLeft ? -1 : 1

                objectName: "language-" + step.appViewModel.languageCodes[index]
                text: modelData
                variant: index === step.here ? "primary" : "secondary"
                iconName: index === step.here ? "check" : ""
                implicitHeight: Math.round(48 * Theme.textScale)
                font.pixelSize: Theme.fontTitle
                Layout.fillWidth: true
                onClicked: step.choose(index)
                Keys.onReturnPressed: clicked()
                Keys.onEnterPressed: clicked()
                Keys.onLeftPressed: step.move(index, -forward)
                Keys.onRightPressed: step.move(index, forward)
                Keys.onUpPressed: step.move(index, -grid.columns)
                Keys.onDownPressed: step.move(index, grid.columns)
            }
        }
    }
}
