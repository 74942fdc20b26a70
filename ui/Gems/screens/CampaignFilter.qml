// SPDX-License-Identifier: Apache-2.0
// What campaigns must be like to be shown; each change counts at once and is remembered.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

Rectangle {
    id: panel

    // A FilterViewModel (gems_desktop/viewmodels/find_filter.py).
    required property var filter
    // As high as there is room, since nothing else is below.
    property bool whole: false

    signal done

    function takeFocus(): void {
        kind.forceActiveFocus(Qt.TabFocusReason);
    }

    implicitHeight: whole ? 120 : column.implicitHeight + 2 * Theme.m
    radius: Theme.radius
    color: Theme.surface
    border.width: 1
    border.color: Theme.border
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Filter")

    component Pick: ComboBox {
        textRole: "label"
        Layout.fillWidth: true
    }

    Flickable {
        id: flick

        anchors.fill: parent
        contentHeight: column.implicitHeight + 2 * Theme.m
        boundsBehavior: Flickable.StopAtBounds
        interactive: contentHeight > height
        clip: true

        ScrollBar.vertical: ScrollBar {}

        ColumnLayout {
            id: column

            x: Theme.m
            y: Theme.m
            width: Math.max(0, flick.width - 2 * Theme.m)
            spacing: Theme.m

            GridLayout {
                // by the room, not by the grid's own width: that follows its columns, and the two never came to rest
                columns: Math.max(1, Math.min(4, Math.floor(column.width / (210 * Theme.textScale))))
                columnSpacing: Theme.m
                rowSpacing: Theme.s
                uniformCellWidths: true
                Layout.fillWidth: true

                Pick {
                    id: kind

                    objectName: "filterKind"
                    model: panel.filter.kinds
                    currentIndex: panel.filter.kind
                    Accessible.name: qsTr("Kind of task")
                    onActivated: index => panel.filter.chooseKind(index)
                }
                Pick {
                    objectName: "filterLanguage"
                    model: panel.filter.languages
                    currentIndex: panel.filter.language
                    Accessible.name: qsTr("Language of the tasks")
                    onActivated: index => panel.filter.chooseLanguage(index)
                }
                Pick {
                    objectName: "filterSize"
                    model: panel.filter.sizes
                    currentIndex: panel.filter.size
                    Accessible.name: qsTr("To download for a task")
                    onActivated: index => panel.filter.chooseSize(index)
                }
                RowLayout {
                    spacing: Theme.s
                    Layout.fillWidth: true

                    SpinBox {
                        id: pay

                        objectName: "filterPay"
                        from: 0
                        to: 1000
                        editable: true
                        value: panel.filter.pay
                        Accessible.name: qsTr("At least so many GEM an hour")
                        onValueModified: panel.filter.choosePay(value)
                    }
                    PlainText {
                        text: qsTr("GEM an hour at least")
                        font.pixelSize: Theme.fontSmall
                        Layout.fillWidth: true
                        Accessible.ignored: true
                    }
                }
            }
            Flow {
                spacing: Theme.m
                Layout.fillWidth: true

                CheckBox {
                    objectName: "filterNoStake"
                    width: Math.min(implicitWidth, parent.width)
                    text: qsTr("No stake")
                    checked: panel.filter.noStake
                    onToggled: panel.filter.setOnly("noStake", checked)
                }
                CheckBox {
                    objectName: "filterFitsBond"
                    width: Math.min(implicitWidth, parent.width)
                    text: qsTr("My bond is enough for it")
                    checked: panel.filter.fitsBond
                    onToggled: panel.filter.setOnly("fitsBond", checked)
                }
                CheckBox {
                    objectName: "filterReal"
                    visible: panel.filter.mixed
                    width: Math.min(implicitWidth, parent.width)
                    text: qsTr("No practice")
                    checked: panel.filter.real
                    onToggled: panel.filter.setOnly("real", checked)
                }
                CheckBox {
                    objectName: "filterWatched"
                    width: Math.min(implicitWidth, parent.width)
                    text: qsTr("Only watched")
                    checked: panel.filter.watched
                    onToggled: panel.filter.setOnly("watched", checked)
                }
                CheckBox {
                    objectName: "watchedFirst"
                    width: Math.min(implicitWidth, parent.width)
                    text: qsTr("Watched first")
                    checked: panel.filter.watchedFirst
                    onToggled: panel.filter.putWatchedFirst(checked)
                }
                QuietButton {
                    objectName: "clearFilter"
                    enabled: panel.filter.count > 0
                    text: qsTr("Show all")
                    iconName: "undo"
                    onClicked: panel.filter.clear()
                }
                SecondaryButton {
                    objectName: "closeFilter"
                    text: qsTr("Done")
                    iconName: "check"
                    onClicked: panel.done()
                    Keys.onReturnPressed: clicked()
                }
            }
        }
    }
}
