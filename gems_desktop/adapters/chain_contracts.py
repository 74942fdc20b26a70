# SPDX-License-Identifier: Apache-2.0
"""Whether the contracts of a network are ours, byte for byte: before that is known, no address is trusted with
money."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable, Sequence
from functools import lru_cache

from gems_protocol.contracts import NAMES
from gems_protocol.contracts.deployed import Place, code_hash, difference, judge_in, runtime

from .chain_errors import WrongContract

_SAID = {"Gem": "GEM", "Channels": "channels", "Campaigns": "campaigns", "Judge": "judge"}
Read = Callable[[str], Awaitable[bytes]]


async def check_all(
    chain_id: int, gem: str, channels: str, campaigns: str, nodes: Sequence[tuple[str, Read]]
) -> None:
    """Check the contracts that nodes show; each has a name, and reads the code at an address (lowercase 0x-hex).

    Raises WrongContract, also when two nodes show the campaigns with different judges.
    """
    judges = {name: await _check_node(chain_id, gem, channels, campaigns, read, name) for name, read in nodes}
    if len(set(judges.values())) > 1:
        raise WrongContract(
            f"The campaigns contract has different judges at {' and at '.join(sorted(judges))}."
        )


async def _check_node(chain_id: int, gem: str, channels: str, campaigns: str, read: Read, node: str) -> str:
    """The judge's address, which stands in the campaigns' code."""
    check(await read(gem), Place("Gem", chain_id, gem, gem), node)
    check(await read(channels), Place("Channels", chain_id, channels, gem), node)
    code = await read(campaigns)
    judge = judge_in(code)
    check(code, Place("Campaigns", chain_id, campaigns, gem, judge), node)
    check(await read(judge), Place("Judge", chain_id, judge, gem, campaigns), node)
    return judge


def check(code: bytes, place: Place, node: str) -> None:
    """Raises WrongContract unless a node's `code` is, exactly, the contract of that place."""
    why = difference(code, place)
    if why is not None:
        raise WrongContract(
            f"The {_SAID[place.name]} contract is not at its address on the chain: {why} "
            f"({place.address}, asked at {node})."
        )


@lru_cache(maxsize=8)
def fingerprint(chain_id: int, where: tuple[str, ...], urls: tuple[str, ...]) -> str:
    """One hash over the chain, the contracts' addresses and codes, and the nodes that are asked."""
    codes = [[name, code_hash(runtime(name))] for name in NAMES]
    return hashlib.sha256(json.dumps([chain_id, where, codes, urls]).encode()).hexdigest()
