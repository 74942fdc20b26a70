// SPDX-License-Identifier: Apache-2.0
// What one element of a task consists of; the model's roles by name.
import QtQuick

Item {
    required property string kind
    required property string name
    required property string side
    required property bool hidden
    required property string text
    required property string picture
    required property string target
    required property string hint
    required property bool multiple
    required property bool flowing
    required property bool needed
    required property bool region
    required property int lines
    required property int most
    required property var texts
    required property var options
    required property var part

    // The heading right above it, which says what it asks.
    property string caption: ""
    // Whether it stands in the narrow column of controls.
    property bool onRight: false
    property bool wide: true
    // Of a picture: looks closer or from further away for a key; whether the key is for that.
    property var closer: null
}
