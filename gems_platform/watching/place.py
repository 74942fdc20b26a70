# SPDX-License-Identifier: Apache-2.0
"""Which chain and contract a watch-tower serves, and who pays its gas: a platform's settings are one such place."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from gems_protocol.amount import UNIT
from gems_protocol.messages import CHANNELS_DOMAIN, Domain
from gems_protocol.signature import address_of

GWEI = 10**9


class Place(Protocol):
    """What a tower needs to know; `hub` is the signer whose vouchers always have room, "" for none."""

    @property
    def chain_id(self) -> int: ...
    @property
    def channels(self) -> str: ...
    @property
    def channels_domain(self) -> Domain: ...
    @property
    def tower_deposit(self) -> int: ...
    @property
    def hub(self) -> str: ...


@dataclass(frozen=True)
class Lookout:
    """A stand-alone tower's place. `key` (32 bytes, empty for none) pays the gas of every transaction."""

    chain_id: int
    channels: str
    key: bytes = field(default=b"", repr=False)
    tower_deposit: int = UNIT  # what a channel must hold for its vouchers to be kept
    gas_price_cap: int = 100 * GWEI  # wei per gas that a transaction pays at most
    stuck_blocks: int = 3
    block_wait_s: float = 10.0
    hub: str = ""

    @cached_property
    def channels_domain(self) -> Domain:
        """Where vouchers are signed."""
        return Domain(CHANNELS_DOMAIN, self.chain_id, self.channels)

    @cached_property
    def keys(self) -> dict[str, bytes]:
        """The keys that sign transactions, by address."""
        return {address_of(self.key): self.key} if self.key else {}
