# SPDX-License-Identifier: Apache-2.0
"""The word in which the contract keeps a closing channel, read."""

from __future__ import annotations

from dataclasses import dataclass

CLOSED = 2**256 - 1
_LOW_96 = 2**96 - 1
_LOW_62 = 2**62 - 1


@dataclass(frozen=True, slots=True)
class Closing:
    """A channel that closes: who started, whether that was with too old a voucher, when it may end, base units."""

    by_hub: bool
    cheated: bool
    until: int
    bonded: int
    debited: int


def read_closing(word: int) -> Closing | None:
    """None while the channel is open or closed for good."""
    if word in (0, CLOSED):
        return None
    return Closing(
        by_hub=bool(word >> 255 & 1),
        cheated=bool(word >> 254 & 1),
        until=word >> 192 & _LOW_62,
        bonded=word >> 96 & _LOW_96,
        debited=word & _LOW_96,
    )
