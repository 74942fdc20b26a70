# SPDX-License-Identifier: Apache-2.0
"""What the platform and the chain have in their books of one worker, read beside the program, to compare with it."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from eth_account import Account
from web3 import Web3

ARTEFACT = Path(__file__).resolve().parents[2] / "resources" / "contracts" / "Gem.json"
UNITS = 10**18


@dataclass(frozen=True)
class Books:
    """One worker's account, in base units of GEM: rewards of the campaign's ledger, what the newest voucher says,
    what was claimed; accepted: tasks that were; other: tasks in any other state.
    """

    rewards: int
    voucher: int
    claimed: int
    accepted: int
    other: int


def address_of(words: str) -> str:
    """The address that twelve words make, by a library that is not the program's; lowercase."""
    Account.enable_unaudited_hdwallet_features()
    return str(Account.from_mnemonic(words).address).lower()


def read(platform: Path, worker: str) -> Books:
    """The books of a platform's folder."""
    with sqlite3.connect(f"file:{platform / 'platform.sqlite3'}?mode=ro", uri=True) as store:
        moved = store.execute(
            "select source, target, amount from transfers where ? in (source, target)", (f"worker:{worker}",)
        ).fetchall()
        channel = store.execute(
            "select paid, bonded, claimed from channels where worker = ?", (worker,)
        ).fetchone()
        states = [row[0] for row in store.execute("select state from assignments where miner = ?", (worker,))]
    rewards = sum(int(amount) * (1 if target == f"worker:{worker}" else -1) for _, target, amount in moved)
    paid, bonded, claimed = map(int, channel)
    assert bonded == 0, "nothing was put into a bond"
    accepted = states.count("accepted")
    return Books(rewards, paid, claimed, accepted, len(states) - accepted)


def on_chain(network: Path, address: str) -> int:
    """The GEM of an address, by a client that is not the program's."""
    told = json.loads(network.read_text("utf-8"))
    web3 = Web3(Web3.HTTPProvider(told["rpc_urls"][0]))
    gem = web3.eth.contract(
        address=Web3.to_checksum_address(told["gem"]), abi=json.loads(ARTEFACT.read_text("utf-8"))["abi"]
    )
    return int(gem.functions.balanceOf(Web3.to_checksum_address(address)).call())


def units(shown: str) -> int:
    """Base units of an amount as the window writes it."""
    return int(Decimal(shown.replace(",", "")) * UNITS)


def differences(books: Books, tasks: int, reward: int, shown: int) -> list[str]:
    """What does not agree: tasks done, reward of one and what the window shows, with the platform's books."""
    due = tasks * reward
    found = {
        "tasks accepted": (books.accepted, tasks),
        "tasks in another state": (books.other, 0),
        "rewards in the campaign's ledger": (books.rewards, due),
        "the newest voucher": (books.voucher, due),
        "what the window shows as earned": (shown, due),
    }
    return [f"{what}: {have}, due {want}" for what, (have, want) in found.items() if have != want]
