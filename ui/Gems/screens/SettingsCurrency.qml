// SPDX-License-Identifier: Apache-2.0
// The currency beside GEM: none, one that the platform gives a rate for, or a rate of one's own.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

Card {
    id: card

    // A RatesViewModel (gems_desktop/viewmodels/rates.py).
    required property var rates

    title: qsTr("Your own currency")
    iconName: "earnings"

    ErrorBanner {
        what: card.rates.problemMessage
        safe: card.rates.problemSafe
        todo: card.rates.problemAction
        Layout.fillWidth: true
        onDismissed: card.rates.dismissProblem()
    }
    FormRow {
        label: qsTr("Show amounts in this currency too")
        hint: qsTr("GEM stays first. The other amount is only about what it is worth: nothing is paid or signed by it.")
        Layout.fillWidth: true

        ComboBox {
            objectName: "currency"
            model: card.rates.rows
            textRole: "title"
            valueRole: "code"
            currentIndex: card.rates.index
            Layout.fillWidth: true
            Layout.maximumWidth: Math.round(160 * Theme.textScale)
            Accessible.name: qsTr("Show amounts in this currency too")
            onActivated: card.rates.choose(currentValue)
        }
        TextField {
            id: other

            objectName: "otherCurrency"
            placeholderText: qsTr("Other")
            maximumLength: 3
            Layout.fillWidth: true
            Layout.maximumWidth: Math.round(110 * Theme.textScale)
            Accessible.name: qsTr("Another currency: its three letters, such as KES")
            onAccepted: {
                card.rates.choose(text);
                clear();
            }
        }
    }
    FormRow {
        visible: card.rates.currency !== ""
        label: qsTr("1 GEM is worth")
        hint: qsTr("Your own number comes before the platform's. Leave it empty to go by the platform's.")
        Layout.fillWidth: true

        TextField {
            id: own

            objectName: "ownRate"
            text: card.rates.own
            placeholderText: "0.00"
            inputMethodHints: Qt.ImhFormattedNumbersOnly
            maximumLength: 24
            Layout.fillWidth: true
            Layout.maximumWidth: Math.round(160 * Theme.textScale)
            Accessible.name: qsTr("What 1 GEM is worth, in %1").arg(card.rates.currency)
            onAccepted: card.rates.keepOwn(text)
        }
        PlainText {
            text: card.rates.currency
            color: Theme.textMuted
        }
        SecondaryButton {
            objectName: "keepOwnRate"
            text: qsTr("Keep")
            enabled: own.text !== card.rates.own
            onClicked: card.rates.keepOwn(own.text)
        }
    }
    RateLine {
        rates: card.rates
        Layout.fillWidth: true
    }
}
