// SPDX-License-Identifier: Apache-2.0
// A button whose action is under way until the test ends it, and one that does not know of that.
import QtQuick
import QtQuick.Window
import Gems.components

Window {
    id: window

    property int presses: 0
    property bool busy: false
    property bool ready: true
    property bool guarded: true

    width: 300
    height: 120

    PrimaryButton {
        objectName: "send"
        text: "Send"
        iconName: "upload"
        focus: true
        enabled: window.ready
        busy: window.guarded && window.busy
        onClicked: {
            window.presses++;
            window.busy = true;
        }
        Keys.onReturnPressed: clicked()
    }
}
