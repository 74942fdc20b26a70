// SPDX-License-Identifier: Apache-2.0
// "What is this number?": a small "?" beside a label, which says a word of the glossary in plain sentences.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Gems

Item {
    id: explain

    // An id of gems_desktop/viewmodels/help_words.py; nothing is shown without one.
    property string word: ""
    // How this very number came about, where that is known.
    property string why: ""

    readonly property string name: Help.names[word] ?? ""
    readonly property bool opened: (holder.item as ExplainPopup)?.opened ?? false

    function close(): void {
        (holder.item as ExplainPopup)?.close();
    }

    visible: name !== ""
    implicitWidth: Math.round(16 * Theme.textScale)
    implicitHeight: implicitWidth

    T.AbstractButton {
        id: button

        objectName: "explain." + explain.word
        anchors.centerIn: parent
        width: Math.max(24, explain.implicitWidth + 8)
        height: width
        hoverEnabled: true
        focusPolicy: Qt.TabFocus
        Accessible.role: Accessible.Button
        Accessible.name: qsTr("What is “%1”?").arg(explain.name)
        Keys.onReturnPressed: click()
        Keys.onEnterPressed: click()
        onClicked: holder.show()

        background: Item {
            Rectangle {
                anchors.centerIn: parent
                width: explain.implicitWidth
                height: width
                radius: width / 2
                color: button.down ? Theme.pressed : button.hovered ? Theme.hover : "transparent"
                border.width: 1
                border.color: button.hovered || button.visualFocus ? Theme.text : Theme.outline

                FocusRing {
                    shown: button.visualFocus
                    radius: height / 2
                }
            }
        }
        contentItem: Text {
            text: "?"
            textFormat: Text.PlainText
            color: button.hovered || button.visualFocus ? Theme.text : Theme.textMuted
            font.family: Theme.family
            font.pixelSize: Math.round(Theme.fontSmall * 0.92)
            font.weight: Font.Medium
            horizontalAlignment: Text.AlignHCenter
            verticalAlignment: Text.AlignVCenter
            Accessible.ignored: true
        }
    }
    Loader {
        id: holder

        function show(): void {
            active = true;
            (item as ExplainPopup)?.open();
        }

        active: false
        sourceComponent: ExplainPopup {
            parent: button
            y: button.height + 2
            entry: Help.model?.explain(explain.word) ?? ({})
            why: explain.why
            onClosed: {
                button.forceActiveFocus(Qt.TabFocusReason);
                holder.drop();
            }
            onMoreAsked: {
                const word = explain.word;
                close();
                Help.model?.openWord(word);
            }
        }

        // Not while its own signal runs.
        function drop(): void {
            Qt.callLater(() => holder.active = false);
        }
    }
}
