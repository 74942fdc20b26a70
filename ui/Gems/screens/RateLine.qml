// SPDX-License-Identifier: Apache-2.0
// What one GEM is worth in the user's own currency, by whose word and how old; or the offer to show it.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

ColumnLayout {
    id: line

    // A RatesViewModel (gems_desktop/viewmodels/rates.py).
    required property var rates

    readonly property bool offers: (rates?.offer ?? "") !== ""

    visible: words.text !== "" || offers
    spacing: Theme.s

    RowLayout {
        visible: words.text !== ""
        spacing: Theme.s
        Layout.fillWidth: true

        Icon {
            visible: line.rates?.old ?? false
            name: "alert"
            size: Math.round(Theme.iconSize * 0.8)
            color: Theme.warn
            Layout.alignment: Qt.AlignTop
        }
        PlainText {
            id: words

            objectName: "rateWords"
            text: [line.rates?.sentence ?? "", (line.rates?.old ?? false) ? qsTr("This rate is old.") : "", line.rates?.missing ?? ""].filter(part => part !== "").join(" ")
            color: (line.rates?.old ?? false) ? Theme.warn : Theme.textMuted
            font.pixelSize: Theme.fontSmall
            Layout.fillWidth: true
        }
    }
    QuietButton {
        id: offer

        objectName: "offerCurrency"
        visible: line.offers
        text: qsTr("Show amounts in %1 too").arg(line.rates?.offer ?? "")
        iconName: "wallet"
        Layout.maximumWidth: line.width
        onClicked: line.rates.choose(line.rates.offer)
        Keys.onReturnPressed: clicked()
    }
}
