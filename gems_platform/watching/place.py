# SPDX-License-Identifier: Apache-2.0
"""Which chain and contract a watch-tower serves: a platform's settings are one, a stand-alone tower has its own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from gems_protocol.amount import UNIT
from gems_protocol.messages import CHANNELS_DOMAIN, Domain


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
    """A stand-alone tower's place; `tower_deposit` in base units is what a channel must hold to be kept."""

    chain_id: int
    channels: str
    tower_deposit: int = UNIT
    hub: str = ""

    @cached_property
    def channels_domain(self) -> Domain:
        """Where vouchers are signed."""
        return Domain(CHANNELS_DOMAIN, self.chain_id, self.channels)
