// SPDX-License-Identifier: Apache-2.0
// What each colour of Theme is for, and on which grounds it is drawn: the catalogue shows it, docs/design.md has it
// as a table, and a test measures every pair in every scheme. `kind` says how much contrast a pair needs.
.pragma library

const NEEDS = { "text": 4.5, "mark": 3.0, "disabled": 3.0, "line": 0, "ground": 0 };

const ROLES = [
  {"name": "window", "kind": "ground", "use": "the page, behind everything", "on": []},
  {"name": "surface", "kind": "ground", "use": "a card", "on": []},
  {"name": "raised", "kind": "ground", "use": "a field, a button, whatever floats above the page", "on": []},
  {"name": "sunken", "kind": "ground", "use": "the rail, the status strip, a track, a switched-off control", "on": []},
  {"name": "hover", "kind": "ground", "use": "below the mouse", "on": []},
  {"name": "pressed", "kind": "ground", "use": "while it is pressed", "on": []},
  {"name": "scrim", "kind": "ground", "use": "over the page while a dialog asks", "on": []},
  {"name": "accent", "kind": "text", "use": "the one main action; a word or icon that can be pressed", "on": ["window", "surface", "raised", "sunken", "hover", "pressed"]},
  {"name": "accentHover", "kind": "mark", "use": "the main action below the mouse", "on": ["window", "surface", "raised"]},
  {"name": "accentPressed", "kind": "mark", "use": "the main action while it is pressed", "on": ["window", "surface", "raised"]},
  {"name": "accentInk", "kind": "text", "use": "words on the main action", "on": ["accent", "accentHover", "accentPressed"]},
  {"name": "accentSoft", "kind": "ground", "use": "what is chosen", "on": []},
  {"name": "accentSoftInk", "kind": "text", "use": "words and icons on what is chosen", "on": ["accentSoft", "window", "surface", "raised", "hover", "pressed"]},
  {"name": "text", "kind": "text", "use": "words", "on": ["window", "surface", "raised", "sunken", "hover", "pressed", "accentSoft", "goodSoft", "badSoft", "warnSoft", "infoSoft"]},
  {"name": "textMuted", "kind": "text", "use": "words that explain, labels above numbers, placeholders", "on": ["window", "surface", "raised", "sunken", "hover", "pressed", "accentSoft", "goodSoft", "badSoft", "warnSoft", "infoSoft"]},
  {"name": "textDisabled", "kind": "disabled", "use": "words of a control that is switched off, and nothing else", "on": ["window", "surface", "raised", "sunken"]},
  {"name": "good", "kind": "text", "use": "accepted, earned, connected", "on": ["window", "surface", "raised", "sunken", "hover", "goodSoft"]},
  {"name": "bad", "kind": "text", "use": "rejected, lost, wrong", "on": ["window", "surface", "raised", "sunken", "hover", "badSoft"]},
  {"name": "warn", "kind": "text", "use": "soon due, needs a look, offline", "on": ["window", "surface", "raised", "sunken", "hover", "warnSoft"]},
  {"name": "info", "kind": "text", "use": "under way", "on": ["window", "surface", "raised", "sunken", "hover", "infoSoft"]},
  {"name": "goodSoft", "kind": "ground", "use": "behind `good`", "on": []},
  {"name": "badSoft", "kind": "ground", "use": "behind `bad`", "on": []},
  {"name": "warnSoft", "kind": "ground", "use": "behind `warn`", "on": []},
  {"name": "infoSoft", "kind": "ground", "use": "behind `info`", "on": []},
  {"name": "badHover", "kind": "mark", "use": "an action that cannot be taken back, below the mouse", "on": ["window", "surface", "raised"]},
  {"name": "badPressed", "kind": "mark", "use": "the same while it is pressed", "on": ["window", "surface", "raised"]},
  {"name": "badInk", "kind": "text", "use": "words on an action that cannot be taken back", "on": ["bad", "badHover", "badPressed"]},
  {"name": "border", "kind": "line", "use": "parts one thing from another; tells nothing by itself", "on": []},
  {"name": "grid", "kind": "line", "use": "behind what is drawn over time", "on": []},
  {"name": "outline", "kind": "mark", "use": "the edge of what can be worked", "on": ["window", "surface", "raised", "sunken", "hover", "pressed"]},
  {"name": "focus", "kind": "mark", "use": "around what the keyboard is on", "on": ["window", "surface", "raised", "sunken", "hover", "pressed", "accentSoft"]},
  {"name": "codeInk", "kind": "text", "use": "a code for a camera, black in every scheme", "on": ["codeGround"]},
  {"name": "codeGround", "kind": "ground", "use": "behind a code for a camera", "on": []},
  {"name": "inkOnPale", "kind": "text", "use": "words on a pale colour that a campaign chose", "on": ["codeGround"]},
  {"name": "inkOnDeep", "kind": "text", "use": "words on a deep colour that a campaign chose", "on": ["codeInk"]}
];

function luminance(colour) {
    const part = channel => channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
    return 0.2126 * part(colour.r) + 0.7152 * part(colour.g) + 0.0722 * part(colour.b);
}

// How far two colours are apart, as WCAG 2.1 measures it: from 1 to 21.
function contrast(one, other) {
    const a = luminance(one), b = luminance(other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}
