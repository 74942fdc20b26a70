// SPDX-License-Identifier: Apache-2.0
// Hands the theme to a test: asking the engine for it from Python deadlocks (docs/adr/0041-window.md).
import QtQuick
import Gems

Item {
    readonly property QtObject theme: Theme
}
