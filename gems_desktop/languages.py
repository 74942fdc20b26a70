# SPDX-License-Identifier: Apache-2.0
"""The languages of the window; the standard library only, since the command line asks before anything is loaded."""

#: The code of each language with its name in its own letters, in the order of the list that the user sees.
NAMES = {
    "en": "English",
    "es": "Español",
    "pt": "Português",
    "fr": "Français",
    "hi": "हिन्दी",
    "bn": "বাংলা",
    "id": "Bahasa Indonesia",
    "sw": "Kiswahili",
    "fil": "Filipino",
    "vi": "Tiếng Việt",
    "ar": "العربية",
    "ur": "اردو",
}
LANGUAGES = tuple(NAMES)
#: Those that are written from the right.
FROM_THE_RIGHT = frozenset({"ar", "ur"})
#: Made-up English with long, accented words, for finding what is not translated or has no room.
PSEUDO = "pseudo"
