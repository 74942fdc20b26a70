// SPDX-License-Identifier: Apache-2.0
// Makes what it holds when that is wanted for the first time, and keeps it: the first picture does not wait for it.
import QtQuick

Loader {
    property bool wanted: false

    active: false
    onWantedChanged: {
        if (wanted)
            active = true;
    }
}
