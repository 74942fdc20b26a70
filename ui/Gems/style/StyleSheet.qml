// SPDX-License-Identifier: Apache-2.0
// The ground of everything that floats above the page.
import QtQuick
import Gems

Rectangle {
    color: Theme.raised
    border.color: Theme.border
    border.width: 1
    radius: Theme.radius
}
