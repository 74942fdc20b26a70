// SPDX-License-Identifier: Apache-2.0
// What can be done with a campaign besides taking it: watch or block its requester, hide it.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

Menu {
    id: menu

    // A SetAsideViewModel (gems_desktop/viewmodels/set_aside.py).
    required property var setAside
    // An AbuseViewModel; null where nothing can be reported.
    property var abuse: null
    property string campaignId: ""
    property string campaignTitle: ""
    property string requester: ""
    property bool watched: false
    // It opens when the menu is gone, which takes the keyboard with it.
    property bool reporting: false

    function openFor(row: CampaignRowItem, item: Item): void {
        campaignId = row.campaignId;
        campaignTitle = row.title;
        requester = row.requester;
        watched = row.watched;
        popup(item, 0, item.height);
    }

    component Line: MenuItem {
        id: line

        property string key: ""

        contentItem: RowLayout {
            spacing: Theme.l

            PlainText {
                text: line.text
                font: line.font
                color: line.highlighted ? Theme.accentSoftInk : Theme.text
                Layout.fillWidth: true
                Accessible.ignored: true
            }
            KeyCap {
                keys: line.key
            }
        }
        Accessible.description: key
    }

    onClosed: {
        if (reporting)
            abuse.openCampaign(campaignId, campaignTitle);
        reporting = false;
    }

    objectName: "campaignMenu"
    // the longest word decides, not a number
    width: Math.ceil(Math.min(Math.max(watch.implicitWidth, block.implicitWidth, hide.implicitWidth, report.implicitWidth) + leftPadding + rightPadding, 480 * Theme.textScale))

    Line {
        id: watch

        objectName: "menuWatch"
        text: menu.watched ? qsTr("Tell me no more of new work") : qsTr("Tell me of new work")
        key: qsTr("W")
        onTriggered: menu.setAside.watch(menu.requester, !menu.watched)
    }
    Line {
        id: block

        objectName: "menuBlock"
        text: qsTr("Block this requester")
        key: qsTr("B")
        onTriggered: menu.setAside.block(menu.requester)
    }
    Line {
        id: hide

        objectName: "menuHide"
        text: qsTr("Hide this campaign")
        key: qsTr("H")
        onTriggered: menu.setAside.hide(menu.campaignId, menu.campaignTitle)
    }
    Line {
        id: report

        objectName: "menuReportCampaign"
        visible: menu.abuse !== null
        height: visible ? implicitHeight : 0
        text: qsTr("Report a problem")
        onTriggered: menu.reporting = true
    }
}
