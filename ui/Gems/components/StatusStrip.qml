// SPDX-License-Identifier: Apache-2.0
// Always at the bottom: the connection, what waits to be sent, the data used today, the balance.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Gems

Rectangle {
    id: strip

    // "online", "offline" or "syncing".
    property string connection: "offline"
    property string connectionText: ""
    property int unsent: 0
    property string megabytes: ""
    property string balance: ""
    // The balance in the user's own currency, or ""; left out where there is no room.
    property string balanceBeside: ""
    // The bell stands here where the rail has no room for it.
    property bool bell: false
    property string news: ""
    property bool alert: false

    signal bellPressed
    property string unit: qsTr("GEM")

    // Not a layout of its own: two layouts that both wait for how a text wraps may never agree.
    component Fact: Item {
        id: fact

        property string icon: ""
        property string words: ""
        property color ink: Theme.textMuted
        readonly property string fullText: label.truncated ? words : ""

        T.ToolTip.visible: fullText !== "" && over.hovered
        T.ToolTip.text: fullText
        implicitWidth: glyph.implicitWidth + Theme.xs + 2 + label.implicitWidth
        implicitHeight: Math.max(glyph.implicitHeight, label.implicitHeight)
        Accessible.role: Accessible.StaticText
        Accessible.name: words

        HoverHandler {
            id: over
        }
        Icon {
            id: glyph

            anchors.left: parent.left
            anchors.verticalCenter: parent.verticalCenter
            name: fact.icon
            size: Math.round(15 * Theme.textScale)
            color: fact.ink
        }
        PlainText {
            id: label

            anchors.left: glyph.right
            anchors.leftMargin: Theme.xs + 2
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            text: fact.words
            color: fact.ink
            font.pixelSize: Theme.fontSmall
            maximumLineCount: 2
            elide: Text.ElideRight
            Accessible.ignored: true
        }
    }

    // Its height follows its width alone: if it followed how the texts wrap, the window's layout would wait for itself.
    // Two lines of the tallest script take 3.2 times the size of the letters.
    readonly property bool tight: width < 900 * Theme.textScale

    implicitHeight: Math.max(Math.round(30 * Theme.textScale), tight ? Math.ceil(3.2 * Theme.fontSmall) : 0)
    color: Theme.sunken
    Accessible.role: Accessible.StatusBar
    onConnectionChanged: {
        if (visible && connection !== "syncing")
            Qt.callLater(() => Aloud.say(strip, strip.connectionText, false));
    }
    Accessible.name: qsTr("Status")

    Rectangle {
        width: parent.width
        height: 1
        color: Theme.border
    }
    RowLayout {
        id: facts

        anchors.fill: parent
        anchors.leftMargin: Theme.l
        anchors.rightMargin: Theme.l
        spacing: Theme.l

        Fact {
            icon: strip.connection === "offline" ? "offline" : strip.connection === "syncing" ? "refresh" : "online"
            words: strip.connectionText
            ink: strip.connection === "offline" ? Theme.warn : strip.connection === "syncing" ? Theme.info : Theme.good
            Layout.fillWidth: true
            Layout.maximumWidth: Math.ceil(implicitWidth) + 1
        }
        Fact {
            icon: "outbox"
            words: strip.unsent === 0 ? qsTr("Nothing waits to be sent") : qsTr("%n answer(s) to send", "", strip.unsent)
            ink: strip.unsent === 0 ? Theme.textMuted : Theme.text
            Layout.fillWidth: true
            Layout.maximumWidth: Math.ceil(implicitWidth) + 1
        }
        Item {
            Layout.fillWidth: true
        }
        BellButton {
            objectName: "stripBell"
            visible: strip.bell
            count: strip.news
            alert: strip.alert
            keyHint: "F7"
            Layout.preferredHeight: Math.round(30 * Theme.textScale) - 4
            onClicked: strip.bellPressed()
        }
        Fact {
            visible: words !== ""
            icon: "download"
            words: strip.megabytes
            Layout.fillWidth: true
            Layout.maximumWidth: Math.ceil(implicitWidth) + 1
        }
        Explain {
            visible: strip.megabytes !== "" && name !== ""
            word: "data_budget"
            Layout.leftMargin: -Theme.m
        }
        Amount {
            visible: strip.balance !== ""
            value: strip.balance
            unit: strip.unit
            size: Theme.fontBody
            Accessible.name: qsTr("Balance %1 %2").arg(strip.balance).arg(strip.unit)
        }
        PlainText {
            objectName: "stripBeside"
            visible: text !== "" && !strip.tight
            text: strip.balanceBeside
            color: Theme.textMuted
            font.pixelSize: Theme.fontSmall
            wrapMode: Text.NoWrap
            Layout.leftMargin: -Theme.s
        }
        Explain {
            visible: strip.balance !== "" && name !== ""
            word: "claimable"
            Layout.leftMargin: -Theme.m
        }
    }
}
