// SPDX-License-Identifier: Apache-2.0
// What workers say about a requester, and my own say where I worked.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

Card {
    id: card

    required property var viewModel

    readonly property bool whole: pays.mark > 0 && clarity.mark > 0 && speed.mark > 0 && fairness.mark > 0

    function forget(): void {
        for (const one of [pays, clarity, speed, fairness])
            one.mark = 0;
    }

    title: qsTr("What workers say")
    iconName: "star"

    GridLayout {
        columns: width < 700 * Theme.textScale ? 1 : 2
        columnSpacing: Theme.xl
        rowSpacing: Theme.m
        uniformCellWidths: true
        Layout.fillWidth: true

        Repeater {
            model: card.viewModel.ratings

            ColumnLayout {
                id: rating

                required property string question
                required property int median
                required property string value
                required property string note

                objectName: "rating"
                spacing: 2
                Layout.fillWidth: true
                Layout.alignment: Qt.AlignTop

                ProgressLine {
                    value: rating.median / 5
                    text: rating.question + ": " + rating.value
                    Layout.fillWidth: true
                }
                PlainText {
                    text: rating.note
                    color: Theme.textMuted
                    font.pixelSize: Theme.fontSmall
                    Layout.fillWidth: true
                }
            }
        }
    }
    ColumnLayout {
        visible: card.viewModel.ratable.count > 0
        spacing: Theme.m
        Layout.fillWidth: true
        Layout.topMargin: Theme.s

        Rectangle {
            implicitHeight: 1
            color: Theme.border
            Layout.fillWidth: true
        }
        PlainText {
            text: qsTr("Rate this requester")
            font.weight: Font.DemiBold
            Layout.fillWidth: true
            Accessible.role: Accessible.Heading
        }
        PlainText {
            text: qsTr("You worked here, so you may: once for each campaign, and you may change your mind. The requester sees only the counts.")
            color: Theme.textMuted
            Layout.fillWidth: true
        }
        ComboBox {
            id: campaign

            objectName: "ratedCampaign"
            model: card.viewModel.ratable
            textRole: "label"
            Accessible.name: qsTr("Campaign")
            Layout.fillWidth: true
            Layout.maximumWidth: Theme.readingWidth
            // the campaigns come after the page
            onCountChanged: {
                if (currentIndex < 0 && count > 0)
                    currentIndex = 0;
            }
            onActivated: card.forget()
        }
        MarkRow {
            id: pays

            objectName: "ratePay"
            question: qsTr("Pay")
            worst: qsTr("far too little")
            best: qsTr("very good")
            Layout.fillWidth: true
            onMarked: mark => pays.mark = mark
        }
        MarkRow {
            id: clarity

            objectName: "rateClarity"
            question: qsTr("Clarity")
            worst: qsTr("hard to understand")
            best: qsTr("very clear")
            Layout.fillWidth: true
            onMarked: mark => clarity.mark = mark
        }
        MarkRow {
            id: speed

            objectName: "rateSpeed"
            question: qsTr("Speed")
            worst: qsTr("pays very late")
            best: qsTr("pays at once")
            Layout.fillWidth: true
            onMarked: mark => speed.mark = mark
        }
        MarkRow {
            id: fairness

            objectName: "rateFairness"
            question: qsTr("Fairness")
            worst: qsTr("unfair")
            best: qsTr("very fair")
            Layout.fillWidth: true
            onMarked: mark => fairness.mark = mark
        }
        PrimaryButton {
            objectName: "sendRating"
            text: qsTr("Send the rating")
            iconName: "star"
            busy: card.viewModel.busy
            enabled: card.whole
            onClicked: {
                card.viewModel.rate(campaign.currentIndex, pays.mark, clarity.mark, speed.mark, fairness.mark);
                card.forget();
            }
        }
    }
}
