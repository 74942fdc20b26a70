// SPDX-License-Identifier: Apache-2.0
// Where every "?" finds its words; Main.qml puts the view model in (gems_desktop/viewmodels/help.py).
pragma Singleton

import QtQuick

QtObject {
    property var model: null
    // The glossary's names by their ids, in the language of the window.
    readonly property var names: model?.names ?? ({})
}
