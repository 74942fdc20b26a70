// SPDX-License-Identifier: Apache-2.0
// Says that an account or a network is a practice one, wherever it shows up.
import QtQuick

Badge {
    text: qsTr("Practice")
    iconName: "practice"
    tone: "warn"
}
