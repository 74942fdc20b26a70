# SPDX-License-Identifier: Apache-2.0
"""What lies sealed in the vault: the key, and the words it came from if it came from words."""

from __future__ import annotations

from dataclasses import dataclass

from gems_desktop.services.errors import VaultDamaged
from gems_desktop.services.signing import WORD_LANGUAGES
from gems_desktop.signer.hd_path import is_key
from gems_desktop.signer.secrets import wipe

_FORM = 2
_WORDS, _KEY = 1, 2
_SIZES = (16, 20, 24, 28, 32)


@dataclass(slots=True)
class Contents:
    """An open wallet. `entropy` is empty for one that came from a key; a BIP-39 passphrase is never kept."""

    key: bytearray
    entropy: bytearray
    language: str = ""

    def wipe(self) -> None:
        """Overwrite what is secret."""
        wipe(self.key)
        wipe(self.entropy)


def pack(contents: Contents) -> bytearray:
    """The bytes that are sealed."""
    kind = _WORDS if contents.entropy else _KEY
    language = WORD_LANGUAGES.index(contents.language) if contents.entropy else 0
    head = bytearray((_FORM, kind, language, len(contents.entropy)))
    return head + contents.entropy + contents.key


def unpack(version: int, sealed: bytearray) -> Contents:
    """What `pack` packed, or what version 1 held; raises VaultDamaged. `sealed` is overwritten."""
    try:
        return _first(sealed) if version == 1 else _second(sealed)
    finally:
        wipe(sealed)


def _first(sealed: bytearray) -> Contents:
    if len(sealed) != 48:
        raise VaultDamaged
    return Contents(sealed[16:], sealed[:16], "english")


def _second(sealed: bytearray) -> Contents:
    if len(sealed) < 4:
        raise VaultDamaged
    form, kind, language, size = sealed[:4]
    entropy, key = sealed[4 : 4 + size], sealed[4 + size :]
    from_words = kind == _WORDS and size in _SIZES and language < len(WORD_LANGUAGES)
    if form != _FORM or not is_key(key) or not (from_words or (kind == _KEY and size == 0)):
        raise VaultDamaged
    return Contents(key, entropy, WORD_LANGUAGES[language] if from_words else "")
