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
            firstPractice: "FirstPracticeScreen.qml",
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
    // Over the page, which stays as it is; without a wallet there is help too.
    readonly property var help: appViewModel.help ?? null
    readonly property bool helping: help?.open ?? false
    property bool covered: false
    property Item before: null
    readonly property bool framed: appViewModel.framed
    // Of the open profile; null before, and while the profile is changed.
    readonly property var notices: framed ? appViewModel.screenModel("notices") : null
    readonly property var abuse: framed ? appViewModel.screenModel("abuse") : null
    readonly property var talk: framed ? appViewModel.screenModel("talk") : null

    function page(name: string, label: string, icon: string): var {
        return {
            name: name,
            label: label,
            icon: icon,
            badge: appViewModel.badges[name] ?? ""
        };
    }

    function topic(): string {
        const outbox = appViewModel.screenModel("outbox");
        if (current === "outbox" && outbox?.appeal?.open === true)
            return "appeals";
        if (current === "outbox" && appViewModel.screenModel("carry")?.open === true)
            return "offline";
        if (current === "settings" && appViewModel.screenModel("settings")?.section === "updates")
            return "updates";
        return current;
    }

    function open(name: string): void {
        if (name === "help") {
            help?.openFor(topic());
            return;
        }
        help?.close();
        if (framed && files[name] !== undefined)
            appViewModel.openPage(name);
    }

    function openNotices(): void {
        if (!framed || !notices)
            return;
        noticePart.wanted = true;
        (noticePart.item as NoticePanel)?.open();
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
    onHelpingChanged: {
        if (helping)
            before = activeFocusItem;
        covered = helping;
        if (helping)
            (helpPart.item as Item)?.forceActiveFocus(Qt.OtherFocusReason);
        else
            (before?.visible ? before : screen.item as Item)?.forceActiveFocus(Qt.OtherFocusReason);
    }
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
    Binding {
        target: Help
        property: "model"
        value: window.help
    }
    Connections {
        target: window.appViewModel

        function onToast(text: string, tone: string): void {
            toast.show(text, tone);
        }
        function onNoticesWanted(): void {
            window.openNotices();
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
        sequences: ["F1", "Ctrl+9"]
        enabled: window.help !== null
        onActivated: {
            if (!window.helping)
                window.open("help");
        }
    }
    Shortcut {
        sequences: [StandardKey.Quit]
        onActivated: window.close()
    }
    Shortcut {
        sequence: "F7"
        enabled: window.framed
        onActivated: window.openNotices()
    }
    Shortcut {
        sequences: ["F6", "Shift+F6"]
        enabled: window.framed
        onActivated: {
            if (rail.activeFocus)
                ((window.covered ? helpPart.item : screen.item) as Item)?.forceActiveFocus(Qt.TabFocusReason);
            else
                rail.takeFocus();
        }
    }

    Shortcut {
        sequences: [StandardKey.Undo]
        // where answers are given, the key takes back what was done to the answer, and this when there is none
        enabled: toast.offering && !["work", "review"].includes(window.current)
        onActivated: window.appViewModel.undo.undo()
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        RowLayout {
            spacing: 0
            Layout.fillWidth: true
            Layout.fillHeight: true
            // The page below the help hears no key: neither what it types nor its shortcuts.
            Keys.onShortcutOverride: event => {
                const frames = event.key === Qt.Key_F1 || event.key === Qt.Key_F6 || (event.modifiers & Qt.ControlModifier) && event.key >= Qt.Key_1 && event.key <= Qt.Key_9;
                event.accepted = window.covered && !frames;
            }

            NavRail {
                id: rail

                visible: window.framed
                pages: window.pages
                foot: window.help ? window.page("help", qsTr("Help"), "info") : null
                current: window.helping ? "help" : window.current
                most: Math.round(window.width * 0.36)
                practice: window.appViewModel.practice
                news: window.notices?.unreadText ?? ""
                alert: window.notices?.alert ?? false
                onBellPressed: window.openNotices()
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
                    visible: !window.covered
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                }
                Loader {
                    id: helpPart

                    visible: window.covered
                    Layout.fillWidth: true
                    Layout.fillHeight: true

                    readonly property bool wanted: window.covered
                    onWantedChanged: {
                        if (wanted)
                            setSource(Qt.resolvedUrl("screens/HelpScreen.qml"), {
                                viewModel: window.help
                            });
                        else
                            setSource("");
                    }
                }
            }
        }
        QuietButton {
            objectName: "welcomeHelp"
            visible: window.current === "welcome" && window.help !== null && !window.helping
            text: qsTr("Help")
            iconName: "info"
            keyHint: "F1"
            Layout.alignment: Qt.AlignRight
            Layout.margins: Theme.s
            onClicked: window.open("help")
            Keys.onReturnPressed: clicked()
        }
        StatusStrip {
            visible: window.framed
            connection: window.appViewModel.connection
            connectionText: window.appViewModel.connectionText
            unsent: window.appViewModel.unsent
            megabytes: window.appViewModel.megabytesText
            balance: window.appViewModel.balanceText
            balanceBeside: window.appViewModel.balanceBeside ?? ""
            bell: rail.low
            news: window.notices?.unreadText ?? ""
            alert: window.notices?.alert ?? false
            onBellPressed: window.openNotices()
            Layout.fillWidth: true
        }
    }
    Lazy {
        id: noticePart

        sourceComponent: NoticePanel {
            viewModel: window.notices
            appViewModel: window.appViewModel
            beside: rail.width
            onOpening: page => window.open(page)
        }
    }
    Lazy {
        wanted: window.talk?.open === true
        sourceComponent: TalkDialog {
            viewModel: window.talk
            onMessageReported: (messageId, title) => window.abuse.openMessage(messageId, title)
        }
    }
    Lazy {
        wanted: window.abuse?.open === true
        sourceComponent: AbuseDialog {
            viewModel: window.abuse
        }
    }
    Connections {
        ignoreUnknownSignals: true
        target: window.abuse

        function onSaid(text: string, tone: string): void {
            window.appViewModel.toast(text, tone);
        }
    }
    Lazy {
        wanted: window.appViewModel.care.text !== ""
        sourceComponent: CareDialog {
            care: window.appViewModel.care
        }
    }
    FocusKeeper {
        of: window
        home: (window.covered ? helpPart.item : screen.item) as Item
    }
    Toast {
        id: toast

        undoable: window.appViewModel.undo ?? null
        keyed: window.current !== "review"

        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 56
        z: 10
    }
}
