# SPDX-License-Identifier: Apache-2.0
"""Names, moments and amounts that all sample facts share."""

from __future__ import annotations

from gems_protocol.amount import Amount

NOW = 1_790_000_000
ADDRESS = "0x52908400098527886e0f7030069857d2e4169ee7"
REQUESTER = "0x8617e340b3d01fa5f11f306f4090fd50e238070d"
RELAYER = "0xde709f2102306220921060314715629080e2fb77"
WORDS = "test test test test test test test test test test test junk"
PASSWORD = "three calm herons"
KEY = "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"  # of those words


def gem(text: str) -> Amount:
    """An amount in GEM."""
    return Amount.gem(text)


def item_id(number: int) -> str:
    """The id of the n-th item."""
    return f"0x{number:064x}"
