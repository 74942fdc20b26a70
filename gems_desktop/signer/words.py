# SPDX-License-Identifier: Apache-2.0
"""Seed words (BIP-39, English, twelve) and the key they give (BIP-32, m/44'/60'/0'/0/0).

Words are checked here before anything else sees them: eth-account's own exceptions would repeat them.
"""

from __future__ import annotations

from functools import cache

from mnemonic import Mnemonic

from gems_desktop.services.errors import BadSeedWords

COUNT = 12
PATH = "m/44'/60'/0'/0/0"
_MAX_BYTES = 1000  # twelve words have at most 107 letters; more is not a phrase


@cache
def _english() -> Mnemonic:
    return Mnemonic("english")


def entropy_of(words: bytearray) -> bytearray:
    """The 16 bytes behind twelve words separated by white space; raises BadSeedWords without the words."""
    if len(words) > _MAX_BYTES:
        raise BadSeedWords(count=COUNT + 1)
    try:
        parts = words.decode("ascii").lower().split()
    except UnicodeDecodeError:
        # Without the cause: it holds the words.
        parts = []
    if not parts:
        raise BadSeedWords(count=len(words.split()))
    if len(parts) != COUNT:
        raise BadSeedWords(count=len(parts))
    known = set(_english().wordlist)
    wrong = tuple(place for place, part in enumerate(parts, 1) if part not in known)
    if wrong:
        raise BadSeedWords(wrong)
    phrase = " ".join(parts)
    if not _english().check(phrase):
        raise BadSeedWords()
    return bytearray(_english().to_entropy(phrase))


def words_of(entropy: bytes | bytearray) -> list[bytearray]:
    """The twelve words of 16 bytes."""
    return [bytearray(word, "ascii") for word in _english().to_mnemonic(bytes(entropy)).split(" ")]


def key_of(entropy: bytes | bytearray) -> bytearray:
    """The 32-byte private key of the first account."""
    from eth_account.hdaccount.deterministic import HDPath

    seed = Mnemonic.to_seed(_english().to_mnemonic(bytes(entropy)))
    return bytearray(HDPath(PATH).derive(seed))
