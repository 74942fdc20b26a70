// SPDX-License-Identifier: Apache-2.0
// A new version from a stick or another folder: it must be signed as one from the network.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

ColumnLayout {
    id: form

    required property var updates

    property bool open: updates.folder !== ""

    spacing: Theme.s

    QuietButton {
        objectName: "updateFolders"
        visible: !form.open
        text: qsTr("From a USB stick or a folder…")
        iconName: "folder"
        onClicked: {
            form.open = true;
            form.updates.findPlaces();
            Qt.callLater(() => folder.forceActiveFocus(Qt.TabFocusReason));
        }
        Keys.onReturnPressed: clicked()
    }
    FormRow {
        visible: form.open
        label: qsTr("From a USB stick or a folder")
        hint: qsTr("It must be signed by the makers of Gems, wherever it comes from.")
        Layout.fillWidth: true

        TextField {
            id: folder

            objectName: "updateFolder"
            text: form.updates.folder
            maximumLength: 4096
            Layout.fillWidth: true
            Accessible.name: qsTr("Folder with a new version")
            onAccepted: form.updates.useFolder(text)
        }
        SecondaryButton {
            objectName: "useUpdateFolder"
            text: qsTr("Look there")
            enabled: folder.text.trim() !== "" && !form.updates.looking
            onClicked: form.updates.useFolder(folder.text)
            Keys.onReturnPressed: clicked()
        }
    }
    Flow {
        visible: form.open
        spacing: Theme.s
        Layout.fillWidth: true

        Repeater {
            model: form.updates.places

            QuietButton {
                required property var modelData

                objectName: "updatePlace"
                text: modelData.name
                iconName: "folder"
                onClicked: folder.text = modelData.folder
                Keys.onReturnPressed: clicked()
            }
        }
        QuietButton {
            objectName: "updateOnline"
            visible: form.updates.folder !== ""
            text: qsTr("From the network again")
            iconName: "globe"
            onClicked: form.updates.useFolder("")
            Keys.onReturnPressed: clicked()
        }
    }
}
