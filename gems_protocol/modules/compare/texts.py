# SPDX-License-Identifier: Apache-2.0
"""How alike two typed texts are: Levenshtein's distance over their letters, of long ones the words that both have."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from gems_protocol.text import composed

LONG_TEXT = 1_000  # characters: beyond, comparing letter by letter would take seconds
_LOOKS = dict.fromkeys((0xFE0E, 0xFE0F))  # say in which style the character before is drawn, nothing else


def likeness(one: str, two: str) -> Fraction:
    """0 to 1, without case, blanks and ways of writing the same character."""
    return _likeness(plain(one), plain(two))


def plain(text: str) -> str:
    """A text without what makes no difference between two people's typing."""
    return " ".join(composed(text.translate(_LOOKS).casefold()).split())


def _likeness(one: str, two: str) -> Fraction:
    """One minus the normalised Levenshtein distance; of long texts the share of words that both have."""
    longest = max(len(one), len(two))
    if longest == 0 or one == two:
        return Fraction(1)
    if longest > LONG_TEXT:
        ours, theirs = Counter(one.split()), Counter(two.split())
        return Fraction(2 * (ours & theirs).total(), ours.total() + theirs.total())
    return Fraction(longest - distance(one, two), longest)


def distance(one: str, two: str) -> int:
    """Levenshtein distance by Myers' bit vectors: a whole column of the table in one number, so that a text as long
    as LONG_TEXT takes a millisecond."""
    if not one:
        return len(two)
    places: dict[str, int] = {}
    for place, char in enumerate(one):
        places[char] = places.get(char, 0) | 1 << place
    every, last = (1 << len(one)) - 1, 1 << (len(one) - 1)
    up, down, found = every, 0, len(one)  # where the column grows by one, where it falls by one
    for char in two:
        equal = places.get(char, 0)
        vertical = equal | down
        horizontal = (((equal & up) + up) ^ up) | equal
        right, left = down | (~(horizontal | up) & every), up & horizontal
        found += bool(right & last) - bool(left & last)
        right, left = (right << 1 | 1) & every, (left << 1) & every
        up, down = left | (~(vertical | right) & every), right & vertical
    return found
