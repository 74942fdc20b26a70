// SPDX-License-Identifier: Apache-2.0
// The living catalogue (`gems-desktop --catalogue`): every component in every state, the colours with their measured
// contrast, letters and icons; theme, size of text, language and motion are switched above. Its own words are for
// those who build the window and stay English; the words in the samples are the window's.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

ApplicationWindow {
    id: window

    // gems_desktop/catalogue_window.py: which family is open, languages, and the help that `Explain` asks.
    required property var host
    readonly property string current: host.family
    // What the command line asks for at first.
    property string mode: "light"
    property real textScale: 1
    readonly property var schemes: ["light", "dark", "contrast"]
    readonly property var sizes: [100, 125, 150, 200]
    readonly property var families: [family("everything", "Everything", "grid"), family("colours", "Colours", "palette"), family("letters", "Letters and room", "text"), family("icons", "Icons", "star"), family("buttons", "Buttons", "hand"), family("fields", "Fields", "work"), family("messages", "Messages", "message"), family("lists", "Lists", "list"), family("numbers", "Numbers", "chart"), family("frame", "Frame", "monitor")]

    function family(name: string, label: string, icon: string): var {
        return {
            name: name,
            label: label,
            icon: icon
        };
    }

    width: 1366
    height: 768
    minimumWidth: 900
    minimumHeight: 560
    title: "Gems: components"
    LayoutMirroring.enabled: host.rightToLeft
    LayoutMirroring.childrenInherit: true

    Component.onCompleted: {
        Theme.mode = mode;
        Theme.textScale = textScale;
    }

    Binding {
        target: Help
        property: "model"
        value: window.host.help
    }
    Shortcut {
        sequences: [StandardKey.Quit, StandardKey.Close]
        onActivated: window.close()
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        Rectangle {
            implicitHeight: switches.implicitHeight + 2 * Theme.s
            color: Theme.sunken
            Layout.fillWidth: true

            Flow {
                id: switches

                anchors.verticalCenter: parent.verticalCenter
                x: Theme.l
                width: parent.width - 2 * Theme.l
                spacing: Theme.m

                SegmentedControl {
                    objectName: "scheme"
                    name: "Theme"
                    labels: ["Light", "Dark", "High contrast"]
                    currentIndex: Math.max(0, window.schemes.indexOf(Theme.scheme))
                    onChosen: index => Theme.mode = window.schemes[index]
                }
                SegmentedControl {
                    objectName: "size"
                    name: "Size of text"
                    labels: window.sizes.map(size => size + " %")
                    currentIndex: Math.max(0, window.sizes.indexOf(Math.round(Theme.textScale * 100)))
                    onChosen: index => Theme.textScale = window.sizes[index] / 100
                }
                LanguageBox {
                    appViewModel: window.host
                }
                Switch {
                    objectName: "still"
                    text: "Less motion"
                    checked: Theme.reducedMotion
                    onToggled: Theme.reducedMotion = checked
                }
            }
        }
        Rectangle {
            implicitHeight: 1
            color: Theme.border
            Layout.fillWidth: true
        }
        RowLayout {
            spacing: 0
            Layout.fillWidth: true
            Layout.fillHeight: true

            Flickable {
                contentHeight: sections.implicitHeight
                boundsBehavior: Flickable.StopAtBounds
                clip: true
                Layout.fillHeight: true
                Layout.margins: Theme.s
                Layout.preferredWidth: Math.round(190 * Theme.textScale)

                ScrollBar.vertical: ScrollBar {}

                SectionList {
                    id: sections

                    objectName: "families"
                    width: parent.width
                    beside: true
                    title: "Families"
                    entries: window.families
                    current: window.current
                    onChosen: name => window.host.open(name)
                }
            }
            Rectangle {
                implicitWidth: 1
                color: Theme.border
                Layout.fillHeight: true
            }
            // A page that was opened stays, at the place to which it was scrolled.
            Repeater {
                model: window.families

                Loader {
                    id: page

                    required property var modelData
                    readonly property string name: modelData.name
                    readonly property bool here: window.current === name

                    objectName: "family." + name
                    visible: here
                    onHereChanged: {
                        if (here)
                            active = true;
                    }
                    active: false
                    source: Qt.resolvedUrl(name.charAt(0).toUpperCase() + name.slice(1) + (name === "everything" ? "" : "Page") + ".qml")
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    Component.onCompleted: active = active || here
                }
            }
        }
    }
}
