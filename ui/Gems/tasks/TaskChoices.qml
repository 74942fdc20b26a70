// SPDX-License-Identifier: Apache-2.0
// The options of a choice: below each other, in a flow where the author or the width asks for it, or folded up.
pragma ComponentBehavior: Bound

import QtQuick
import Gems
import Gems.components

Column {
    id: choices

    required property TaskRow row
    required property var viewModel
    readonly property var part: row.part
    readonly property bool nested: part.nested
    readonly property bool flowing: !nested && (row.flowing || !row.wide)
    // Pictures stand beside each other, as many as there is room for.
    readonly property int across: part.pictured && !nested ? Math.max(1, Math.floor((width + Theme.s) / (Math.round(170 * Theme.textScale) + Theme.s))) : 1
    readonly property int step: Math.round(22 * Theme.textScale)

    spacing: Theme.s

    TaskCaption {
        width: choices.width
        row: choices.row
        text: choices.row.hint !== "" ? choices.row.hint : choices.row.multiple && !choices.viewModel.readOnly ? qsTr("Choose all that fit") : ""
    }
    Flow {
        width: choices.width
        spacing: choices.nested ? Theme.xs : Theme.s
        visible: !choices.part.folded
        Accessible.role: Accessible.Grouping
        Accessible.name: choices.row.caption !== "" ? choices.row.caption : choices.row.multiple ? qsTr("Choose all that fit") : qsTr("Choose one")

        Repeater {
            model: choices.part.folded ? null : choices.row.options

            Item {
                id: place

                required property int index
                required property string text
                required property string key
                required property string hint
                required property string picture
                required property int depth
                required property bool chosen
                required property bool some
                required property bool able
                readonly property int indent: depth * choices.step

                width: choices.across > 1 ? Math.floor((choices.width - (choices.across - 1) * Theme.s) / choices.across) : choices.flowing ? Math.min(option.implicitWidth, choices.width) : choices.width
                implicitHeight: able ? option.implicitHeight : title.implicitHeight
                height: implicitHeight

                TaskOption {
                    id: option

                    visible: place.able
                    anchors.fill: parent
                    anchors.leftMargin: place.indent
                    text: place.text
                    key: place.key
                    hint: place.hint
                    picture: place.picture
                    chosen: place.chosen
                    some: place.some
                    mark: choices.row.multiple ? "check" : "radio"
                    readOnly: choices.viewModel.readOnly
                    onClicked: choices.part.toggle(place.index)
                }
                PlainText {
                    id: title

                    visible: !place.able
                    anchors.fill: parent
                    anchors.leftMargin: place.indent
                    topPadding: Theme.s
                    bottomPadding: 2
                    text: place.text
                    font.weight: Font.DemiBold
                    color: place.some ? Theme.accentSoftInk : Theme.textMuted
                }
            }
        }
    }
    Loader {
        active: choices.part.folded
        visible: active
        width: choices.width
        sourceComponent: TaskSelect {
            row: choices.row
            viewModel: choices.viewModel
        }
    }
}
