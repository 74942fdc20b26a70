// SPDX-License-Identifier: Apache-2.0
// How much work is kept on this computer, what it may download for that, and when a deadline is warned of.
import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

Card {
    id: card

    required property var viewModel
    required property var appViewModel

    readonly property var queue: appViewModel.screenModel("queue")

    title: qsTr("Work and data")
    iconName: "download"

    Component.onCompleted: {
        if (queue?.reload)
            queue.reload();
    }

    Switch {
        objectName: "keepWorking"
        text: qsTr("Fetch more tasks by itself, from the campaigns that I work in")
        checked: card.viewModel.keepWorking
        Layout.fillWidth: true
        onToggled: card.viewModel.setKeepWorking(checked)
    }
    PlainText {
        visible: text !== ""
        text: [card.queue?.atHandText ?? "", card.queue?.whyText ?? ""].filter(part => part !== "").join(". ")
        color: Theme.textMuted
        font.pixelSize: Theme.fontSmall
        Layout.fillWidth: true
    }
    FormRow {
        label: qsTr("Keep this many days of work here")
        Layout.fillWidth: true

        SpinBox {
            objectName: "daysOfWork"
            from: 1
            to: 14
            value: card.viewModel.daysOfWork
            Accessible.name: qsTr("Days of work")
            onValueModified: card.viewModel.setDaysOfWork(value)
        }
    }
    FormRow {
        label: qsTr("Download at most, in megabytes a day")
        word: "data_budget"
        hint: card.queue?.dataText || card.appViewModel.megabytesText
        Layout.fillWidth: true

        SpinBox {
            objectName: "megabytesPerDay"
            from: 10
            to: 10000
            stepSize: 10
            editable: true
            value: card.viewModel.megabytesPerDay
            Accessible.name: qsTr("Megabytes a day")
            onValueModified: card.viewModel.setMegabytesPerDay(value)
        }
    }
    Switch {
        objectName: "metered"
        text: qsTr("Also on networks that count megabytes")
        checked: card.viewModel.metered
        Layout.fillWidth: true
        onToggled: card.viewModel.setMetered(checked)
    }
    Switch {
        objectName: "countsMegabytes"
        text: qsTr("This network counts megabytes")
        checked: card.viewModel.countsMegabytes
        Layout.fillWidth: true
        onToggled: card.viewModel.setCountsMegabytes(checked)
    }
    FormRow {
        label: qsTr("Warn this many hours before a task runs out")
        Layout.fillWidth: true

        SpinBox {
            objectName: "warnHours"
            from: 1
            to: 72
            value: card.viewModel.warnHours
            Accessible.name: qsTr("Hours before a task runs out")
            onValueModified: card.viewModel.setWarnHours(value)
        }
    }
}
