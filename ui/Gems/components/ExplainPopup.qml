// SPDX-License-Identifier: Apache-2.0
// What a "?" says: the word, what it means, how this number came about, and the way into the help.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Gems

T.Dialog {
    id: popup

    // {word, name, text, example} of the glossary.
    property var entry: ({})
    property string why: ""
    // A dialog stands over the help and would hide it.
    readonly property bool inDialog: T.Overlay.overlay !== null && within(parent, T.Overlay.overlay)

    signal moreAsked

    function within(item: Item, outer: Item): bool {
        for (let at = item; at; at = at.parent) {
            if (at === outer)
                return true;
        }
        return false;
    }

    objectName: "explainPopup"
    title: entry.name ?? ""
    width: Math.min(Math.round(320 * Theme.textScale), (T.Overlay.overlay?.width ?? 600) - 2 * Theme.l)
    height: Math.min(implicitHeight, (T.Overlay.overlay?.height ?? 500) - 2 * Theme.l)
    implicitHeight: column.implicitHeight + topPadding + bottomPadding
    margins: Theme.s
    padding: Theme.l
    bottomPadding: Theme.m
    modal: true
    dim: false
    focus: true
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
    onOpened: (more.visible ? more : column).forceActiveFocus(Qt.TabFocusReason)

    background: Rectangle {
        color: Theme.raised
        radius: Theme.radius
        border.width: 1
        border.color: Theme.outline
    }

    contentItem: Flickable {
        id: flick

        contentWidth: width
        contentHeight: column.implicitHeight
        interactive: contentHeight > height
        boundsBehavior: Flickable.StopAtBounds
        clip: interactive

        ColumnLayout {
            id: column

            width: flick.width
            spacing: Theme.s
            // Nothing to go to: what opened it closes it.
            Keys.onPressed: event => {
                if (!more.visible && [Qt.Key_Return, Qt.Key_Enter, Qt.Key_Space].includes(event.key)) {
                    event.accepted = true;
                    popup.close();
                }
            }
            Accessible.role: Accessible.Dialog
            Accessible.name: popup.entry.name ?? ""
            Accessible.description: [popup.why, popup.entry.text ?? "", popup.entry.example ?? ""].filter(part => part !== "").join(" ")

            PlainText {
                text: popup.entry.name ?? ""
                font.weight: Font.DemiBold
                Layout.fillWidth: true
                Accessible.role: Accessible.Heading
            }
            PlainText {
                text: popup.entry.text ?? ""
                Layout.fillWidth: true
            }
            PlainText {
                visible: text !== ""
                text: popup.entry.example ?? ""
                color: Theme.textMuted
                Layout.fillWidth: true
            }
            PlainText {
                visible: text !== ""
                text: popup.why
                font.weight: Font.Medium
                Layout.fillWidth: true
            }
            QuietButton {
                id: more

                objectName: "explainMore"
                visible: !popup.inDialog
                text: qsTr("More in Help")
                iconName: "info"
                Layout.maximumWidth: column.width
                onClicked: popup.moreAsked()
                Keys.onReturnPressed: clicked()
                Keys.onEnterPressed: clicked()
            }
        }
    }
}
