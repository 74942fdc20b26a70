// SPDX-License-Identifier: Apache-2.0
// The first practice: three examples that come with the application, right after the wallet is made.
import QtQuick

FocusScope {
    id: screen

    required property var viewModel
    required property var appViewModel
    readonly property string stage: viewModel.stage

    Component.onCompleted: viewModel.begin()

    Connections {
        target: screen.viewModel

        function onEnded(): void {
            screen.appViewModel.openPage("home");
        }
    }
    PracticePane {
        anchors.fill: parent
        focus: true
        viewModel: screen.viewModel
        voice: screen.appViewModel.screenModel("voice")
        onSkipped: screen.viewModel.skip()
        onPassedIt: {
            screen.viewModel.leave();
            screen.appViewModel.openPage("findWork");
        }
    }
}
