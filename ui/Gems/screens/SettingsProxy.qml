// SPDX-License-Identifier: Apache-2.0
// The HTTP proxy that everything leaving this computer goes through.
import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems.components

FormRow {
    id: form

    required property var viewModel

    label: qsTr("Proxy for everything")
    hint: qsTr("An address like http://host:port or socks5://name:password@host:port. With nothing here the proxy of your system is used. What stays on this computer never goes through it.")

    TextField {
        id: url

        objectName: "proxyAddress"
        text: form.viewModel.proxy
        placeholderText: "http://"
        maximumLength: 300
        inputMethodHints: Qt.ImhUrlCharactersOnly
        Layout.fillWidth: true
        Accessible.name: qsTr("Address of the proxy")
        onAccepted: set.clicked()
    }
    SecondaryButton {
        id: set

        objectName: "setProxy"
        text: qsTr("Use")
        enabled: url.text.trim() !== form.viewModel.proxy
        onClicked: form.viewModel.setProxy(url.text)
    }
}
