# SPDX-License-Identifier: Apache-2.0
"""What all services of one profile share: its ports, its network, and who is told of changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from gems_desktop.services.errors import NoWallet
from gems_desktop.services.facts import Topic
from gems_desktop.services.network import Network
from gems_desktop.services.ports import (
    ChainPort,
    ClockPort,
    CourtPort,
    MachinePort,
    MediaPort,
    NoCourt,
    NoProxy,
    PlatformPort,
    ProxyPort,
    SignerPort,
    Store,
    TowersPort,
    UnknownMachine,
)
from gems_desktop.services.signing import Signable
from gems_desktop.services.trusted_contracts import WORK, ensure_contracts
from gems_protocol.amount import Amount

Listener = Callable[[frozenset[Topic]], None]


@dataclass(slots=True)
class Context:
    """Made once per session by the composition root."""

    network: Network
    store: Store
    platform: PlatformPort
    chain: ChainPort
    signer: SignerPort
    media: MediaPort
    clock: ClockPort
    towers: TowersPort
    profile: str = "default"
    listeners: list[Listener] = field(default_factory=list)
    machine: MachinePort = field(default_factory=UnknownMachine)
    proxy: ProxyPort = field(default_factory=NoProxy)
    court: CourtPort = field(default_factory=NoCourt)

    def publish(self, *topics: Topic) -> None:
        """Tell every listener what was touched."""
        for listener in tuple(self.listeners):
            listener(frozenset(topics))

    async def address(self) -> str:
        """The wallet's address; raises NoWallet."""
        found = (await self.signer.wallet()).address
        if not found:
            raise NoWallet
        return found

    async def sign(self, message: Signable) -> bytes:
        """The signature of the profile's wallet. Whatever moves money is signed only for contracts that were verified.

        Raises WalletLocked, SignerRefused, NotConfirmed; for money also WrongContract and ChainUnreachable.
        """
        if not isinstance(message, WORK):
            await ensure_contracts(self)
        return await self.signer.sign(message)

    async def sign_step(self, channel_id: bytes, step: int, debited: Amount) -> bytes:
        """The signature over the Debit of a step out of the bond; raises as `sign` does for money."""
        await ensure_contracts(self)
        return await self.signer.sign_step(channel_id, step, debited)

    def random_id(self) -> bytes:
        """32 unpredictable bytes."""
        return self.clock.random_bytes(32)
