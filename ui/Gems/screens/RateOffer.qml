// SPDX-License-Identifier: Apache-2.0
// The question how a requester was: once, in one line, with a way past it.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

Card {
    id: card

    // A RateOfferViewModel (gems_desktop/viewmodels/rate_offer.py).
    property var offer: null

    readonly property string sentence: offer?.sentence ?? ""

    signal wanted(string requester)

    objectName: "rateOffer"
    visible: sentence !== ""
    onVisibleChanged: {
        if (visible)
            offer?.seen();
    }
    Component.onCompleted: {
        if (visible)
            offer?.seen();
        else
            offer?.reload?.();
    }

    Connections {
        target: card.offer?.wanted ? card.offer : null

        function onWanted(requester: string): void {
            card.wanted(requester);
        }
    }
    GridLayout {
        columns: card.width < 640 * Theme.textScale ? 1 : 2
        columnSpacing: Theme.l
        rowSpacing: Theme.s
        Layout.fillWidth: true

        RowLayout {
            spacing: Theme.m
            Layout.fillWidth: true

            Icon {
                name: "star"
                color: Theme.accent
            }
            PlainText {
                text: card.sentence
                Layout.fillWidth: true
            }
        }
        Flow {
            spacing: Theme.s
            Layout.fillWidth: card.width < 640 * Theme.textScale
            Layout.preferredWidth: rate.implicitWidth + past.implicitWidth + Theme.s

            SecondaryButton {
                id: rate

                objectName: "rateNow"
                text: qsTr("Rate this requester")
                iconName: "star"
                onClicked: card.offer.rate()
                Keys.onReturnPressed: clicked()
            }
            QuietButton {
                id: past

                objectName: "rateNever"
                text: qsTr("No, thank you")
                onClicked: card.offer.leave()
                Keys.onReturnPressed: clicked()
            }
        }
    }
}
