// SPDX-License-Identifier: Apache-2.0
// Asks before a profile is put aside: what becomes of its wallet, and its name typed where the words are not on paper.
import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems.components

ConfirmDialog {
    id: dialog

    property string profile: ""
    property string typed: ""

    signal confirmed(name: string, typed: string)

    function ask(name: string, label: string, wanted: string, warning: string): void {
        profile = name;
        typed = wanted;
        title = qsTr("Put %1 aside?").arg(label);
        consequence = warning;
        field.clear();
        open();
    }

    sentence: qsTr("Its whole folder, with its wallet, is moved out of the list. Nothing is deleted; where it lies is shown afterwards.")
    dangerous: typed !== ""
    acceptText: qsTr("Put aside")
    onAccepted: confirmed(profile, field.text)

    TextField {
        id: field

        objectName: "profileTyped"
        visible: dialog.typed !== ""
        placeholderText: qsTr("Type %1 to confirm").arg(dialog.typed)
        Accessible.name: placeholderText
        Layout.fillWidth: true
        onAccepted: dialog.accept()
    }
}
