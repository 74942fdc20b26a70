// SPDX-License-Identifier: Apache-2.0
// A sentence that says something went through, and leaves by itself. Only its Undo takes clicks: what lies below
// stays in reach. What can be undone stays until its time is over, and while its button is read or has the keyboard.
import QtQuick
import Gems

Rectangle {
    id: toast

    property int staysFor: 4000
    property string tone: "good"
    // A step that can be taken back (gems_desktop/viewmodels/pending.py), or null.
    property var undoable: null
    // whether Ctrl+Z takes it back on the page that is shown
    property bool keyed: true
    readonly property string offer: undoable?.sentence ?? ""
    readonly property bool offering: offer !== ""
    readonly property bool read: undo.visible && (undo.activeFocus || over.hovered)

    function show(sentence: string, kind: string): void {
        label.said = sentence;
        tone = kind === "" ? "good" : kind;
        leave.restart();
        Aloud.say(toast, sentence, tone === "bad");
    }

    onOfferChanged: Aloud.say(toast, offer === "" ? "" : offer + " " + undo.text + (keyed ? ", " + undo.keyHint : ""), false)
    onReadChanged: undoable?.hold(read)

    visible: offering || leave.running
    implicitWidth: Math.min(Math.round(560 * Theme.textScale), row.implicitWidth + 2 * Theme.l)
    implicitHeight: row.implicitHeight + 2 * Theme.m
    radius: Theme.radius
    color: Theme.text
    border.width: Theme.highContrast ? 1 : 0
    border.color: Theme.border
    Accessible.role: Accessible.AlertMessage
    Accessible.name: label.text

    HoverHandler {
        id: over

        enabled: toast.offering
    }
    Row {
        id: row

        anchors.centerIn: parent
        spacing: Theme.s

        Icon {
            name: toast.offering ? "undo" : toast.tone === "good" ? "check" : toast.tone === "bad" ? "alert" : "info"
            color: Theme.window
            anchors.verticalCenter: parent.verticalCenter
        }
        PlainText {
            id: label

            property string said: ""

            text: toast.offering ? toast.offer : said
            color: Theme.window
            width: Math.min(implicitWidth, Math.round(360 * Theme.textScale))
            maximumLineCount: 4
            elide: Text.ElideRight
            anchors.verticalCenter: parent.verticalCenter
        }
        SecondaryButton {
            id: undo

            objectName: "toastUndo"
            visible: toast.offering
            text: qsTr("Undo")
            keyHint: toast.keyed ? qsTr("Ctrl+Z") : ""
            anchors.verticalCenter: parent.verticalCenter
            onClicked: toast.undoable?.undo()
            Keys.onReturnPressed: clicked()
        }
    }
    Timer {
        id: leave

        interval: toast.staysFor
    }
}
