# SPDX-License-Identifier: Apache-2.0
"""Whether the contracts of a network are ours, byte for byte: before that is known, no address is trusted with
money."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from gems_protocol.contracts.deployed import Place, code_hash, difference, expected_code

from .chain_errors import WrongContract

_SAID = {"Gem": "GEM", "Channels": "channels", "Campaigns": "campaigns"}


def places(chain_id: int, gem: str, channels: str, campaigns: str) -> tuple[Place, ...]:
    """Where the three contracts have to be; addresses as lowercase 0x-hex."""
    found = {"Gem": gem, "Channels": channels, "Campaigns": campaigns}
    return tuple(Place(name, chain_id, where, gem) for name, where in found.items())


def check(code: bytes, place: Place, node: str) -> None:
    """Raises WrongContract unless a node's `code` is, exactly, the contract of that place."""
    why = difference(code, place)
    if why is not None:
        raise WrongContract(
            f"The {_SAID[place.name]} contract is not at its address on the chain: {why} "
            f"({place.address}, asked at {node})."
        )


def fingerprint(chain_id: int, where: Sequence[Place], urls: Sequence[str]) -> str:
    """One hash over the chain, each contract's address and exact code, and the nodes that are asked."""
    facts = [[one.name, one.address, code_hash(expected_code(one))] for one in where]
    return hashlib.sha256(json.dumps([chain_id, facts, list(urls)]).encode()).hexdigest()
