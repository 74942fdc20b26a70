// SPDX-License-Identifier: Apache-2.0
// A new version, in one line, with a way past it.
import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

Card {
    id: card

    // An UpdatesViewModel (gems_desktop/viewmodels/updates.py).
    property var updates: null

    readonly property string sentence: updates?.notice ?? ""

    signal wanted

    objectName: "updateOffer"
    visible: sentence !== "" && !(updates?.left ?? true)

    GridLayout {
        columns: card.width < 640 * Theme.textScale ? 1 : 2
        columnSpacing: Theme.l
        rowSpacing: Theme.s
        Layout.fillWidth: true

        RowLayout {
            spacing: Theme.m
            Layout.fillWidth: true

            Icon {
                name: "download"
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
            Layout.preferredWidth: see.implicitWidth + past.implicitWidth + Theme.s

            SecondaryButton {
                id: see

                objectName: "seeUpdate"
                text: qsTr("Look at it")
                iconName: "chevron-right"
                onClicked: card.wanted()
                Keys.onReturnPressed: clicked()
            }
            QuietButton {
                id: past

                objectName: "leaveUpdate"
                text: qsTr("Not now")
                onClicked: card.updates.leaveNotice()
                Keys.onReturnPressed: clicked()
            }
        }
    }
}
