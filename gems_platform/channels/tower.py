# SPDX-License-Identifier: Apache-2.0
"""A watch-tower: keeps the highest voucher of any hub's channel and gives it to whoever asks (`watching` hands it in).

A voucher pays its worker only, so it is no secret; a channel without some deposit on chain is not kept, so that
nobody fills the store for nothing.
"""

from __future__ import annotations

import json
from typing import Any, Protocol

from fastapi.concurrency import run_in_threadpool
from sqlalchemy import func, select

from gems_platform.channels.chain import ChannelOnChain
from gems_platform.channels.schemas import TowerRequest
from gems_platform.channels.upkeep_tables import TowerVoucherRow
from gems_platform.clock import Clock
from gems_platform.db import Database
from gems_platform.errors import Malformed, NotFound, TooMany
from gems_platform.schemas import raw, text
from gems_platform.watching.place import Place
from gems_platform.watching.worth import Kept, worth
from gems_protocol.channel import Config
from gems_protocol.messages import Voucher

MOST_CHANNELS = 1_000_000
MOST_SEQ = 2**63 - 1  # what the store holds; no hub signs as many


class Deposits(Protocol):
    """Where a tower sees what a channel holds: one chain node, or several."""

    async def channel(self, channel_id: bytes) -> ChannelOnChain:
        """A channel as the contract shows it; raises ChainDown."""
        ...


class Tower:
    """The vouchers that are watched over, of this platform's own hub or another's, in the contract it serves."""

    def __init__(self, settings: Place, db: Database, chain: Deposits, clock: Clock) -> None:
        self._settings, self._db, self._chain, self._clock = settings, db, chain, clock

    async def keep(self, body: TowerRequest) -> dict[str, Any]:
        """Keep a voucher unless a higher one is here; the number of the one that stands.

        Raises Malformed for another chain, contract or channel, BadSignature, NotFound for a channel that was
        never opened, TooMany when the tower is full.
        """
        here = (str(self._settings.chain_id), self._settings.channels)
        if (body.chain_id, body.contract) != here:
            raise Malformed("This tower watches another chain or another contract.")
        config = Config(**body.config.model_dump())
        voucher = Voucher.from_json(body.voucher.message)
        if voucher.channel_id != config.channel_id():
            raise Malformed("The voucher is not of this channel.")
        if voucher.seq > MOST_SEQ:
            raise Malformed("The voucher's number is too large.")
        voucher.check(self._settings.channels_domain, raw(body.voucher.signature), config.signer)
        name = text(voucher.channel_id)
        kept = await run_in_threadpool(self._kept, name)
        if kept is None:
            deposit = (await self._chain.channel(voucher.channel_id)).deposit
            if deposit == 0 or deposit < self._settings.tower_deposit:
                raise NotFound("There is no such channel on the chain, or it holds too little to be watched.")
        if kept is None or worth(voucher) > worth(kept):
            kept = await run_in_threadpool(self._store, name, body, voucher)
        return {"channel_id": name, "seq": str(kept.seq)}

    def show(self, channel_id: str) -> dict[str, Any]:
        """The highest voucher that was shown of a channel, with its config; raises NotFound."""
        with self._db.read() as session:
            row = session.get(TowerVoucherRow, channel_id)
        if row is None:
            raise NotFound("This tower has no voucher of that channel.")
        return {"at": row.at, **json.loads(row.body)}

    def best(self, channel_id: str) -> Kept | None:
        """The highest voucher that was shown of a channel, ready to be handed in."""
        with self._db.read() as session:
            row = session.get(TowerVoucherRow, channel_id)
        voucher = _voucher(row)
        if row is None or voucher is None:
            return None
        body = json.loads(row.body)
        return Kept(Config(**body["config"]), voucher, raw(body["voucher"]["signature"]))

    def _kept(self, name: str) -> Voucher | None:
        with self._db.read() as session:
            return _voucher(session.get(TowerVoucherRow, name))

    def _store(self, name: str, body: TowerRequest, voucher: Voucher) -> Voucher:
        kept = {"config": body.config.model_dump(), "voucher": body.voucher.model_dump()}
        with self._db.write() as session:
            row = session.get(TowerVoucherRow, name)
            if row is None:
                many = session.scalar(select(func.count()).select_from(TowerVoucherRow)) or 0
                if many >= MOST_CHANNELS and body.config.signer != self._settings.hub:
                    raise TooMany("This tower is full.", action="Use another tower.")
                row = TowerVoucherRow(id=name, chain_id=self._settings.chain_id, seq=-1, body="")
                row.contract = self._settings.channels
                session.add(row)
            before = _voucher(row)
            if before is not None and worth(before) >= worth(voucher):
                return before
            row.seq, row.body, row.at = voucher.seq, json.dumps(kept), self._clock.now()
            return voucher


def _voucher(row: TowerVoucherRow | None) -> Voucher | None:
    return (
        Voucher.from_json(json.loads(row.body)["voucher"]["message"])
        if row is not None and row.body
        else None
    )
