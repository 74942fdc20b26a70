// SPDX-License-Identifier: Apache-2.0
// One page of the help: its steps, the picture they speak of, and the ways to the pages before and after it.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

Flickable {
    id: page

    required property var viewModel
    readonly property bool two: width >= 760 * Theme.textScale
    readonly property bool glossary: viewModel.page === "words"

    function takeFocus(): void {
        forceActiveFocus(Qt.TabFocusReason);
    }

    function turned(): void {
        contentY = 0;
        if (glossary && viewModel.word !== "")
            Qt.callLater(() => show(words.placeOf(viewModel.word)));
    }

    function show(top: real): void {
        contentY = Math.max(0, Math.min(top, contentHeight - height));
    }

    // What the keyboard is on is never outside the view.
    readonly property Item focused: Window.activeFocusItem
    onFocusedChanged: {
        if (!focused || focused === page || !within(focused))
            return;
        const top = focused.mapToItem(contentItem, 0, 0).y;
        if (top < contentY)
            show(top - Theme.l);
        else if (top + Math.min(focused.height, height) > contentY + height)
            show(top + focused.height - height + Theme.l);
    }

    function within(item: Item): bool {
        for (let at = item; at; at = at.parent) {
            if (at === contentItem)
                return true;
        }
        return false;
    }

    objectName: "helpPage"
    contentWidth: width
    contentHeight: column.implicitHeight + Theme.l
    boundsBehavior: Flickable.StopAtBounds
    interactive: contentHeight > height
    clip: true
    focus: true
    activeFocusOnTab: true
    Accessible.role: Accessible.Document
    Accessible.name: viewModel.title
    Keys.onPressed: event => {
        const room = Math.max(0, contentHeight - height);
        const steps = {
            [Qt.Key_Down]: 0.15,
            [Qt.Key_Up]: -0.15,
            [Qt.Key_PageDown]: 0.9,
            [Qt.Key_PageUp]: -0.9,
            [Qt.Key_Home]: -1000,
            [Qt.Key_End]: 1000
        };
        const step = steps[event.key];
        if (step === undefined)
            return;
        contentY = Math.max(0, Math.min(room, contentY + step * height));
        event.accepted = true;
    }
    Component.onCompleted: turned()

    Connections {
        target: page.viewModel

        function onChanged(): void {
            page.turned();
        }
    }

    ScrollBar.vertical: ScrollBar {}

    // Around what is seen of the page, where its title is not.
    FocusRing {
        parent: page
        shown: page.activeFocus && page.contentY > 0
        gap: -Theme.focusWidth
    }

    ColumnLayout {
        id: column

        x: Theme.m
        width: page.width - 2 * Theme.m
        spacing: Theme.l

        PlainText {
            objectName: "helpTitle"
            text: page.viewModel.title
            font.pixelSize: Theme.fontHeading
            font.weight: Font.DemiBold
            Layout.fillWidth: true
            Layout.maximumWidth: Math.ceil(implicitWidth) + 1
            Layout.topMargin: Theme.s
            Layout.leftMargin: Theme.xs
            Accessible.role: Accessible.Heading

            // The keyboard is on the text as a whole.
            FocusRing {
                shown: page.activeFocus
                gap: 4
            }
        }
        GridLayout {
            visible: !page.glossary
            columns: page.two ? 2 : 1
            columnSpacing: Theme.xl
            rowSpacing: Theme.l
            Layout.fillWidth: true

            HelpSteps {
                steps: page.viewModel.steps
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                Layout.alignment: Qt.AlignTop
            }
            HelpPicture {
                page: page.viewModel.page
                samples: page.viewModel.samples
                title: page.viewModel.title
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                Layout.maximumWidth: Math.round(460 * Theme.textScale)
                Layout.alignment: Qt.AlignTop
            }
        }
        HelpWords {
            id: words

            visible: page.glossary
            entries: page.glossary ? page.viewModel.words : []
            chosen: page.viewModel.word
            onPlaced: top => page.show(top)
            Layout.fillWidth: true
        }
        Flow {
            spacing: Theme.s
            Layout.fillWidth: true

            SecondaryButton {
                objectName: "helpBefore"
                visible: page.viewModel.before !== ""
                text: page.viewModel.before
                iconName: "arrow-left"
                width: Math.min(implicitWidth, parent.width)
                Accessible.name: qsTr("Page before: %1").arg(text)
                onClicked: page.viewModel.goBack()
                Keys.onReturnPressed: clicked()
            }
            SecondaryButton {
                objectName: "helpAfter"
                visible: page.viewModel.after !== ""
                text: page.viewModel.after
                iconName: "arrow-right"
                width: Math.min(implicitWidth, parent.width)
                Accessible.name: qsTr("Next page: %1").arg(text)
                onClicked: page.viewModel.goOn()
                Keys.onReturnPressed: clicked()
            }
        }
    }
}
