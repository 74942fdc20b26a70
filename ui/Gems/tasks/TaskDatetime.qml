// SPDX-License-Identifier: Apache-2.0
// A date, a time or both: typed in one plain way, or picked from a calendar.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Gems
import Gems.components

Column {
    id: moment

    required property TaskRow row
    required property var viewModel
    readonly property var part: row.part
    readonly property bool readOnly: viewModel.readOnly
    readonly property string name: row.hint !== "" ? row.hint : row.caption !== "" ? row.caption : part.asks === "" ? qsTr("Time") : qsTr("Date")
    readonly property string trouble: {
        switch (part.problem) {
        case "date":
            return part.asks === "day" ? qsTr("Write the date as year-month-day, such as 2025-03-31.") : part.asks === "month" ? qsTr("Write year and month, such as 2025-03.") : qsTr("Write the year with four digits.");
        case "time":
            return qsTr("Write the time as hours and minutes, such as 14:05.");
        case "range":
            return moment.bounds !== "" ? qsTr("This date cannot be given. %1").arg(moment.bounds) : qsTr("There is no such date or time.");
        }
        return part.half ? (part.date === "" ? qsTr("The date is missing.") : qsTr("The time is missing.")) : "";
    }
    readonly property string bounds: part.asks === "" ? "" : part.least !== "" && part.greatest !== "" ? qsTr("From %1 to %2").arg(part.least).arg(part.greatest) : part.least !== "" ? qsTr("%1 or later").arg(part.least) : part.greatest !== "" ? qsTr("%1 or earlier").arg(part.greatest) : ""

    spacing: Theme.s

    component Field: TextField {
        property string given: ""
        property string words: ""

        implicitHeight: Math.round(44 * Theme.textScale)
        readOnly: moment.readOnly
        maximumLength: 20
        inputMethodHints: Qt.ImhPreferNumbers
        Accessible.name: words
        Accessible.description: moment.trouble
        onEditingFinished: moment.part.send()
        onGivenChanged: if (text !== given)
            text = given
        Component.onCompleted: text = given
    }

    TaskCaption {
        width: moment.width
        row: moment.row
    }
    Flow {
        width: moment.width
        spacing: Theme.s

        Row {
            visible: moment.part.asks !== ""
            spacing: Theme.xs

            Field {
                objectName: "date"
                width: Math.round(150 * Theme.textScale)
                given: moment.part.date
                words: moment.name
                placeholderText: readOnly ? "" : moment.part.asks === "day" ? qsTr("YYYY-MM-DD") : moment.part.asks === "month" ? qsTr("YYYY-MM") : qsTr("YYYY")
                onTextEdited: moment.part.typeDate(text)
                Keys.onDownPressed: if (!readOnly)
                    calendar.open()
            }
            SecondaryButton {
                objectName: "calendarButton"
                visible: !moment.readOnly && moment.part.asks === "day"
                width: Math.round(44 * Theme.textScale)
                height: width
                iconName: "calendar"
                Accessible.name: qsTr("Pick from a calendar (arrow down in the field)")
                onClicked: calendar.open()
            }
        }
        Field {
            objectName: "time"
            visible: moment.part.timed
            width: Math.round(90 * Theme.textScale)
            given: moment.part.time
            words: qsTr("Time")
            placeholderText: readOnly ? "" : qsTr("HH:MM")
            onTextEdited: moment.part.typeTime(text)
        }
        QuietButton {
            objectName: "clear"
            visible: !moment.readOnly && moment.part.stored !== ""
            width: Math.round(44 * Theme.textScale)
            height: width
            iconName: "x"
            Accessible.name: qsTr("Clear")
            onClicked: moment.part.clear()
        }
    }
    PlainText {
        objectName: "trouble"
        width: moment.width
        visible: text !== ""
        text: moment.trouble !== "" ? moment.trouble : moment.part.formatted && moment.part.stored !== "" ? qsTr("Saved as %1").arg(moment.part.stored) : moment.readOnly ? "" : moment.bounds
        color: moment.part.problem !== "" ? Theme.bad : moment.part.half ? Theme.warn : Theme.textMuted
        font.pixelSize: Theme.fontSmall
    }
    TaskCalendar {
        id: calendar

        parent: moment
        y: Math.round(56 * Theme.textScale)
        given: moment.part.day
        least: moment.part.least
        greatest: moment.part.greatest
        onPicked: (year, month, day) => moment.part.pick(year, month, day)
    }
}
