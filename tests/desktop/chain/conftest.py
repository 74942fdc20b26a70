# SPDX-License-Identifier: Apache-2.0
"""A fresh local chain, served on loopback, with one rich account."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from eth_account import Account
from eth_account.signers.local import LocalAccount
from eth_utils.address import to_checksum_address

from gems_desktop.local.chain import Chain, serve

CHAIN_ID = 31_337
RICH: LocalAccount = Account.from_key(b"\x11" * 32)
OTHER: LocalAccount = Account.from_key(b"\x22" * 32)
WEI = 10**24


def pay(nonce: int, to: str | None = OTHER.address, value: int = 1, **changes: object) -> bytes:
    """A signed transfer from RICH; `changes` replace or add transaction fields."""
    fields = {
        "type": 2,
        "chainId": CHAIN_ID,
        "nonce": nonce,
        "to": None if to is None else to_checksum_address(to),
        "value": value,
        "gas": 21_000,
        "maxFeePerGas": 2 * 10**9,
        "maxPriorityFeePerGas": 10**6,
    } | changes
    fields = {name: content for name, content in fields.items() if content is not None}
    return bytes(RICH.sign_transaction(fields).raw_transaction)


@dataclass
class Clock:
    """Unix seconds that a test sets."""

    now: int = 1_750_000_000

    def __call__(self) -> int:
        return self.now


@dataclass
class Served:
    """A chain being served and its file."""

    url: str
    path: Path
    chain: Chain


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Served]:
    """The chain behind HTTP, with the test methods."""
    path = tmp_path / "chain.sqlite"
    chain = Chain.open(path, CHAIN_ID, {RICH.address: WEI})
    server = await serve(chain, test_methods=True)
    yield Served(server.url, path, chain)
    await server.close()
