// SPDX-License-Identifier: Apache-2.0
// The chain nodes that are asked about money; two of different operators are compared.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

Card {
    id: form

    required property var nodes

    title: qsTr("Chain nodes")
    iconName: "users"
    spacing: Theme.s

    ErrorBanner {
        what: form.nodes.problemMessage
        safe: form.nodes.problemSafe
        todo: form.nodes.problemAction
        Layout.fillWidth: true
        onDismissed: form.nodes.dismissProblem()
    }
    Repeater {
        model: form.nodes.urls

        RowLayout {
            id: node

            required property string modelData
            required property int index

            spacing: Theme.s
            Layout.fillWidth: true

            PlainText {
                text: node.modelData
                wrapMode: Text.WrapAnywhere
                Layout.fillWidth: true
            }
            QuietButton {
                text: qsTr("Remove")
                Accessible.name: qsTr("Remove the chain node %1").arg(node.modelData)
                onClicked: form.nodes.remove(node.index)
            }
        }
    }
    PlainText {
        text: form.nodes.advice
        color: Theme.textMuted
        font.pixelSize: Theme.fontSmall
        Layout.fillWidth: true
    }
    FormRow {
        label: qsTr("Another chain node")
        Layout.fillWidth: true

        TextField {
            id: url

            objectName: "nodeAddress"
            placeholderText: "https://"
            maximumLength: 500
            inputMethodHints: Qt.ImhUrlCharactersOnly
            Layout.fillWidth: true
            Accessible.name: qsTr("Address of a chain node")
            onAccepted: add.clicked()
        }
        SecondaryButton {
            id: add

            objectName: "addNode"
            text: qsTr("Add")
            enabled: url.text !== ""
            onClicked: {
                form.nodes.add(url.text);
                url.clear();
            }
        }
    }
    QuietButton {
        objectName: "forgetNodes"
        text: qsTr("Use those of the network again")
        onClicked: form.nodes.forget()
    }
}
