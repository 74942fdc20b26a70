# SPDX-License-Identifier: Apache-2.0
"""The keys of a local network: made once, kept in its folder, worth nothing anywhere else."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from gems_desktop.local.state import State
from gems_desktop.signer import words
from gems_desktop.signer.hd_path import key_below
from gems_protocol.signature import address_of

FILE = "keys.json"
OPERATORS = ("bank", "hub_signer", "hub_payer", "relayer")
REQUESTERS = ("requester_1", "requester_2")
NEIGHBOURS = tuple(f"neighbour_{number}" for number in range(1, 10))


@dataclass(frozen=True)
class Keys:
    """Every account that the local network drives; `reviewer_words` is a throwaway seed phrase."""

    by_name: dict[str, bytes] = field(repr=False)
    reviewer_words: str = field(repr=False)
    reviewer: str = ""

    def __getitem__(self, name: str) -> bytes:
        return self.by_name[name]

    def address(self, name: str) -> str:
        """Lowercase 0x-hex."""
        return address_of(self.by_name[name])

    def addresses(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """The addresses of several accounts."""
        return tuple(self.address(name) for name in names)


def load_keys(state: State) -> Keys:
    """The folder's keys, made at the first start."""
    stored = state.read(FILE)
    if stored is None:
        names = (*OPERATORS, *REQUESTERS, *NEIGHBOURS)
        stored = {
            "keys": {name: _new_key().hex() for name in names},
            "reviewer_words": " ".join(
                bytes(word).decode() for word in words.words_of(bytearray(secrets.token_bytes(16)), "english")
            ),
        }
        state.write(FILE, stored)
    phrase = words.phrase_of(bytearray(stored["reviewer_words"].encode()))
    return Keys(
        {name: bytes.fromhex(key) for name, key in stored["keys"].items()},
        stored["reviewer_words"],
        address_of(bytes(key_below(words.seed_of(phrase.entropy, phrase.language, bytearray())))),
    )


def _new_key() -> bytes:
    """Chance for a number that is no key: 2**-128."""
    return secrets.token_bytes(32)
