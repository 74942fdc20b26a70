# SPDX-License-Identifier: Apache-2.0
"""Finding words in the help, without regard to capitals, accents and vowel signs."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from gems_desktop.viewmodels.help_pages import HelpPage
from gems_desktop.viewmodels.help_words import Entry

# letters that Unicode does not take apart, and Arabic spellings of one letter
_ALIKE = str.maketrans({"đ": "d", "ø": "o", "ł": "l", "ı": "i", "ى": "ي", "ة": "ه", "ـ": None})
#: Marks that are letters of their own where they stand: in these scripts vowel signs are not left out.
_KEEP_MARKS = ("DEVANAGARI", "BENGALI")


@dataclass(frozen=True, slots=True)
class Found:
    """A page or a word that was found; kind: "page" or "word"; text: the sentence that has it."""

    kind: str
    name: str
    title: str
    text: str


def plain(text: str) -> str:
    """`text` as it is compared."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not _is_accent(letter)).translate(_ALIKE)


def _is_accent(letter: str) -> bool:
    return unicodedata.combining(letter) != 0 and not unicodedata.name(letter, "").startswith(_KEEP_MARKS)


def find(query: str, pages: tuple[HelpPage, ...], words: tuple[Entry, ...]) -> tuple[Found, ...]:
    """What has every word of `query`: names that begin with it, then titles, then texts; nothing for no query."""
    wanted = plain(query).split()
    if not wanted:
        return ()
    found = [hit for word in words if (hit := _in_word(wanted, word)) is not None]
    found += [hit for page in pages if (hit := _in_page(wanted, page)) is not None]
    return tuple(hit for _, hit in sorted(found, key=lambda each: each[0]))


def _in_word(wanted: list[str], word: Entry) -> tuple[int, Found] | None:
    name = plain(word.name)
    whole = name + " " + plain(word.text)
    if not all(part in whole for part in wanted):
        return None
    rank = 0 if name.startswith(wanted[0]) else 1 if all(part in name for part in wanted) else 3
    return rank, Found("word", word.word, word.name, word.text)


def _in_page(wanted: list[str], page: HelpPage) -> tuple[int, Found] | None:
    title = plain(page.title)
    whole = " ".join([title, *map(plain, page.steps)])
    if not all(part in whole for part in wanted):
        return None
    meant = next((step for step in page.steps if any(part in plain(step) for part in wanted)), page.steps[0])
    rank = 0 if title.startswith(wanted[0]) else 2 if all(part in title for part in wanted) else 4
    return rank, Found("page", page.name, page.title, meant)
