# SPDX-License-Identifier: Apache-2.0
"""What is said of a secret while it is typed: how far its words are, what a word goes on with, how strong it is.

Only numbers leave the field that asks; the letters stay in its memory.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from gems_desktop.items.secret_buffer import SecretBuffer

#: Letters that tell every word of a list in Latin letters, by BIP-39.
TELLING = 4
SHORTEST = 8  # letters of a password


def _bare(word: str) -> str:
    """Without accents, as many keyboards lack them."""
    parts = unicodedata.normalize("NFKD", word.lower())
    return "".join(
        letter for letter in parts if not unicodedata.combining(letter) or letter in "\u3099\u309a"
    )


@dataclass(frozen=True)
class WordHelp:
    """A list of words to type from, sorted without accents; `known` goes both ways in constant time."""

    words: tuple[str, ...]
    sorted_bare: tuple[tuple[str, str], ...] = field(default=())
    known: frozenset[str] = field(default=frozenset())

    @classmethod
    def of(cls, words: tuple[str, ...]) -> WordHelp:
        """From the words as they are written."""
        pairs = tuple(sorted((_bare(word), word) for word in words))
        return cls(words, pairs, frozenset(bare for bare, _ in pairs))

    def begins(self, part: str) -> bool:
        """Whether some word begins so."""
        at = bisect_left(self.sorted_bare, (part, ""))
        return at < len(self.sorted_bare) and self.sorted_bare[at][0].startswith(part)

    def rest(self, part: str) -> str:
        """What is missing of the only word that begins so; nothing where it could be another, or is whole."""
        if len(part) < TELLING or not part.isascii() or part in self.known:
            return ""
        at = bisect_left(self.sorted_bare, (part, ""))
        found = self.sorted_bare[at : at + 2]
        if not found or not found[0][0].startswith(part) or (len(found) > 1 and found[1][0].startswith(part)):
            return ""
        return unicodedata.normalize("NFC", found[0][1])[len(part) :]


def _parts(secret: SecretBuffer) -> Iterator[tuple[str, bool]]:
    """Each word without accents, and whether a space ended it."""
    letters: list[str] = []
    for at in range(len(secret)):
        letter = secret.letter(at)
        if letter != " ":
            letters.append(letter)
        elif letters:
            yield _bare("".join(letters)), True
            letters = []
    if letters:
        yield _bare("".join(letters)), False


def count_words(secret: SecretBuffer, words: WordHelp) -> tuple[int, int]:
    """(words that are whole and in the list, place of the first that is not in it from 1, or 0)."""
    right = 0
    for place, (part, ended) in enumerate(_parts(secret), 1):
        if part in words.known:
            right += 1
        elif ended or not words.begins(part):
            return right, place
    return right, 0


def rest_of_word(secret: SecretBuffer, words: WordHelp) -> str:
    """What the last word lacks when only one of the list begins so."""
    last = "", True
    for last in _parts(secret):  # noqa: B007 - the last one is wanted
        pass
    part, ended = last
    return "" if ended else words.rest(part)


def strength(secret: SecretBuffer) -> int:
    """Of a password: 0 too short, 1 easy to guess, 2 good, 3 very good. A rule of thumb from its letters alone."""
    length = len(secret)
    letters = [secret.letter(at) for at in range(length)]
    different = len(set(letters))
    kinds = sum(
        any(test(letter) for letter in letters)
        for test in (str.islower, str.isupper, str.isdecimal, lambda one: not one.isalnum())
    )
    steps = sum(abs(ord(one) - ord(other)) <= 1 for one, other in pairwise(letters))
    if length < SHORTEST:
        return 0
    if different < 6 or steps * 2 >= length:
        return 1
    if length >= 16:
        return 3
    return 2 if length >= 12 or kinds >= 3 else 1
