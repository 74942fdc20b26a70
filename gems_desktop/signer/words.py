# SPDX-License-Identifier: Apache-2.0
"""Seed words (BIP-39) in the ten languages of the standard: from words to entropy and back, and to the seed.

Words are checked here and nowhere else: a library's own exceptions would repeat them.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from functools import cache

from gems_desktop.services.errors import BadSeedWords
from gems_desktop.services.signing import WORD_LANGUAGES

COUNTS = (12, 15, 18, 21, 24)
_MAX_BYTES = 2_048  # 24 words of the longest list, decomposed; more is not a phrase
_MAX_PASSPHRASE = 1_024
_ROUNDS = 2_048  # of BIP-39
_WORD_BITS = 11
#: Languages whose words are told apart without their accents too, as keyboards lack them.
_LATIN = ("spanish", "french")


@dataclass(frozen=True, slots=True)
class Phrase:
    """What stands behind the words: 16 to 32 bytes, and the list they are from."""

    entropy: bytearray
    language: str


@cache
def _list(language: str) -> tuple[str, ...]:
    """The 2,048 words of a language, decomposed (NFKD) as the standard hashes them."""
    from mnemonic import Mnemonic

    return tuple(unicodedata.normalize("NFKD", word) for word in Mnemonic(language).wordlist)


def _bare(word: str) -> str:
    return "".join(letter for letter in word if not unicodedata.combining(letter))


@cache
def _places(language: str) -> dict[str, int]:
    """Where each word stands in the list."""
    words = _list(language)
    places = {_bare(word): at for at, word in enumerate(words)} if language in _LATIN else {}
    return {**places, **{word: at for at, word in enumerate(words)}}


def phrase_of(words: bytearray) -> Phrase:
    """What stands behind words separated by white space; raises BadSeedWords without the words."""
    if len(words) > _MAX_BYTES:
        raise BadSeedWords(count=COUNTS[-1] + 1)
    try:
        parts = unicodedata.normalize("NFKD", words.decode("utf-8")).lower().split()
    except UnicodeDecodeError:
        # Without the cause: it holds the words.
        parts = []
    if not parts:
        raise BadSeedWords(count=len(words.split()))
    if len(parts) not in COUNTS:
        raise BadSeedWords(count=len(parts))
    unknown = {language: _unknown(parts, language) for language in WORD_LANGUAGES}
    for language in WORD_LANGUAGES:
        if not unknown[language]:
            entropy = _entropy([_places(language)[part] for part in parts])
            if entropy is not None:
                return Phrase(entropy, language)
    nearest = min(unknown.values(), key=len)
    raise BadSeedWords(nearest, count=len(parts))


def _unknown(parts: list[str], language: str) -> tuple[int, ...]:
    places = _places(language)
    return tuple(place for place, part in enumerate(parts, 1) if part not in places)


def _entropy(places: list[int]) -> bytearray | None:
    """The bytes behind word numbers, None when the checksum at their end does not fit."""
    size = len(places) * 4 // 3
    packed, held, bits = bytearray(), 0, 0
    for place in places:
        held, bits = (held << _WORD_BITS) | place, bits + _WORD_BITS
        while bits >= 8:
            bits -= 8
            packed.append(held >> bits)
            held &= (1 << bits) - 1
    if bits:
        packed.append(held << (8 - bits))
    told, checks = packed[size], size // 4
    entropy = packed[:size]
    packed[:] = bytes(len(packed))
    fits = hashlib.sha256(entropy).digest()[0] >> (8 - checks) == told >> (8 - checks)
    return entropy if fits else None


def _words(entropy: bytearray, language: str) -> list[str]:
    words, listed, held, bits = [], _list(language), 0, 0
    for byte in (*entropy, hashlib.sha256(entropy).digest()[0]):
        held, bits = (held << 8) | byte, bits + 8
        if bits >= _WORD_BITS:
            bits -= _WORD_BITS
            words.append(listed[held >> bits])
            held &= (1 << bits) - 1
    return words[: len(entropy) * 3 // 4]


def words_of(entropy: bytearray, language: str) -> list[bytearray]:
    """The words of 16 to 32 bytes, composed (NFC) as people write them."""
    return [bytearray(unicodedata.normalize("NFC", word), "utf-8") for word in _words(entropy, language)]


def seed_of(entropy: bytearray, language: str, passphrase: bytearray) -> bytearray:
    """The 64-byte seed of BIP-39; the caller overwrites it. Raises BadSeedWords for a passphrase that is no text."""
    if len(passphrase) > _MAX_PASSPHRASE:
        raise BadSeedWords
    phrase = bytearray()
    for word in _words(entropy, language):
        phrase += (b" " if phrase else b"") + word.encode()
    try:
        salt = bytearray(b"mnemonic") + unicodedata.normalize("NFKD", passphrase.decode("utf-8")).encode()
    except UnicodeDecodeError:
        raise BadSeedWords from None
    try:
        return bytearray(hashlib.pbkdf2_hmac("sha512", phrase, salt, _ROUNDS))
    finally:
        phrase[:] = bytes(len(phrase))
        salt[:] = bytes(len(salt))
