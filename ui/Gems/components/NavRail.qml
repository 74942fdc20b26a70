// SPDX-License-Identifier: Apache-2.0
// The pages of the application as words with icons; arrow keys move, Enter opens, Ctrl+1 to 9 open from anywhere.
// The last one, `foot`, stands apart at the bottom.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems

FocusScope {
    id: rail

    // Each {name, label, icon, badge}; badge is a short text or empty.
    property var pages: []
    property var foot: null
    property string current: ""
    property bool practice: false
    // The number of notices that were not read, as it is written here; an alert is told by its icon too.
    property string news: ""
    property bool alert: false

    signal bellPressed
    // No wider than this; longer names take a second line.
    property int most: 10000

    readonly property int entries: pages.length + (foot ? 1 : 0)
    // The name above the pages makes room for them when the window is low.
    readonly property bool low: height < (entries + 4) * Math.round(29 * Theme.textScale) + 2 * Theme.l
    readonly property int tight: Math.round(27 * Theme.textScale)

    signal chosen(string name)

    // As wide as the longest single word, since only between words a name takes a second line.
    function widest(): real {
        let most = 0;
        for (const page of foot ? [...pages, foot] : pages) {
            const badge = page.badge ? metrics.advanceWidth(page.badge) + 3 * Theme.s : 0;
            for (const word of page.label.split(" "))
                most = Math.max(most, metrics.advanceWidth(word) + badge);
        }
        return Math.ceil(most) + Theme.iconSize + 2 * Theme.m + Theme.xs + 2 * Theme.s + 6;
    }

    implicitWidth: Math.min(most, Math.max(Math.round(104 + 84 * Theme.textScale), widest()))
    Accessible.role: Accessible.PageTabList
    Accessible.name: qsTr("Pages")

    function takeFocus(): void {
        if (foot && foot.name === current) {
            bottom.forceActiveFocus(Qt.TabFocusReason);
            return;
        }
        list.currentIndex = Math.max(0, list.currentIndex);
        for (let i = 0; i < pages.length; i++) {
            if (pages[i].name === current)
                list.currentIndex = i;
        }
        list.forceActiveFocus(Qt.TabFocusReason);
    }

    // The page that is open is in view, however few fit.
    function showCurrent(): void {
        const at = pages.findIndex(page => page.name === current);
        if (at < 0)
            return;
        // Tab comes in at the page that is open.
        if (!list.activeFocus)
            list.currentIndex = at;
        list.positionViewAtIndex(at, ListView.Contain);
    }

    onCurrentChanged: showCurrent()
    onHeightChanged: Qt.callLater(showCurrent)

    FontMetrics {
        id: metrics

        font.family: Theme.family
        font.pixelSize: Theme.fontBody
        font.weight: Font.DemiBold
    }
    Rectangle {
        anchors.fill: parent
        color: Theme.sunken
    }
    Rectangle {
        anchors.right: parent.right
        width: 1
        height: parent.height
        color: Theme.border
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.s
        anchors.topMargin: rail.low ? Theme.s : Theme.l
        spacing: rail.low ? Theme.xs : Theme.l

        RowLayout {
            visible: !rail.low
            spacing: Theme.s
            Layout.leftMargin: Theme.s

            Icon {
                name: "gem"
                size: Math.round(22 * Theme.textScale)
                color: Theme.accent
            }
            PlainText {
                text: "Gems"
                font.pixelSize: Theme.fontTitle
                font.weight: Font.DemiBold
                wrapMode: Text.NoWrap
            }
            Item {
                Layout.fillWidth: true
            }
            BellButton {
                objectName: "bell"
                count: rail.news
                alert: rail.alert
                keyHint: "F7"
                onClicked: rail.bellPressed()
            }
        }
        ListView {
            id: list

            model: rail.pages
            spacing: 2
            clip: true
            focus: true
            activeFocusOnTab: true
            boundsBehavior: Flickable.StopAtBounds
            interactive: contentHeight > height
            cacheBuffer: 0
            keyNavigationEnabled: true
            highlightMoveDuration: 0
            Layout.fillWidth: true
            Layout.fillHeight: true
            onActiveFocusChanged: {
                if (activeFocus)
                    positionViewAtIndex(currentIndex, ListView.Contain);
            }
            Keys.onReturnPressed: rail.chosen(rail.pages[currentIndex].name)
            Keys.onSpacePressed: rail.chosen(rail.pages[currentIndex].name)
            Keys.onDownPressed: event => {
                if (currentIndex === count - 1 && bottom.visible)
                    bottom.forceActiveFocus(Qt.TabFocusReason);
                else
                    event.accepted = false;
            }

            ScrollBar.vertical: ScrollBar {
                policy: list.interactive ? ScrollBar.AlwaysOn : ScrollBar.AlwaysOff
            }
            delegate: NavEntry {
                required property int index
                required property var modelData

                width: ListView.view.width
                edge: list.interactive ? Theme.l : Theme.s
                // closer together before the last of them has to be scrolled to
                least: Math.max(rail.tight, Math.min(Math.round(38 * Theme.textScale), Math.floor(list.height / rail.pages.length) - list.spacing))
                text: modelData.label
                glyphName: modelData.icon
                badge: modelData.badge ?? ""
                here: modelData.name === rail.current
                marked: list.activeFocus && list.currentIndex === index
                focusPolicy: Qt.NoFocus
                onClicked: rail.chosen(modelData.name)
            }
        }
        NavEntry {
            id: bottom

            objectName: "railFoot"
            visible: rail.foot !== null
            least: rail.low ? rail.tight : Math.round(38 * Theme.textScale)
            text: rail.foot?.label ?? ""
            glyphName: rail.foot?.icon ?? ""
            badge: rail.foot?.badge ?? ""
            here: rail.foot !== null && rail.foot.name === rail.current
            marked: activeFocus
            focusPolicy: Qt.TabFocus
            Layout.fillWidth: true
            onClicked: rail.chosen(rail.foot.name)
            Keys.onReturnPressed: click()
            Keys.onUpPressed: {
                list.currentIndex = list.count - 1;
                list.forceActiveFocus(Qt.TabFocusReason);
            }
        }
        PracticeBadge {
            visible: rail.practice
            text: qsTr("Practice network")
            Layout.fillWidth: true
            Layout.maximumWidth: implicitWidth
            Layout.leftMargin: Theme.xs
            Layout.bottomMargin: rail.low ? 0 : Theme.s
        }
    }
}
