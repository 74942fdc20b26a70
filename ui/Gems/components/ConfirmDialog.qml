// SPDX-License-Identifier: Apache-2.0
// Asks once before something that matters: what will happen, what it costs, and two clear answers.
import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import QtQuick.Templates as T
import Gems

T.Dialog {
    id: dialog

    property string sentence: ""
    property string consequence: ""
    property string acceptText: qsTr("Continue")
    property string rejectText: qsTr("Cancel")
    property bool dangerous: false
    // False where there is nothing to decide, only something to close.
    property bool asks: true
    // Marks that it is about money of a practice network.
    property bool practice: false
    property bool acceptEnabled: true
    // "Yes" does it by `applied` and leaves the dialog open, to be done again.
    property bool applies: false
    property string acceptKeys: ""
    default property alias extra: extras.data
    readonly property real most: (parent?.height ?? 600) - 2 * Theme.l

    parent: T.Overlay.overlay
    anchors.centerIn: parent
    width: Math.min(Math.round(460 * Theme.textScale), (parent?.width ?? 600) - 2 * Theme.l)
    height: Math.min(implicitHeight, most)
    implicitHeight: contentItem.implicitHeight + topPadding + bottomPadding
    padding: Theme.xl
    modal: true
    focus: true
    closePolicy: T.Popup.CloseOnEscape

    // The keyboard on the answer that changes nothing.
    function takeFocus(): void {
        rejectButton.forceActiveFocus(Qt.TabFocusReason);
        // it may have it already, from the last time
        rejectButton.focusReason = Qt.TabFocusReason;
    }

    // The same, for dialogs that have a first field of their own.
    function rejectFocus(): void {
        rejectButton.forceActiveFocus(Qt.TabFocusReason);
    }

    onOpened: takeFocus()

    background: Rectangle {
        color: Theme.raised
        radius: Theme.radius + 4
        border.color: Theme.border
    }
    T.Overlay.modal: Rectangle {
        color: Theme.scrim
    }

    contentItem: ColumnLayout {
        spacing: Theme.l

        Flickable {
            id: flick

            implicitHeight: column.implicitHeight
            contentHeight: column.implicitHeight
            clip: contentHeight > height
            interactive: contentHeight > height
            boundsBehavior: Flickable.StopAtBounds
            Layout.fillWidth: true
            Layout.fillHeight: true

            // In the margin: what is asked has the same width with it and without it.
            ScrollBar.vertical: ScrollBar {
                parent: dialog.background
                x: mirrored ? Theme.xs : parent.width - width - Theme.xs
                y: dialog.padding
                height: flick.height
            }

            // What the keyboard is on is never outside the view.
            readonly property Item focused: Window.activeFocusItem
            onFocusedChanged: reveal()
            // also when what stands above it has grown
            onContentHeightChanged: Qt.callLater(reveal)

            function reveal(): void {
                if (!dialog.opened || !focused || !extras.contains(extras.mapFromItem(focused, 1, 1)))
                    return;
                const top = focused.mapToItem(contentItem, 0, 0).y;
                const most = Math.max(0, contentHeight - height);
                if (top < contentY)
                    contentY = Math.max(0, top - Theme.m);
                else if (top + Math.min(focused.height, height) > contentY + height)
                    contentY = Math.min(most, top + focused.height - height + Theme.m);
            }

            ColumnLayout {
                id: column

                width: flick.width
                spacing: Theme.m

                RowLayout {
                    spacing: Theme.m
                    Layout.fillWidth: true

                    PlainText {
                        text: dialog.title
                        font.pixelSize: Theme.fontTitle
                        font.weight: Font.DemiBold
                        Layout.fillWidth: true
                        Accessible.role: Accessible.Heading
                    }
                    PracticeBadge {
                        objectName: "dialogPractice"
                        visible: dialog.practice
                        Layout.alignment: Qt.AlignTop
                    }
                }
                PlainText {
                    visible: text !== ""
                    text: dialog.sentence
                    Layout.fillWidth: true
                }
                PlainText {
                    visible: text !== ""
                    text: dialog.consequence
                    color: dialog.dangerous ? Theme.bad : Theme.textMuted
                    Layout.fillWidth: true
                }
                ColumnLayout {
                    id: extras

                    visible: children.length > 0
                    spacing: Theme.m
                    Layout.fillWidth: true
                }
            }
        }
        // The answers stay in view however long the question is.
        // In the order they are seen, which is also that of the Tab key: from "no" the next thing is "yes".
        Flow {
            spacing: Theme.s
            Layout.fillWidth: true
            Layout.maximumWidth: rejectButton.implicitWidth + (acceptButton.visible ? spacing + acceptButton.implicitWidth : 0)
            Layout.alignment: Qt.AlignRight

            GemButton {
                id: rejectButton

                objectName: "dialogReject"
                text: dialog.rejectText
                onClicked: dialog.reject()
            }
            GemButton {
                id: acceptButton

                objectName: "dialogAccept"
                visible: dialog.asks
                text: dialog.acceptText
                variant: dialog.dangerous ? "danger" : "primary"
                enabled: dialog.acceptEnabled
                keyHint: dialog.acceptKeys
                onClicked: dialog.applies ? dialog.applied() : dialog.accept()
            }
        }
    }
}
