// SPDX-License-Identifier: Apache-2.0
// Always at the bottom: the connection, what waits to be sent, the data used today, the balance.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Gems

Rectangle {
    id: strip

    // "online", "offline" or "syncing".
    property string connection: "offline"
    property string connectionText: ""
    property int unsent: 0
    property string megabytes: ""
    property string balance: ""
    property string unit: qsTr("GEM")

    component Fact: RowLayout {
        id: fact

        property string icon: ""
        property string words: ""
        property color ink: Theme.textMuted

        spacing: Theme.xs + 2
        Accessible.role: Accessible.StaticText
        Accessible.name: words

        Icon {
            name: fact.icon
            size: Math.round(15 * Theme.textScale)
            color: fact.ink
        }
        PlainText {
            text: fact.words
            color: fact.ink
            font.pixelSize: Theme.fontSmall
            elide: Text.ElideRight
            wrapMode: Text.NoWrap
            Layout.fillWidth: true
            Layout.maximumWidth: Math.ceil(implicitWidth) + 1
            Accessible.ignored: true
        }
    }

    implicitHeight: Math.round(30 * Theme.textScale)
    color: Theme.sunken
    Accessible.role: Accessible.StatusBar
    Accessible.name: qsTr("Status")

    Rectangle {
        width: parent.width
        height: 1
        color: Theme.border
    }
    RowLayout {
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
        Fact {
            visible: words !== ""
            icon: "download"
            words: strip.megabytes
            Layout.minimumWidth: implicitWidth
        }
        Amount {
            visible: strip.balance !== ""
            value: strip.balance
            unit: strip.unit
            size: Theme.fontBody
            Accessible.name: qsTr("Balance %1 %2").arg(strip.balance).arg(strip.unit)
        }
    }
}
