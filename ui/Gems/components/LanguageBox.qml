// SPDX-License-Identifier: Apache-2.0
// The languages of the window, each by its own name in its own letters.
import QtQuick
import QtQuick.Controls

ComboBox {
    id: box

    required property var appViewModel

    objectName: "language"
    model: appViewModel.languageNames
    currentIndex: Math.max(0, appViewModel.languageCodes.indexOf(appViewModel.language))
    Accessible.name: qsTr("Language")
    onActivated: index => appViewModel.setLanguage(appViewModel.languageCodes[index])
}
