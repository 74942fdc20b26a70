// SPDX-License-Identifier: Apache-2.0
// One row of a tree: an arrow that opens it, a box that is chosen, its name and how many below it are chosen.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Gems
import Gems.components

T.AbstractButton {
    id: branch

    required property int index
    required property string hint
    required property string above
    required property int depth
    required property bool leaf
    required property bool opened
    required property bool chosen
    required property int inside
    required property bool able
    required text
    property bool current: false
    property bool readOnly: false

    signal unfolded

    implicitHeight: Math.max(Math.round(40 * Theme.textScale), parts.implicitHeight + 2 * topPadding)
    leftPadding: Theme.s + (mirrored ? 0 : depth * Math.round(20 * Theme.textScale))
    rightPadding: Theme.s + (mirrored ? depth * Math.round(20 * Theme.textScale) : 0)
    topPadding: 4
    bottomPadding: 4
    hoverEnabled: true
    focusPolicy: Qt.NoFocus
    Accessible.role: Accessible.TreeItem
    Accessible.name: above !== "" ? above + ", " + text : text
    // Qt has no word for it: whether what lies below is shown
    Accessible.description: [hint, leaf ? "" : opened ? qsTr("Unfolded") : qsTr("Folded")].filter(part => part !== "").join(". ")
    // Qt's button says `checkable` of itself whenever a reader begins to listen: what is true stands again after it.
    Accessible.checkable: able
    Accessible.checked: branch.chosen
    Accessible.onCheckableChanged: {
        if (Accessible.checkable !== branch.able)
            Accessible.checkable = Qt.binding(() => branch.able);
    }
    Accessible.onCheckedChanged: {
        if (Accessible.checked !== branch.chosen)
            Accessible.checked = Qt.binding(() => branch.chosen);
    }
    Accessible.onPressAction: branch.clicked()

    contentItem: RowLayout {
        id: parts

        spacing: Theme.s

        Item {
            implicitWidth: Math.round(28 * Theme.textScale)
            implicitHeight: implicitWidth

            Icon {
                anchors.centerIn: parent
                visible: !branch.leaf
                name: branch.opened ? "chevron-down" : "chevron-right"
                color: Theme.textMuted
            }
            TapHandler {
                enabled: !branch.leaf
                gesturePolicy: TapHandler.ReleaseWithinBounds
                onTapped: branch.unfolded()
            }
        }
        Rectangle {
            visible: branch.able || branch.chosen
            implicitWidth: Math.round(18 * Theme.textScale)
            implicitHeight: implicitWidth
            radius: Theme.radiusSmall
            color: branch.chosen ? Theme.accent : Theme.raised
            border.width: branch.chosen ? 0 : 2
            border.color: Theme.outline

            Icon {
                anchors.centerIn: parent
                visible: branch.chosen
                name: "check"
                size: Math.round(14 * Theme.textScale)
                color: Theme.accentInk
            }
        }
        ColumnLayout {
            spacing: 0
            Layout.fillWidth: true

            PlainText {
                text: branch.text
                font.weight: branch.chosen ? Font.DemiBold : Font.Normal
                Layout.fillWidth: true
                Accessible.ignored: true
            }
            PlainText {
                visible: text !== ""
                text: branch.above !== "" ? branch.above : branch.hint
                font.pixelSize: Theme.fontSmall
                color: Theme.textMuted
                Layout.fillWidth: true
                Accessible.ignored: true
            }
        }
        Badge {
            visible: branch.inside > 0
            text: branch.inside
            tone: "accent"
        }
    }
    background: Rectangle {
        color: branch.current ? Theme.accentSoft : branch.hovered ? Theme.hover : "transparent"
        radius: Theme.radiusSmall
        border.width: branch.current ? Theme.focusWidth : 0
        border.color: Theme.focus
    }
}
