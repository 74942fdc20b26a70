// SPDX-License-Identifier: Apache-2.0
// Asks for the name of a profile, a new one's or another one for one that is there.
import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems.components

ConfirmDialog {
    id: dialog

    property string profile: ""
    property int longest: 60

    signal named(name: string, title: string)

    function ask(name: string, title: string): void {
        profile = name;
        field.text = title;
        open();
        field.forceActiveFocus(Qt.TabFocusReason);
    }

    title: profile === "" ? qsTr("New profile") : qsTr("Rename the profile")
    sentence: profile === "" ? qsTr("It begins empty, with a wallet and a password of its own.") : qsTr("Only its name changes; its folder and its wallet stay where they are.")
    acceptText: profile === "" ? qsTr("Make and open it") : qsTr("Rename")
    onAccepted: if (field.text.trim() !== "")
        named(profile, field.text)

    TextField {
        id: field

        objectName: "profileTitle"
        maximumLength: dialog.longest
        placeholderText: qsTr("Name in any script")
        Accessible.name: placeholderText
        Layout.fillWidth: true
        onAccepted: dialog.accept()
    }
}
