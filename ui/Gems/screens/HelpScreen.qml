// SPDX-License-Identifier: Apache-2.0
// The help: contents and search beside (or, where there is no room, instead of) the page that is read.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components
import "../help"

FocusScope {
    id: screen

    // A HelpViewModel (gems_desktop/viewmodels/help.py).
    required property var viewModel

    readonly property bool wide: width >= 780 * Theme.textScale
    readonly property bool searching: viewModel.query !== ""
    // On a narrow window: whether the contents stand where the page would.
    property bool browsing: false
    readonly property bool reading: !searching && (wide || !browsing)

    function leave(): void {
        if (searching) {
            field.text = "";
            viewModel.search("");
            read();
        } else {
            viewModel.close();
        }
    }

    // The keyboard on what is read.
    function read(): void {
        browsing = false;
        page.takeFocus();
    }

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Help")
    onActiveFocusChanged: {
        if (activeFocus && Window.activeFocusItem === screen)
            read();
    }
    Keys.onEscapePressed: leave()
    Keys.onPressed: event => {
        const ahead = mirroredNow ? Qt.Key_Left : Qt.Key_Right;
        const back = mirroredNow ? Qt.Key_Right : Qt.Key_Left;
        if (event.key === Qt.Key_F && event.modifiers === Qt.ControlModifier)
            field.forceActiveFocus(Qt.ShortcutFocusReason);
        else if (reading && event.modifiers === Qt.NoModifier && event.key === ahead)
            viewModel.goOn();
        else if (reading && event.modifiers === Qt.NoModifier && event.key === back)
            viewModel.goBack();
        else
            return;
        event.accepted = true;
    }

    readonly property bool mirroredNow: Application.layoutDirection === Qt.RightToLeft

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.l
        spacing: Theme.m

        RowLayout {
            spacing: Theme.m
            Layout.fillWidth: true

            TextField {
                id: field

                objectName: "helpSearch"
                placeholderText: qsTr("Search the help (Ctrl+F)")
                maximumLength: 100
                Layout.fillWidth: true
                Layout.maximumWidth: Math.max(implicitWidth, Math.round(320 * Theme.textScale))
                onTextEdited: screen.viewModel.search(text)
                onAccepted: results.takeFirst()
                Keys.onDownPressed: results.takeFocus()

                Connections {
                    target: screen.viewModel

                    function onChanged(): void {
                        if (screen.viewModel.query === "")
                            field.text = "";
                    }
                }
            }
            QuietButton {
                objectName: "helpContents"
                visible: !screen.wide
                iconName: "list"
                text: screen.browsing ? "" : qsTr("All pages")
                Accessible.name: qsTr("All pages")
                onClicked: {
                    screen.browsing = !screen.browsing;
                    if (screen.browsing)
                        contents.takeFocus();
                }
            }
            Item {
                Layout.fillWidth: true
            }
            QuietButton {
                objectName: "helpClose"
                text: screen.wide ? qsTr("Close") : ""
                iconName: "x"
                keyHint: screen.wide ? qsTr("Esc") : ""
                Accessible.name: qsTr("Close")
                onClicked: screen.viewModel.close()
            }
        }
        RowLayout {
            spacing: Theme.xl
            Layout.fillWidth: true
            Layout.fillHeight: true

            HelpContents {
                id: contents

                viewModel: screen.viewModel
                visible: !screen.searching && (screen.wide || screen.browsing)
                Layout.fillHeight: true
                Layout.fillWidth: !screen.wide
                Layout.preferredWidth: Math.round(230 * Theme.textScale)
                Layout.maximumWidth: screen.wide ? Math.round(230 * Theme.textScale) : -1
                onTaken: screen.read()
            }
            HelpResults {
                id: results

                viewModel: screen.viewModel
                visible: screen.searching
                Layout.fillWidth: true
                Layout.fillHeight: true
                onTaken: screen.read()
                onPassed: field.forceActiveFocus(Qt.BacktabFocusReason)
            }
            HelpReading {
                id: page

                viewModel: screen.viewModel
                visible: screen.reading
                Layout.fillWidth: true
                Layout.fillHeight: true
            }
        }
    }
}
