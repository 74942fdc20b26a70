// SPDX-License-Identifier: Apache-2.0
// The frame of the window: the rail of pages, the page, the status strip. docs/adr/0041-window.md lists what it
// expects of `appViewModel`.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components
import "screens"

ApplicationWindow {
    id: window

    required property var appViewModel

    // The pages of the rail, in its order; Ctrl+1 is the first.
    readonly property list<var> pages: [page("home", qsTr("Home"), "home"), page("findWork", qsTr("Find work"), "search"), page("work", qsTr("Work"), "work"), page("review", qsTr("Review"), "review"), page("outbox", qsTr("Outbox"), "outbox"), page("earnings", qsTr("Earnings"), "earnings"), page("trust", qsTr("Trust"), "trust"), page("settings", qsTr("Settings"), "settings")]
    // Every screen there is, by the name the view model uses; a name that is not here opens nothing.
    // Each declares `required property var viewModel` (its own) and `required property var appViewModel`.
    readonly property var files: ({
            starting: "StartingScreen.qml",
            welcome: "WelcomeScreen.qml",
            home: "HomeScreen.qml",
            findWork: "FindWorkScreen.qml",
            work: "WorkScreen.qml",
            review: "ReviewScreen.qml",
            outbox: "OutboxScreen.qml",
            earnings: "EarningsScreen.qml",
            trust: "TrustScreen.qml",
            requesterReport: "RequesterReportScreen.qml",
            settings: "SettingsScreen.qml"
        })
    readonly property string current: appViewModel.page
    readonly property bool framed: appViewModel.framed

    function page(name: string, label: string, icon: string): var {
        return {
            name: name,
            label: label,
            icon: icon,
            badge: appViewModel.badges[name] ?? ""
        };
    }

    function open(name: string): void {
        if (framed && files[name] !== undefined)
            appViewModel.openPage(name);
    }

    function load(): void {
        const file = files[current];
        if (file === undefined)
            screen.setSource("");
        else
            screen.setSource(Qt.resolvedUrl("screens/" + file), {
                viewModel: appViewModel.screenModel(current),
                appViewModel: appViewModel
            });
        if (screen.item)
            (screen.item as Item)?.forceActiveFocus(Qt.OtherFocusReason);
    }

    width: 1366
    height: 768
    minimumWidth: 900
    minimumHeight: 560
    title: qsTr("Gems")
    color: Theme.window
    font.family: Theme.family
    font.pixelSize: Theme.fontBody
    palette {
        window: Theme.window
        windowText: Theme.text
        base: Theme.raised
        text: Theme.text
        button: Theme.raised
        buttonText: Theme.text
        highlight: Theme.accent
        highlightedText: Theme.accentInk
        placeholderText: Theme.textMuted
        mid: Theme.outline
        dark: Theme.outline
        light: Theme.hover
        midlight: Theme.pressed
    }

    LayoutMirroring.enabled: appViewModel.rightToLeft
    LayoutMirroring.childrenInherit: true

    onCurrentChanged: load()
    Component.onCompleted: load()

    Binding {
        target: Theme
        property: "mode"
        value: window.appViewModel.themeMode
    }
    Binding {
        target: Theme
        property: "textScale"
        value: window.appViewModel.textScale
    }
    Binding {
        target: Theme
        property: "reducedMotion"
        value: window.appViewModel.reducedMotion
    }
    Connections {
        target: window.appViewModel

        function onToast(text: string, tone: string): void {
            toast.show(text, tone);
        }
    }

    Instantiator {
        model: window.pages

        Shortcut {
            required property int index
            required property var modelData

            sequence: "Ctrl+" + (index + 1)
            enabled: window.framed
            onActivated: window.open(modelData.name)
        }
    }
    Shortcut {
        sequences: ["F6", "Shift+F6"]
        enabled: window.framed
        onActivated: {
            if (rail.activeFocus)
                (screen.item as Item)?.forceActiveFocus(Qt.TabFocusReason);
            else
                rail.takeFocus();
        }
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        RowLayout {
            spacing: 0
            Layout.fillWidth: true
            Layout.fillHeight: true

            NavRail {
                id: rail

                visible: window.framed
                pages: window.pages
                current: window.current
                practice: window.appViewModel.practice
                Layout.fillHeight: true
                onChosen: name => window.open(name)
            }
            ColumnLayout {
                spacing: 0
                Layout.fillWidth: true
                Layout.fillHeight: true

                ReviewerBanner {
                    appViewModel: window.appViewModel
                    Layout.fillWidth: true
                }
                ErrorBanner {
                    what: window.framed ? window.appViewModel.problemMessage : ""
                    safe: window.appViewModel.problemSafe
                    todo: window.appViewModel.problemAction
                    actionText: window.appViewModel.problemRetryable ? qsTr("Try again") : ""
                    Layout.fillWidth: true
                    Layout.margins: Theme.m
                    onActed: window.appViewModel.retry()
                    onDismissed: window.appViewModel.dismissProblem()
                }
                Loader {
                    id: screen

                    focus: true
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                }
            }
        }
        StatusStrip {
            visible: window.framed
            connection: window.appViewModel.connection
            connectionText: window.appViewModel.connectionText
            unsent: window.appViewModel.unsent
            megabytes: window.appViewModel.megabytesText
            balance: window.appViewModel.balanceText
            Layout.fillWidth: true
        }
    }
    CareDialog {
        care: window.appViewModel.care
    }
    Toast {
        id: toast

        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 56
        z: 10
    }
}
