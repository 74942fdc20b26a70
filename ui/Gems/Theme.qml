// SPDX-License-Identifier: Apache-2.0
// Every colour, size and duration of the window, so that a screen never names one itself.
pragma Singleton

import QtQuick

QtObject {
    id: theme

    // What the user chose: "system", "light", "dark" or "contrast".
    property string mode: "system"
    // 1.0 to 2.0; every font size and every height that holds text follows it.
    property real textScale: 1.0
    property bool reducedMotion: false

    readonly property bool systemDark: Application.styleHints.colorScheme === Qt.ColorScheme.Dark
    // Someone who has every window in strong contrast has this one so too; Qt tells it since 6.10.
    property bool systemContrast: Application.styleHints.accessibility?.contrastPreference === Qt.ContrastPreference.HighContrast
    readonly property string scheme: mode !== "system" ? mode : systemContrast ? "contrast" : systemDark ? "dark" : "light"
    readonly property bool dark: scheme !== "light"
    readonly property bool highContrast: scheme === "contrast"

    function pick(light: color, darkColor: color, contrast: color): color {
        return scheme === "light" ? light : scheme === "contrast" ? contrast : darkColor;
    }

    // Grounds, from the back to the front.
    readonly property color window: pick("#F5F1EA", "#161412", "#000000")
    readonly property color surface: pick("#FFFDF9", "#221F1B", "#000000")
    readonly property color raised: pick("#FFFFFF", "#2E2A25", "#000000")
    readonly property color sunken: pick("#EBE5DA", "#100E0D", "#000000")
    readonly property color hover: pick("#EFE9DF", "#342F2A", "#1F1F1F")
    readonly property color pressed: pick("#E2DACC", "#3F3933", "#333333")
    readonly property color scrim: pick("#8C1E1B18", "#B3000000", "#CC000000")

    // Words.
    readonly property color text: pick("#1F1B17", "#F3EEE7", "#FFFFFF")
    readonly property color textMuted: pick("#625A50", "#B6AC9F", "#FFFFFF")
    readonly property color textDisabled: pick("#80776B", "#8A8075", "#A6A6A6")

    // The gem: one deep green, and what is drawn on it.
    readonly property color accent: pick("#0B6B57", "#57C7A5", "#3DF5C0")
    readonly property color accentHover: pick("#085A49", "#6FD6B7", "#7CFAD7")
    readonly property color accentPressed: pick("#064539", "#43AF8F", "#FFFFFF")
    readonly property color accentInk: pick("#FFFFFF", "#04211A", "#000000")
    readonly property color accentSoft: pick("#DCEEE7", "#16372F", "#00251B")
    readonly property color accentSoftInk: pick("#084C3E", "#A4E6D1", "#FFFFFF")

    // Judgements: as text, and as a soft ground behind text.
    readonly property color good: pick("#1A6E36", "#74CF90", "#5CFF8F")
    readonly property color bad: pick("#A82A1F", "#FF9C90", "#FF8A80")
    readonly property color warn: pick("#7D5200", "#F1BF62", "#FFD54A")
    readonly property color info: pick("#1D5C94", "#93C3F2", "#9AD0FF")
    readonly property color goodSoft: pick("#DFF0E2", "#17321F", "#000000")
    readonly property color badSoft: pick("#FBE4E0", "#431E1A", "#000000")
    readonly property color warnSoft: pick("#FAECCD", "#3B2C10", "#000000")
    readonly property color infoSoft: pick("#DFEBF6", "#172B3F", "#000000")
    // `bad` as the ground of a button that cannot be taken back.
    readonly property color badHover: pick("#8E2118", "#FFB4AA", "#FFB3AC")
    readonly property color badPressed: pick("#751911", "#E8857A", "#FFFFFF")
    readonly property color badInk: pick("#FFFFFF", "#2A0906", "#000000")

    // Lines: `border` parts things, `outline` is the edge of something that can be worked.
    readonly property color border: pick("#DDD5C8", "#413A34", "#FFFFFF")
    // Behind what is drawn over time: seen, and never louder than what it measures.
    readonly property color grid: pick("#DDD5C8", "#3A342F", "#5A5A5A")
    readonly property color outline: pick("#82786C", "#938A7E", "#FFFFFF")
    readonly property color focus: pick("#1F4FC9", "#A9C6FF", "#FFFF00")
    readonly property int focusWidth: highContrast ? 3 : 2

    // The same in every scheme: a code for a camera, and words on a colour that the campaign chose.
    readonly property color codeInk: "#000000"
    readonly property color codeGround: "#FFFFFF"
    readonly property color inkOnPale: "#16130F"
    readonly property color inkOnDeep: "#FFFFFF"

    // Letters.
    readonly property string family: "Gems Sans"
    readonly property string iconFamily: "Gems Icons"
    readonly property int fontSmall: Math.round(12 * textScale)
    readonly property int fontBody: Math.round(14 * textScale)
    readonly property int fontTitle: Math.round(17 * textScale)
    readonly property int fontHeading: Math.round(22 * textScale)
    readonly property int fontDisplay: Math.round(32 * Math.min(textScale, 1.6))
    readonly property int iconSize: Math.round(18 * textScale)

    // Room.
    readonly property int xs: 4
    readonly property int s: 8
    readonly property int m: 12
    readonly property int l: 18
    readonly property int xl: 28
    readonly property int radius: 8
    readonly property int radiusSmall: 5
    readonly property int controlHeight: Math.round(36 * textScale)
    readonly property int rowHeight: Math.round(40 * textScale)
    // A column of reading text is never wider than this.
    readonly property int readingWidth: Math.round(680 * textScale)

    // Time, in milliseconds; nothing moves for ever.
    readonly property int fast: reducedMotion ? 0 : 90
    readonly property int slow: reducedMotion ? 0 : 180
    // What is over sooner is not announced as work under way.
    readonly property int patience: 250

    // The colour of a judgement by name: "good", "bad", "warn", "info", "accent"; anything else is muted text.
    function tone(name: string): color {
        switch (name) {
        case "good":
            return good;
        case "bad":
            return bad;
        case "warn":
            return warn;
        case "info":
            return info;
        case "accent":
            return accentSoftInk;
        }
        return textMuted;
    }

    function toneSoft(name: string): color {
        switch (name) {
        case "good":
            return goodSoft;
        case "bad":
            return badSoft;
        case "warn":
            return warnSoft;
        case "info":
            return infoSoft;
        case "accent":
            return accentSoft;
        }
        return sunken;
    }
}
