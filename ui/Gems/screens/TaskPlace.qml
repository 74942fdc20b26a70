// SPDX-License-Identifier: Apache-2.0
// Where a task stands on a screen: the task itself, or the cover before one that may disturb.
pragma ComponentBehavior: Bound

import QtQuick
import Gems
import Gems.tasks

FocusScope {
    id: place

    // Of work, review or practice: `task`, `broken`, `veiled`, `warning`, `reveal()`.
    required property var viewModel
    property bool active: true
    readonly property bool veiled: viewModel.veiled
    readonly property alias item: loader.item
    // Whether the keyboard is with one part of the task.
    readonly property bool inside: activeFocus && Window.activeFocusItem !== loader.item && !veiled

    function takeKeyboard(): void {
        if (place.viewModel.veiled)
            veil.takeFocus();
        else if (loader.item)
            (loader.item as TaskView).takeKeyboard();
        else
            place.forceActiveFocus(Qt.OtherFocusReason); // handed on when the task is there
    }

    // The first element below `item` that Tab stops at.
    function firstStop(item: Item): Item {
        for (const child of item.children) {
            if (!child.visible || !child.enabled)
                continue;
            const found = child.activeFocusOnTab ? child : place.firstStop(child);
            if (found)
                return found;
        }
        return null;
    }

    // To what stands first in the task, as a picture, for keys that are its own.
    function enter(): void {
        const task = loader.item as TaskView;
        const first = task !== null && !inside ? place.firstStop(task) : null;
        (first ?? place).forceActiveFocus(Qt.TabFocusReason);
    }

    // From the task as a whole, Tab goes into it: Qt would begin at the window's first element.
    Keys.onTabPressed: event => {
        const task = loader.item as TaskView;
        const first = task !== null && Window.activeFocusItem === task ? place.firstStop(task) : null;
        if (first)
            first.forceActiveFocus(Qt.TabFocusReason);
        event.accepted = first !== null;
    }
    onVeiledChanged: {
        if (place.activeFocus)
            place.takeKeyboard();
    }

    Loader {
        id: loader

        // On a very wide window words stay together; pictures and the like take all there is.
        readonly property real most: (item as TaskView)?.roomy === false ? Math.round(1500 * Theme.textScale) : place.width

        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.min(place.width, most)
        height: place.height
        active: place.active && place.viewModel.task !== null
        visible: !place.viewModel.broken && !place.veiled
        focus: true

        sourceComponent: TaskView {
            viewModel: place.viewModel.task
            focus: true
        }
        onLoaded: {
            if (place.activeFocus)
                place.takeKeyboard();
        }
    }
    TaskVeil {
        id: veil

        anchors.fill: parent
        visible: place.veiled && !place.viewModel.broken
        words: place.viewModel.warning
        onRevealed: place.viewModel.reveal()
    }
}
