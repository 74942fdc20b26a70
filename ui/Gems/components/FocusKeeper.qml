// SPDX-License-Identifier: Apache-2.0
// The keyboard is never nowhere: when what it was on is hidden or taken away, it goes to the next thing there is.
import QtQuick

Item {
    id: keeper

    required property Window of
    // Where it goes when there is no next thing.
    property Item home: null

    readonly property Item on: of.activeFocusItem
    readonly property bool gone: !on || on === of.contentItem || !on.visible

    function keep(): void {
        if (!gone || !of.active)
            return;
        const next = on && on !== of.contentItem ? on.nextItemInFocusChain(true) : null;
        if (next && next.visible && next !== on && near(next))
            next.forceActiveFocus(Qt.TabFocusReason);
        else
            home?.forceActiveFocus(Qt.OtherFocusReason);
    }

    // Of the same page or popup: not the next round, which begins in the frame.
    function near(item: Item): bool {
        if (!home || !on)
            return false;
        for (let at = item; at; at = at.parent) {
            if (at === home)
                return true;
        }
        for (let at = on; at; at = at.parent) {
            if (at === home)
                return false;
        }
        return !!home;
    }

    onGoneChanged: {
        if (gone)
            Qt.callLater(keeper.keep);
    }
}
