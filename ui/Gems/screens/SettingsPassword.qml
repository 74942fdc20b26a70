// SPDX-License-Identifier: Apache-2.0
// Another password for the wallet, and its key in a file behind a password of its own; each behind a button.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

ColumnLayout {
    id: form

    required property var viewModel

    property string open: "" // "", "password" or "keystore"

    spacing: Theme.m

    Flow {
        spacing: Theme.s
        Layout.fillWidth: true

        SecondaryButton {
            objectName: "beginPassword"
            visible: form.viewModel.hasPassword
            text: qsTr("Change the password")
            onClicked: form.open = form.open === "password" ? "" : "password"
        }
        SecondaryButton {
            objectName: "beginKeystore"
            text: qsTr("Export the key to a file")
            onClicked: form.open = form.open === "keystore" ? "" : "keystore"
        }
    }
    FormRow {
        visible: form.open === "password"
        label: qsTr("The password of now")
        Layout.fillWidth: true

        PasswordField {
            id: oldField

            objectName: "oldPassword"
            name: qsTr("The password of now")
        }
    }
    FormRow {
        visible: form.open !== ""
        label: form.open === "keystore" ? qsTr("A password for the file") : qsTr("The new password")
        Layout.fillWidth: true

        PasswordField {
            id: newField

            objectName: "otherPassword"
            name: form.open === "keystore" ? qsTr("A password for the file") : qsTr("The new password")
        }
    }
    FormRow {
        visible: form.open !== ""
        label: qsTr("The same password again")
        Layout.fillWidth: true

        PasswordField {
            id: againField

            objectName: "otherAgain"
            name: qsTr("The same password again")
        }
    }
    PrimaryButton {
        objectName: "doPassword"
        visible: form.open !== ""
        text: form.open === "keystore" ? qsTr("Export, and confirm in the wallet's own window") : qsTr("Change it")
        busy: form.viewModel.busy
        enabled: newField.length > 0 && againField.length > 0 && (form.open === "keystore" || oldField.length > 0)
        onClicked: {
            if (form.open === "keystore")
                form.viewModel.exportKeystore(newField.field, againField.field);
            else
                form.viewModel.changePassword(oldField.field, newField.field, againField.field);
        }
    }
}
