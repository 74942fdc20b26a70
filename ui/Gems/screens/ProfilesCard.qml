// SPDX-License-Identifier: Apache-2.0
// The profiles of a shared computer: open one, make one, name one anew, put one aside.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

Card {
    id: card

    // A ProfilesViewModel (gems_desktop/viewmodels/profiles.py).
    required property var viewModel
    required property var appViewModel
    // On the way in there is something to choose, nothing to put away.
    property bool choosing: false

    title: qsTr("Profiles on this computer")
    iconName: "folder"

    Connections {
        target: card.viewModel

        function onChosen(name: string): void {
            card.appViewModel.switchProfile(name);
        }
        function onSaid(text: string, tone: string): void {
            card.appViewModel.toast(text, tone);
        }
    }
    ErrorBanner {
        what: card.viewModel.problemMessage
        safe: card.viewModel.problemSafe
        todo: card.viewModel.problemAction
        Layout.fillWidth: true
        onDismissed: card.viewModel.dismissProblem()
    }
    PlainText {
        visible: !card.choosing
        text: qsTr("Each profile has its own folder, wallet and password. Nobody sees another one's work without its password.")
        color: Theme.textMuted
        font.pixelSize: Theme.fontSmall
        Layout.fillWidth: true
    }
    Repeater {
        model: card.viewModel.rows

        ColumnLayout {
            id: row

            required property string name
            required property string title
            required property string about
            required property bool current
            required property string typed
            required property string warning

            objectName: "profile." + name
            spacing: Theme.xs
            Layout.fillWidth: true

            PlainText {
                text: row.current ? qsTr("%1 (open now)").arg(row.title) : row.title
                font.weight: row.current ? Font.DemiBold : Font.Normal
                Layout.fillWidth: true
            }
            PlainText {
                text: row.about
                color: Theme.textMuted
                font.pixelSize: Theme.fontSmall
                Layout.fillWidth: true
            }
            Flow {
                spacing: Theme.s
                Layout.fillWidth: true

                SecondaryButton {
                    objectName: "openProfile." + row.name
                    visible: !row.current
                    text: qsTr("Open")
                    Accessible.name: qsTr("Open %1").arg(row.title)
                    onClicked: card.viewModel.choose(row.name)
                }
                QuietButton {
                    objectName: "renameProfile." + row.name
                    visible: !card.choosing
                    text: qsTr("Rename…")
                    Accessible.name: qsTr("Rename %1").arg(row.title)
                    onClicked: naming.ask(row.name, row.title)
                }
                QuietButton {
                    objectName: "removeProfile." + row.name
                    visible: !card.choosing && !row.current
                    text: qsTr("Put aside…")
                    Accessible.name: qsTr("Put %1 aside").arg(row.title)
                    onClicked: removing.ask(row.name, row.title, row.typed, row.warning)
                }
            }
        }
    }
    PlainText {
        objectName: "putAside"
        visible: text !== "" && !card.choosing
        text: card.viewModel.aside !== "" ? qsTr("Put aside, with its wallet, in this folder: %1").arg(card.viewModel.aside) : ""
        wrapMode: Text.WrapAtWordBoundaryOrAnywhere
        Layout.fillWidth: true
    }
    SecondaryButton {
        objectName: "newProfile"
        text: qsTr("New profile…")
        onClicked: naming.ask("", "")
    }

    ProfileNaming {
        id: naming

        longest: card.viewModel.longest
        onNamed: (name, title) => name === "" ? card.viewModel.add(title) : card.viewModel.rename(name, title)
    }
    ProfileRemoving {
        id: removing

        onConfirmed: (name, typed) => card.viewModel.setAside(name, typed)
    }
}
