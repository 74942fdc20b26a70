// SPDX-License-Identifier: Apache-2.0
// What a screen reader says although the keyboard did not go there: that something went through, failed or runs out.
pragma Singleton

import QtQuick

QtObject {
    // The last thing that was said, for tests.
    property string last: ""

    // Urgent words interrupt what is being read.
    function say(from: Item, words: string, urgent: bool): void {
        if (words.trim() === "")
            return;
        last = words.trim();
        from.Accessible.announce(last, urgent ? Accessible.Assertive : Accessible.Polite);
    }
}
