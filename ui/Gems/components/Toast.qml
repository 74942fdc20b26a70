// SPDX-License-Identifier: Apache-2.0
// A sentence that says something went through, and leaves by itself. It takes no clicks: what lies below stays in reach.
import QtQuick
import Gems

Rectangle {
    id: toast

    property int staysFor: 4000
    property string tone: "good"

    function show(sentence: string, kind: string): void {
        label.text = sentence;
        tone = kind === "" ? "good" : kind;
        visible = true;
        leave.restart();
    }

    visible: false
    implicitWidth: Math.min(Math.round(520 * Theme.textScale), row.implicitWidth + 2 * Theme.l)
    implicitHeight: row.implicitHeight + 2 * Theme.m
    radius: Theme.radius
    color: Theme.text
    border.width: Theme.highContrast ? 1 : 0
    border.color: Theme.border
    Accessible.role: Accessible.AlertMessage
    Accessible.name: label.text

    Row {
        id: row

        anchors.centerIn: parent
        spacing: Theme.s

        Icon {
            name: toast.tone === "good" ? "check" : toast.tone === "bad" ? "alert" : "info"
            color: Theme.window
            anchors.verticalCenter: parent.verticalCenter
        }
        PlainText {
            id: label

            color: Theme.window
            width: Math.min(implicitWidth, Math.round(440 * Theme.textScale))
            maximumLineCount: 4
            elide: Text.ElideRight
        }
    }
    Timer {
        id: leave

        interval: toast.staysFor
        onTriggered: toast.visible = false
    }
}
