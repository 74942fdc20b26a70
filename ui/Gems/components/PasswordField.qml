// SPDX-License-Identifier: Apache-2.0
// A framed SecretField with a button that shows the letters; hand `field` to the view model, never its contents.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.items

FocusScope {
    id: entry

    property alias field: secret
    property alias placeholder: secret.placeholder
    property alias masked: secret.masked
    property alias pasteAllowed: secret.pasteAllowed
    property bool canReveal: true
    property string name: ""
    // What is wrong, or a hint: read with the name.
    property string description: ""
    readonly property int length: secret.length

    signal submitted

    // Qt says no name of a field whose letters are hidden: what is around it has the name, and labels it.
    Accessible.role: Accessible.Grouping
    Accessible.name: name !== "" ? name : placeholder
    implicitWidth: Math.round(280 * Theme.textScale)
    implicitHeight: Theme.controlHeight
    Layout.fillWidth: true

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: entry.enabled ? Theme.raised : Theme.sunken
        border.width: secret.activeFocus ? Theme.focusWidth : 1
        border.color: secret.activeFocus ? Theme.focus : entry.enabled ? Theme.outline : Theme.border
    }
    SecretField {
        id: secret

        anchors.fill: parent
        anchors.leftMargin: Theme.m
        anchors.rightMargin: reveal.visible ? reveal.width + Theme.xs : Theme.m
        focus: true
        ink: entry.enabled ? Theme.text : Theme.textDisabled
        mutedInk: entry.enabled ? Theme.textMuted : Theme.textDisabled
        fontSize: Theme.fontBody
        Accessible.role: Accessible.EditableText
        Accessible.passwordEdit: true
        Accessible.editable: true
        Accessible.labelledBy: entry
        Accessible.description: [entry.name !== "" ? entry.name : placeholder, entry.description].filter(part => part !== "").join(". ")
        onSubmitted: entry.submitted()
    }
    QuietButton {
        id: reveal

        anchors.right: parent.right
        anchors.rightMargin: 2
        anchors.verticalCenter: parent.verticalCenter
        height: parent.height - 4
        visible: entry.canReveal
        iconName: secret.masked ? "eye" : "eye-off"
        Accessible.name: secret.masked ? qsTr("Show what is typed") : qsTr("Hide what is typed")
        onClicked: secret.masked = !secret.masked
    }
}
