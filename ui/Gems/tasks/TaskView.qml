// SPDX-License-Identifier: Apache-2.0
// A whole task. With room, what is judged stands left and the controls right; else all stands in one column.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Gems
import Gems.components
import "Bands.js" as Bands
import "Renderers.js" as Renderers

FocusScope {
    id: view

    // A TaskViewModel (gems_desktop/viewmodels/task.py).
    required property var viewModel
    readonly property bool readOnly: viewModel.readOnly
    readonly property bool wide: width >= 900 && both
    // Whether there is something for each column.
    property bool both: true

    readonly property int gap: Theme.l
    // Without the edge that the scroll bar takes.
    readonly property int inner: width - 10
    readonly property bool rtl: Application.layoutDirection === Qt.RightToLeft
    readonly property int edge: rtl ? 10 : 0
    readonly property int controlsWidth: Math.round(Math.min(380 * Theme.textScale, inner * 0.42))
    readonly property int objectsWidth: wide ? inner - controlsWidth - gap : columnWidth
    // One column of words is no wider than is good to read; what is large takes all there is.
    property bool roomy: false
    readonly property int columnWidth: wide || roomy ? inner : Math.min(inner, Math.round(900 * Theme.textScale))
    // Which region the controls of single regions are about.
    readonly property string about: viewModel.selected !== "" ? viewModel.selectedWords : ""

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Task")

    // Put the keyboard where the task is done by key.
    function takeKeyboard(): void {
        view.forceActiveFocus(Qt.OtherFocusReason);
    }

    Keys.onPressed: event => {
        if (view.viewModel.key(event.text, event.modifiers))
            event.accepted = true;
    }

    onWidthChanged: flick.later()
    onHeightChanged: flick.later()
    onWideChanged: flick.later()
    onColumnWidthChanged: flick.later()

    Connections {
        target: view.viewModel

        function onOpened(): void {
            flick.contentY = 0;
            flick.arrange();
        }
    }
    Connections {
        target: Theme

        function onTextScaleChanged(): void {
            flick.later();
        }
    }

    Flickable {
        id: flick

        // How high each column is.
        property real leftHeight: 0
        property real rightHeight: 0

        anchors.fill: parent
        contentWidth: width
        contentHeight: Math.max(leftHeight, rightHeight)
        interactive: contentHeight > height
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        ScrollBar.vertical: ScrollBar {}

        function later(): void {
            Qt.callLater(flick.arrange);
        }

        // Places every row; the picture takes the height that the others on its side leave.
        function arrange(): void {
            const items = [];
            for (let at = 0; at < repeater.count; at++) {
                const item = repeater.itemAt(at) as TaskRow;
                if (item && !item.hidden && Renderers.files[item.kind])
                    items.push(item);
            }
            const ofRegion = at => items[at]?.region || items[at]?.kind === "header" && items[at + 1]?.region === true;
            items.forEach((item, at) => item.leads = ofRegion(at) && !(at > 0 && ofRegion(at - 1)));
            view.roomy = items.some(item => Renderers.roomy.includes(item.kind));
            view.both = items.some(item => item.side === "left") && items.some(item => item.side === "right");
            const lines = Bands.lines(items, Math.max(1, Math.min(3, Math.floor(view.objectsWidth / 240))));
            const tallOnes = lines.filter(line => Renderers.tall.includes(line[0].kind)).length;
            let others = 0;
            for (const item of items)
                if (!Renderers.tall.includes(item.kind) && item.side === "left")
                    others += item.implicitHeight + view.gap;
            const room = (flick.height - others - view.gap * (tallOnes - 1)) / Math.max(1, tallOnes);
            let left = 0;
            let right = 0;
            for (const line of lines) {
                const onRight = view.wide && line[0].side === "right";
                const column = onRight ? view.controlsWidth : view.objectsWidth;
                const width = Math.floor((column - view.gap * (line.length - 1)) / line.length);
                const tall = view.wide ? Math.max(240, room) : Math.max(220, Math.min(width * 0.7, flick.height * 0.62));
                line.forEach((item, at) => {
                    item.width = width;
                    item.onRight = onRight;
                    item.wide = view.wide;
                    item.height = Renderers.tall.includes(item.kind) ? tall : item.implicitHeight;
                    item.place = onRight ? right : left;
                    item.along = (view.rtl ? line.length - 1 - at : at) * (width + view.gap);
                });
                const space = line[0].height <= 0 ? 0 : Renderers.close.includes(line[0].kind) ? Theme.s : view.gap;
                if (onRight)
                    right += line[0].height + space;
                else
                    left += line[0].height + space;
            }
            flick.leftHeight = Math.max(0, left - view.gap);
            flick.rightHeight = Math.max(0, right - view.gap);
        }

        Repeater {
            id: repeater

            model: view.viewModel.rows
            onItemAdded: flick.later()
            onItemRemoved: flick.later()

            TaskRow {
                id: element

                property real place: 0
                // How far into its line it stands.
                property real along: 0
                // Whether the controls of single regions begin here.
                property bool leads: false
                readonly property real above: leads ? heading.height + Theme.s : 0
                // The shorter column stays in sight while the longer one scrolls.
                readonly property real sticky: view.wide ? Math.min(flick.contentY, Math.max(0, flick.contentHeight - (onRight ? flick.rightHeight : flick.leftHeight))) : 0

                x: along + (!view.wide ? Math.round((view.inner - view.columnWidth) / 2) + view.edge : onRight !== view.rtl ? (onRight ? view.objectsWidth : view.controlsWidth) + view.gap + view.edge : view.edge)
                y: place + sticky
                implicitHeight: ((loader.item as Item)?.implicitHeight ?? 0) + above
                onImplicitHeightChanged: flick.later()
                onTextChanged: flick.later()
                onHiddenChanged: flick.later()
                visible: !hidden

                PlainText {
                    id: heading

                    objectName: "about"
                    visible: element.leads
                    width: element.width
                    text: qsTr("About region %1").arg(view.about)
                    font.weight: Font.DemiBold
                    color: Theme.accentSoftInk
                    Accessible.role: Accessible.Heading
                }
                Loader {
                    id: loader

                    y: element.above
                    width: element.width
                    height: element.height - element.above
                    Component.onCompleted: {
                        const file = Renderers.files[element.kind];
                        if (file)
                            loader.setSource(file, {
                                "row": element,
                                "viewModel": view.viewModel
                            });
                    }
                }
            }
        }
    }
}
