// SPDX-License-Identifier: Apache-2.0
// A window with one task and nothing else, for `gems module render` and for tests.
import QtQuick
import Gems

Window {
    id: preview

    required property var viewModel
    property string themeMode: "light"
    property real textScale: 1
    property int padding: Theme.l

    color: Theme.window
    visible: false
    LayoutMirroring.enabled: Application.layoutDirection === Qt.RightToLeft
    LayoutMirroring.childrenInherit: true

    Binding {
        target: Theme
        property: "mode"
        value: preview.themeMode
    }
    Binding {
        target: Theme
        property: "textScale"
        value: preview.textScale
    }
    Binding {
        target: Theme
        property: "reducedMotion"
        value: true
    }
    TaskView {
        objectName: "task"
        anchors.fill: parent
        anchors.margins: preview.padding
        viewModel: preview.viewModel
        focus: true
    }
}
