// SPDX-License-Identifier: Apache-2.0
// Typed answers: one field per entry, sent while typing and when the keyboard leaves.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Gems
import Gems.components

Column {
    id: area

    required property TaskRow row
    required property var viewModel

    // Empty fields that the user asked for.
    property int extra: 0
    readonly property int filled: row.texts.length
    readonly property int fields: Math.max(1, filled, Math.min(row.most, extra))

    spacing: Theme.s

    TaskCaption {
        width: area.width
        row: area.row
        text: area.row.text
    }
    Connections {
        target: area.viewModel

        function onOpened(): void {
            area.extra = 0;
        }
    }
    Repeater {
        model: area.fields

        TextArea {
            id: field

            required property int index
            readonly property bool rtl: Application.layoutDirection === Qt.RightToLeft
            readonly property bool removable: !readOnly && area.fields > 1 && index < area.filled
            readonly property string given: area.row.texts[index] ?? ""

            objectName: "field" + index
            width: area.width
            height: Math.max(Math.ceil(Math.max(contentHeight, asked.implicitHeight)) + topPadding + bottomPadding, Math.round(44 * Theme.textScale), Math.ceil(metrics.height * (area.fields > 1 ? Math.min(2, area.row.lines) : area.row.lines)) + topPadding + bottomPadding)
            padding: Theme.m
            rightPadding: padding + (removable && !rtl ? remover.width : 0)
            leftPadding: padding + (removable && rtl ? remover.width : 0)
            readOnly: area.viewModel.readOnly
            font.pixelSize: Theme.fontBody
            placeholderText: readOnly ? "" : area.row.hint !== "" ? area.row.hint : qsTr("Write your answer here")
            Accessible.name: area.row.text !== "" ? area.row.text : area.row.caption !== "" ? area.row.caption : area.row.hint !== "" ? area.row.hint : qsTr("Your answer")
            Accessible.multiLine: true
            KeyNavigation.priority: KeyNavigation.BeforeItem
            // Tab leaves the field, as everywhere else
            Keys.onTabPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
            Keys.onBacktabPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
            onTextChanged: if (text !== given)
                area.viewModel.typed(area.row.name, index, text)
            onActiveFocusChanged: if (!activeFocus)
                area.viewModel.flush()
            // what was opened or undone; never what is just being typed
            onGivenChanged: if (text !== given)
                text = given
            Component.onCompleted: text = given

            QuietButton {
                id: remover

                objectName: "remove" + field.index
                anchors.top: parent.top
                anchors.right: parent.right
                anchors.margins: 4
                visible: field.removable
                iconName: "x"
                Accessible.name: qsTr("Remove this answer")
                onClicked: {
                    area.viewModel.flush();
                    area.viewModel.write(area.row.name, area.row.texts.filter((_, at) => at !== field.index));
                }
            }
            PlainText {
                id: asked

                visible: false
                width: field.width - field.leftPadding - field.rightPadding
                text: field.placeholderText
                Accessible.ignored: true
            }
            FontMetrics {
                id: metrics

                font: field.font
            }
        }
    }
    QuietButton {
        visible: !area.viewModel.readOnly && area.fields < area.row.most && area.filled >= area.fields
        text: qsTr("Add another answer")
        iconName: "plus"
        onClicked: area.extra = area.fields + 1
    }
}
