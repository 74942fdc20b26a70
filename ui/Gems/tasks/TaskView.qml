// SPDX-License-Identifier: Apache-2.0
// A whole task. With room, what is judged stands left and the controls right; else all stands in one column.
pragma ComponentBehavior: Bound

import QtQuick
import Gems
import Gems.components
import "Bands.js" as Bands
import "Renderers.js" as Renderers

FocusScope {
    id: view

    // A TaskViewModel (gems_desktop/viewmodels/task.py).
    required property var viewModel
    readonly property bool readOnly: viewModel.readOnly
    // A low window has two columns sooner: beside a picture the answers are in sight, below it they are not.
    readonly property bool wide: both && width >= (pictured && height < 0.62 * width ? Math.round(500 * Theme.textScale) : 900)
    // The renderers that were read, kept so that they stay so, by kind. Rows come from Python, which holds its lock
    // meanwhile; reading a file asks the engine's interceptor, which needs that lock: it waits until Python is done.
    property var renderers: ({})
    property bool made: false
    // Whether there is something for each column.
    property bool both: true
    // Whether a picture is judged, which takes most of the height.
    property bool pictured: false

    readonly property int gap: Theme.l
    readonly property bool rtl: Application.layoutDirection === Qt.RightToLeft
    // A picture with its tools is never lower than this: rather than that, the column scrolls.
    readonly property int least: Math.round(120 * (1 + Theme.textScale))
    // What a column's scroll bar takes, and what the mark of the keyboard takes around its rows.
    readonly property int bar: 10
    readonly property int pad: 5
    readonly property int inner: width - bar
    readonly property int controlsWidth: Math.round(Math.min(380 * Theme.textScale, inner * 0.42))
    readonly property int objectsWidth: wide ? inner - controlsWidth - gap : columnWidth
    // One column of words is no wider than is good to read; what is large takes all there is.
    property bool roomy: false
    readonly property int columnWidth: wide || roomy ? inner : Math.min(inner, Math.round(900 * Theme.textScale))
    // Which region the controls of single regions are about.
    property string asked: ""
    readonly property string about: viewModel.selected !== "" ? viewModel.selectedWords : ""

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Task")
    // What is asked and what is judged, so far as it is words.
    Accessible.description: asked

    // Put the keyboard where the task is done by key.
    function takeKeyboard(): void {
        view.forceActiveFocus(Qt.OtherFocusReason);
    }

    Keys.onPressed: event => {
        const by = event.key === Qt.Key_PageDown ? 1 : event.key === Qt.Key_PageUp ? -1 : 0;
        if (by !== 0)
            event.accepted = event.modifiers & Qt.ShiftModifier ? controls.page(by) : objects.page(by);
        else
            event.accepted = view.viewModel.key(event.text, event.modifiers) || view.zoom(event.text);
    }

    // The keys that look closer work from anywhere in the task, on its first picture.
    function zoom(key: string): bool {
        for (let at = 0; at < repeater.count; at++) {
            const row = repeater.itemAt(at) as TaskRow;
            if (row?.closer)
                return row.closer(key);
        }
        return false;
    }

    Component.onCompleted: view.made = true
    onWidthChanged: view.later()
    // At once: until it is placed anew, a picture would reach below the window when what stands above takes room.
    onHeightChanged: {
        if (view.made)
            view.arrange();
    }
    onWideChanged: view.later()
    onColumnWidthChanged: view.later()

    Connections {
        target: view.viewModel

        function onOpened(): void {
            objects.contentY = 0;
            controls.contentY = 0;
            view.arrange();
            if (view.activeFocus)
                Aloud.say(view, view.asked, false);
        }
    }
    Connections {
        target: Theme

        function onTextScaleChanged(): void {
            view.later();
        }
    }

    function later(): void {
        Qt.callLater(view.arrange);
    }

    // Puts every row into its column, in reading order, which is also the order of the Tab key.
    function seat(every: list<Item>): void {
        const column = item => view.wide && item.side === "right" ? controls.contentItem : objects.contentItem;
        if (every.every(item => item.parent === column(item)))
            return;
        for (const item of every) {
            item.parent = view;
            item.parent = column(item);
        }
    }

    // Places every row; the picture takes the height that the others on its side leave.
    function arrange(): void {
        const every = [];
        for (let at = 0; at < repeater.count; at++) {
            const item = repeater.itemAt(at) as TaskRow;
            if (item)
                every.push(item);
        }
        const items = every.filter(item => !item.hidden && Renderers.files[item.kind]);
        const ofRegion = at => items[at]?.region || items[at]?.kind === "header" && items[at + 1]?.region === true;
        items.forEach((item, at) => item.leads = ofRegion(at) && !(at > 0 && ofRegion(at - 1)));
        items.forEach((item, at) => item.caption = at > 0 && Renderers.close.includes(items[at - 1].kind) ? items[at - 1].text : "");
        view.asked = items.filter(item => item.kind === "header" || item.kind === "text").map(item => item.text).filter(text => text !== "").join(". ").slice(0, 1000);
        view.roomy = items.some(item => Renderers.roomy.includes(item.kind));
        view.both = items.some(item => item.side === "left") && items.some(item => item.side === "right");
        view.pictured = items.some(item => Renderers.tall.includes(item.kind));
        view.seat(every);
        const lines = Bands.lines(items, Math.max(1, Math.min(3, Math.floor(view.objectsWidth / 240))));
        const tallOnes = lines.filter(line => Renderers.tall.includes(line[0].kind)).length;
        let others = 0;
        for (const item of items)
            if (!Renderers.tall.includes(item.kind) && item.side === "left")
                others += item.implicitHeight + view.gap;
        const room = (view.height - others - view.gap * (tallOnes - 1)) / Math.max(1, tallOnes);
        let left = 0;
        let right = 0;
        for (const line of lines) {
            const onRight = view.wide && line[0].side === "right";
            const column = onRight ? view.controlsWidth : view.objectsWidth;
            const width = Math.floor((column - view.gap * (line.length - 1)) / line.length);
            const tall = view.wide ? Math.max(view.least, room) : Math.max(view.least, Math.min(width * 0.7, view.height * 0.62));
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
        objects.rows = Math.max(0, left - view.gap);
        controls.rows = Math.max(0, right - view.gap);
    }

    TaskColumn {
        id: objects

        objectName: "objects"
        x: (view.wide && view.rtl ? view.controlsWidth + view.gap : 0) - view.pad
        y: -view.pad
        width: (view.wide ? view.objectsWidth + view.bar : view.width) + 2 * view.pad
        height: view.height + 2 * view.pad
        pad: view.pad
    }
    TaskColumn {
        id: controls

        objectName: "controls"
        visible: view.wide
        x: (view.rtl ? 0 : view.objectsWidth + view.gap) - view.pad
        y: -view.pad
        width: view.controlsWidth + view.bar + 2 * view.pad
        height: view.height + 2 * view.pad
        pad: view.pad
    }
    Repeater {
        id: repeater

        model: view.viewModel.rows
        onItemAdded: view.later()
        onItemRemoved: view.later()

        TaskRow {
            id: element

            property real place: 0
            // How far into its line it stands.
            property real along: 0
            // Whether the controls of single regions begin here.
            property bool leads: false
            readonly property real above: leads ? heading.height + Theme.s : 0

            x: view.pad + along + (view.rtl ? view.bar : 0) + (view.wide ? 0 : Math.round((view.inner - view.columnWidth) / 2))
            y: view.pad + place
            implicitHeight: ((loader.item as Item)?.implicitHeight ?? 0) + above
            onImplicitHeightChanged: view.later()
            onTextChanged: view.later()
            onHiddenChanged: view.later()
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
                    if (!view.made || view.renderers[element.kind])
                        loader.fill();
                    else
                        Qt.callLater(loader.fill);
                }

                function fill(): void {
                    const file = Renderers.files[element.kind];
                    if (!file)
                        return;
                    if (!view.renderers[element.kind])
                        view.renderers[element.kind] = Qt.createComponent(file);
                    loader.setSource(file, {
                        "row": element,
                        "viewModel": view.viewModel
                    });
                }
            }
        }
    }
}
