// SPDX-License-Identifier: Apache-2.0
// The time left until a moment, in words; it looks at the clock once a minute, each second in the last two minutes.
import QtQuick
import Gems

PlainText {
    id: countdown

    // Seconds since 1970.
    property real endsAt: 0
    property real now: Date.now() / 1000
    readonly property real remaining: Math.max(0, endsAt - now)
    readonly property bool over: remaining <= 0
    // Whether a screen reader says it when little time is left.
    property bool warns: false
    // Seconds at which it is said: an hour, ten minutes, two, half a one, none.
    readonly property int stage: remaining > 3600 ? 0 : remaining > 600 ? 1 : remaining > 120 ? 2 : remaining > 30 ? 3 : over ? 5 : 4
    onStageChanged: {
        if (warns && visible && endsAt > 0 && stage > 0)
            Aloud.say(countdown, words(remaining), stage > 2);
    }

    function words(seconds: real): string {
        const days = Math.floor(seconds / 86400);
        const hours = Math.floor(seconds / 3600);
        const minutes = Math.floor(seconds / 60);
        if (days >= 2)
            return qsTr("%n day(s) left", "", days);
        if (hours >= 2)
            return qsTr("%n hour(s) left", "", hours);
        if (minutes >= 2)
            return qsTr("%n minute(s) left", "", minutes);
        return seconds > 0 ? qsTr("%n second(s) left", "", Math.ceil(seconds)) : qsTr("Time is over");
    }

    text: words(remaining)
    wrapMode: Text.NoWrap
    color: over ? Theme.bad : remaining < 3600 ? Theme.warn : Theme.textMuted

    Timer {
        interval: countdown.remaining < 125 ? 1000 : 60000
        repeat: true
        running: countdown.visible && !countdown.over && Application.state === Qt.ApplicationActive
        onTriggered: countdown.now = Date.now() / 1000
    }
}
