// SPDX-License-Identifier: Apache-2.0
// One picture of a task.
import QtQuick

Image {
    property string sha256: ""
    readonly property int state_number: status

    asynchronous: true
    source: sha256 === "" ? "" : "image://task/" + sha256
    sourceSize: Qt.size(64, 64)
}
