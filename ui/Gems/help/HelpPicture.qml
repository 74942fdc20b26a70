// SPDX-License-Identifier: Apache-2.0
// The picture of a page: real components with sample values, which no key and no click reaches.
import QtQuick
import Gems

Rectangle {
    id: picture

    property string page: ""
    property var samples: ({})
    property string title: ""
    readonly property var files: ({
            welcome: "PictureWelcome.qml",
            home: "PictureHome.qml",
            findWork: "PictureFindWork.qml",
            work: "PictureWork.qml",
            review: "PictureReview.qml",
            outbox: "PictureOutbox.qml",
            earnings: "PictureEarnings.qml",
            trust: "PictureTrust.qml",
            requesterReport: "PictureReport.qml",
            settings: "PictureSettings.qml",
            offline: "PictureOffline.qml",
            appeals: "PictureAppeals.qml",
            updates: "PictureUpdates.qml"
        })

    function load(): void {
        const file = files[page];
        if (file === undefined)
            drawing.setSource("");
        else
            drawing.setSource(Qt.resolvedUrl(file), {
                samples: Qt.binding(() => picture.samples)
            });
    }

    objectName: "helpPicture"
    visible: drawing.item !== null
    implicitHeight: drawing.implicitHeight + 2 * Theme.l
    implicitWidth: Math.round(320 * Theme.textScale)
    radius: Theme.radius
    color: Theme.surface
    border.width: 1
    border.color: Theme.border
    Accessible.role: Accessible.Graphic
    Accessible.name: qsTr("Picture: %1").arg(title)
    onPageChanged: load()
    Component.onCompleted: load()

    Loader {
        id: drawing

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: Theme.l
        y: Theme.l
    }
    // Nothing in it answers.
    MouseArea {
        anchors.fill: parent
        acceptedButtons: Qt.AllButtons
        hoverEnabled: true
    }
}
