// SPDX-License-Identifier: Apache-2.0
// One month to pick a day from: arrows move by day and week, Page Up and Page Down by month, Enter takes the day.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import QtQuick.Templates as T
import Gems
import Gems.components

Popup {
    id: calendar

    // Year, month (1 to 12), day.
    property var given: [2000, 1, 1]
    property string least: ""
    property string greatest: ""
    property int year: 2000
    property int month: 1
    property int day: 1
    readonly property int cell: Math.round(40 * Math.min(Theme.textScale, 1.5))
    readonly property int days: new Date(year, month, 0).getDate()
    readonly property int firstColumn: (new Date(year, month - 1, 1).getDay() - Qt.locale().firstDayOfWeek % 7 + 7) % 7
    readonly property bool rtl: Application.layoutDirection === Qt.RightToLeft

    signal picked(int year, int month, int day)

    modal: true
    dim: false
    focus: true
    margins: Theme.s
    padding: Theme.m
    onAboutToShow: {
        year = given[0];
        month = given[1];
        day = given[2];
        grid.forceActiveFocus(Qt.PopupFocusReason);
    }

    function go(days: int, months: int): void {
        const last = new Date(year, month - 1 + months + 1, 0).getDate();
        const next = months !== 0 ? new Date(year, month - 1 + months, Math.min(day, last)) : new Date(year, month - 1, day + days);
        if (next.getFullYear() < 100 || next.getFullYear() > 9999)
            return;
        year = next.getFullYear();
        month = next.getMonth() + 1;
        day = next.getDate();
    }

    function words(of: int): string {
        return [String(year).padStart(4, "0"), String(month).padStart(2, "0"), String(of).padStart(2, "0")].join("-");
    }

    function can(of: int): bool {
        const text = words(of);
        return !(least !== "" && text.slice(0, least.length) < least) && !(greatest !== "" && text.slice(0, greatest.length) > greatest);
    }

    function take(of: int): void {
        if (!can(of))
            return;
        picked(year, month, of);
        close();
    }

    contentItem: Column {
        spacing: Theme.s
        LayoutMirroring.enabled: calendar.rtl
        LayoutMirroring.childrenInherit: true

        RowLayout {
            width: 7 * calendar.cell

            QuietButton {
                iconName: "chevron-left"
                Accessible.name: qsTr("Month before (Page Up)")
                onClicked: calendar.go(0, -1)
            }
            PlainText {
                text: Qt.locale().standaloneMonthName(calendar.month - 1) + " " + calendar.year
                font.weight: Font.DemiBold
                horizontalAlignment: Text.AlignHCenter
                Layout.fillWidth: true
            }
            QuietButton {
                iconName: "chevron-right"
                Accessible.name: qsTr("Next month (Page Down)")
                onClicked: calendar.go(0, 1)
            }
        }
        Grid {
            id: grid

            objectName: "calendar"
            columns: 7
            focus: true
            activeFocusOnTab: true
            Accessible.role: Accessible.Table
            Accessible.focusable: true
            Accessible.name: new Date(calendar.year, calendar.month - 1, calendar.day).toLocaleDateString(Qt.locale(), Locale.LongFormat)
            Keys.onPressed: event => {
                const along = calendar.rtl ? -1 : 1;
                const steps = ({
                        [Qt.Key_Left]: -along,
                        [Qt.Key_Right]: along,
                        [Qt.Key_Up]: -7,
                        [Qt.Key_Down]: 7
                    })[event.key];
                if (steps)
                    calendar.go(steps, 0);
                else if (event.key === Qt.Key_PageUp || event.key === Qt.Key_PageDown)
                    calendar.go(0, event.key === Qt.Key_PageUp ? -1 : 1);
                else if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter || event.key === Qt.Key_Space)
                    calendar.take(calendar.day);
                else
                    return;
                event.accepted = true;
            }

            Repeater {
                model: 7

                PlainText {
                    required property int index

                    width: calendar.cell
                    text: Qt.locale().standaloneDayName((Qt.locale().firstDayOfWeek + index) % 7, Locale.NarrowFormat)
                    font.pixelSize: Theme.fontSmall
                    color: Theme.textMuted
                    horizontalAlignment: Text.AlignHCenter
                    Accessible.ignored: true
                }
            }
            Repeater {
                model: calendar.firstColumn

                Item {
                    width: calendar.cell
                    height: calendar.cell
                }
            }
            Repeater {
                model: calendar.days

                T.AbstractButton {
                    id: cell

                    required property int index
                    readonly property bool current: index + 1 === calendar.day

                    objectName: "day" + (index + 1)
                    width: calendar.cell
                    height: calendar.cell
                    hoverEnabled: true
                    enabled: calendar.can(index + 1)
                    focusPolicy: Qt.NoFocus
                    Accessible.name: calendar.words(index + 1)
                    onClicked: calendar.take(index + 1)

                    contentItem: PlainText {
                        text: cell.index + 1
                        color: !cell.enabled ? Theme.textDisabled : cell.current ? Theme.accentInk : Theme.text
                        horizontalAlignment: Text.AlignHCenter
                        verticalAlignment: Text.AlignVCenter
                        Accessible.ignored: true
                    }
                    background: Rectangle {
                        radius: Theme.radiusSmall
                        color: cell.current ? Theme.accent : cell.hovered ? Theme.hover : "transparent"

                        FocusRing {
                            shown: cell.current && grid.activeFocus
                            gap: 0
                        }
                    }
                }
            }
        }
    }
}
