# SPDX-License-Identifier: Apache-2.0
"""The public lists that seed words are taken from, to help whoever types them; nothing secret is here."""

from __future__ import annotations

from functools import cache


@cache
def word_list(language: str) -> tuple[str, ...]:
    """The 2,048 words of one of WORD_LANGUAGES (BIP-39). Read when first asked for: the window starts without."""
    from mnemonic import Mnemonic

    return tuple(Mnemonic(language).wordlist)
