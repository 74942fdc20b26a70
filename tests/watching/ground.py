# SPDX-License-Identifier: Apache-2.0
"""A real chain with the contracts, a hub that signs and closes by hand, and stand-alone towers over it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from gems_desktop.local.chain import Chain as LocalChain
from gems_desktop.local.chain import serve as serve_chain
from gems_platform.channels.chain import (
    Chain,
    approve_data,
    call_data,
    deposit_many_data,
    finish_close_data,
    start_close_data,
)
from gems_platform.channels.closing import NO_VOUCHER
from gems_platform.channels.schemas import TowerRequest
from gems_platform.watching.place import Lookout
from gems_platform.watching.tower_app import StandAlone, stand_alone
from gems_protocol.amount import UNIT
from gems_protocol.channel import Config
from gems_protocol.messages import Voucher
from gems_protocol.signature import address_of
from tests.platform.conftest import HandClock, key
from tests.platform.deploying import CHAIN_ID, deploy

DELAY = 30 * 86_400
DEPOSIT = 20 * UNIT
RICH = ("requester", "hub payer", "tower")


def row(config: Config) -> tuple[str, str, str, int, int]:
    return config.payer, config.signer, config.worker, config.delay, config.salt


@dataclass
class Ground:
    """What a hub and its workers do, by hand."""

    chain: Chain
    url: str
    clock: HandClock
    lookout: Lookout
    folder: Path

    def config(self, worker: str = "worker") -> Config:
        payer, signer = address_of(key("hub payer")), address_of(key("hub signer"))
        return Config(payer, signer, address_of(key(worker)), DELAY, 0)

    def name(self, worker: str = "worker") -> str:
        return "0x" + self.config(worker).channel_id().hex()

    async def open(self, *workers: str) -> None:
        signer, people = address_of(key("hub signer")), [address_of(key(worker)) for worker in workers]
        data = deposit_many_data(signer, DELAY, 0, people, [DEPOSIT] * len(people))
        await self.chain.send(key("hub payer"), self.lookout.channels, data)

    def voucher(
        self, paid: int, bonded: int = 0, seq: int = 1, worker: str = "worker"
    ) -> tuple[Voucher, bytes]:
        voucher = Voucher(self.config(worker).channel_id(), paid, bonded, seq)
        return voucher, voucher.sign(self.lookout.channels_domain, key("hub signer"))

    def told(self, signed: tuple[Voucher, bytes], worker: str = "worker") -> dict[str, Any]:
        """What a tower is told."""
        voucher = {"message": signed[0].to_json(), "signature": "0x" + signed[1].hex()}
        here = {"chain_id": str(CHAIN_ID), "contract": self.lookout.channels}
        return {**here, "config": asdict(self.config(worker)), "voucher": voucher}

    async def keep(self, tower: StandAlone, signed: tuple[Voucher, bytes], worker: str = "worker") -> None:
        await tower.post.tower.keep(TowerRequest.model_validate(self.told(signed, worker)))

    async def close(self, signed: tuple[Voucher, bytes] | None = None, worker: str = "worker") -> None:
        """The hub starts to close with this voucher."""
        shown = (
            NO_VOUCHER if signed is None else ((signed[0].paid, signed[0].bonded, signed[0].seq), signed[1])
        )
        data = start_close_data(row(self.config(worker)), *shown)
        await self.chain.send(key("hub payer"), self.lookout.channels, data)

    async def finish(self, worker: str = "worker") -> None:
        """The delay passes, and anybody ends the close."""
        self.clock.at += DELAY + 1_000  # each block is a second later than the one before
        await self.chain._rpc("evm_mine")
        data = finish_close_data(row(self.config(worker)))
        await self.chain.send(key("requester"), self.lookout.channels, data)

    async def gem(self, worker: str = "worker") -> int:
        return await self.chain.gem_balance(address_of(key(worker)))

    def tower(self, name: str = "tower", *, gas: bool = True, **more: Any) -> StandAlone:
        """A tower in its own folder; the same name again is the same tower after a restart."""
        base = self.lookout
        place = Lookout(base.chain_id, base.channels, base.key if gas else b"", **more.pop("place", {}))
        urls = more.pop("urls", [self.url])
        return stand_alone(place, urls, self.folder / name, start=0, clock=self.clock, **more)


@asynccontextmanager
async def ground(folder: Path, clock: HandClock) -> AsyncIterator[Ground]:
    rich = {address_of(key(name)): 10**24 for name in RICH}
    local = LocalChain.open(folder / "chain.sqlite", CHAIN_ID, rich, clock=clock.now)
    gem = deploy(local, "Gem", address_of(key("requester")))
    channels = deploy(local, "Channels", gem)
    node = await serve_chain(local, test_methods=True)
    chain = Chain(node.url, CHAIN_ID, gem, channels, "0x" + "00" * 20)
    give = call_data("Gem", "transfer", address_of(key("hub payer")), 10_000 * UNIT)
    await chain.send(key("requester"), gem, give)
    await chain.send(key("hub payer"), gem, approve_data(channels, 2**200))
    try:
        yield Ground(chain, node.url, clock, Lookout(CHAIN_ID, channels, key("tower")), folder)
    finally:
        await chain.close()
        await node.close()
