# SPDX-License-Identifier: Apache-2.0
"""The relayer for closes: starts to close a worker's channel for a fee in GEM, so that the bond needs no gas coin.

A channel closes once, so a worker who has less to claim than the fee pays what there is.
"""

from __future__ import annotations

import json
from typing import Any

from fastapi.concurrency import run_in_threadpool
from sqlalchemy.orm import Session

from gems_platform.channels import hub, repository, service
from gems_platform.channels.chain import Chain, ChannelOnChain, Reverted, Signed, close_auth_data
from gems_platform.channels.closing import NO_VOUCHER, newest
from gems_platform.channels.intents import Call, Intent
from gems_platform.channels.schemas import CloseRequest
from gems_platform.channels.sending import Sender
from gems_platform.channels.tables import ChannelRow
from gems_platform.channels.tower import Tower
from gems_platform.clock import Clock
from gems_platform.db import Database
from gems_platform.errors import BadClaim, NotFound
from gems_platform.schemas import raw, text
from gems_platform.settings import Settings
from gems_protocol.channel import Config
from gems_protocol.messages import CloseAuth, Voucher

_STATES = {"done": "confirmed", "mined": "confirmed", "failed": "failed", "lost": "failed"}
_Shown = tuple[tuple[int, int, int], bytes]


class CloseRelay:
    """Checks a close itself before it pays gas for it; from then on nothing is signed in the channel."""

    def __init__(
        self, settings: Settings, db: Database, chain: Chain, clock: Clock, sender: Sender, tower: Tower
    ) -> None:
        self._settings, self._db, self._chain, self._clock = settings, db, chain, clock
        self._sender, self._tower = sender, tower

    async def quote(self, me: str) -> dict[str, Any]:
        """What a close costs now, good for ten minutes; raises NotFound without a channel, ChainDown."""

        def work() -> tuple[str, _Shown]:
            with self._db.read() as session:
                row = repository.own(session, me)
                return row.id, newest(row, self._tower)

        name, (shown, _) = await run_in_threadpool(work)
        on_chain = await self._chain.channel(raw(name))
        return {
            "relayer": self._settings.relayer,
            "fee": str(self._fee(shown, on_chain)),
            "valid_until": self._clock.now() + self._settings.relay_quote_s,
        }

    def _fee(self, shown: tuple[int, int, int], on_chain: ChannelOnChain) -> int:
        return min(self._settings.relay_fee, max(0, min(shown[0], on_chain.deposit) - on_chain.claimed))

    async def close(self, me: str, body: CloseRequest) -> dict[str, Any]:
        """Start a worker's close; the same authorisation again gets the same answer.

        Raises BadSignature, BadClaim when the contract or the relayer would not take it, ChainDown.
        """
        auth = CloseAuth.from_json(body.auth.message)
        close_id, name = text(auth.digest(self._settings.channels_domain)), _name(text(auth.channel_id))
        known = await self._sender.find(name)
        if known is not None and _is(known, close_id):
            return _show(known)
        config, shown = await run_in_threadpool(self._check, me, body, auth)
        on_chain = await self._chain.channel(auth.channel_id)
        if on_chain.deposit == 0 or on_chain.closing != 0:
            raise _no("The channel is not open.")
        if auth.deadline < await self._chain.timestamp() + self._settings.relay_quote_s // 4:
            raise _no("The authorisation is over, or too nearly.", "Ask for a new quote.")
        if auth.fee < self._fee(shown[0], on_chain):
            raise _no("The authorisation pays less than the fee.", "Ask for a new quote.")
        call = (auth.relayer, auth.fee, auth.deadline)
        data = close_auth_data(config, *shown, call, raw(body.auth.signature))
        try:
            await self._chain.simulate(self._settings.relayer, self._settings.channels, data)
        except Reverted as error:
            raise _no("The contract would refuse this close.") from error
        async with self._sender.turn:
            known = await self._sender.find(name)
            if known is not None and known.live:
                return _show(known)
            about = json.dumps({"close_id": close_id, "worker": me})

            def also(session: Session, _signed: list[Signed]) -> None:
                row = repository.own(session, me)
                row.frozen = row.frozen or "worker"

            sent = [Call(name, self._settings.channels, data, about)]
            try:
                await self._sender.send_in_turn(self._settings.relayer_key, sent, also)
            except Reverted as error:  # a claim or another close came in between
                raise _no("The contract would refuse this close.") from error
        return await self.show(close_id, me)

    def _check(
        self, me: str, body: CloseRequest, auth: CloseAuth
    ) -> tuple[tuple[str, str, str, int, int], _Shown]:
        """The channel and the highest voucher of it, after what is owed was settled; raises BadClaim."""
        domain = self._settings.channels_domain
        with self._db.write() as session:
            row = repository.of_worker(session, me)
            if row is None or hub.config(row) != Config(**body.config.model_dump()):
                raise _no("This is not your channel with this platform.")
            if raw(row.id) != auth.channel_id:
                raise _no("The authorisation is for another channel.")
            auth.check(domain, raw(body.auth.signature), me)
            if auth.relayer != self._settings.relayer:
                raise _no("The authorisation names another relayer.")
            service.settle(session, self._settings, me, self._clock.now())
            return (row.payer, row.signer, row.worker, row.delay, row.salt), self._highest(row, body)

    def _highest(self, row: ChannelRow, body: CloseRequest) -> _Shown:
        found = newest(row, self._tower)
        if body.voucher is not None:
            brought = Voucher.from_json(body.voucher.message)
            brought.check(self._settings.channels_domain, raw(body.voucher.signature), row.signer)
            if brought.channel_id != raw(row.id):
                raise _no("The voucher is for another channel.")
            if found == NO_VOUCHER or brought.paid + brought.bonded > found[0][0] + found[0][1]:
                return (brought.paid, brought.bonded, brought.seq), raw(body.voucher.signature)
        return found

    async def show(self, close_id: str, me: str) -> dict[str, Any]:
        """A worker's own close; raises NotFound."""

        def name() -> str:
            with self._db.read() as session:
                return _name(repository.own(session, me).id)

        found = await self._sender.find(await run_in_threadpool(name))
        if found is None or not _is(found, close_id):
            raise NotFound("There is no such close.")
        return _show(found)

    async def follow_up(self) -> None:
        """A close that the chain refused, or that was too late, leaves its channel open again."""

        def frozen() -> list[str]:
            with self._db.read() as session:
                return [row.id for row in repository.closed_by_worker(session)]

        for channel_id in await run_in_threadpool(frozen):
            found = await self._sender.find(_name(channel_id))
            if found is None or found.state in ("failed", "lost"):
                await run_in_threadpool(self._thaw, channel_id)

    def _thaw(self, channel_id: str) -> None:
        with self._db.write() as session:
            row = repository.channel(session, channel_id)
            if row.frozen == "worker" and not row.closing:
                row.frozen = ""


def _name(channel_id: str) -> str:
    return f"worker-close:{channel_id}"


def _is(intent: Intent, close_id: str) -> bool:
    return bool(json.loads(intent.about)["close_id"] == close_id)


def _show(intent: Intent) -> dict[str, Any]:
    close_id = json.loads(intent.about)["close_id"]
    return {"close_id": close_id, "tx_hash": intent.tx_hash, "state": _STATES.get(intent.state, "sent")}


def _no(message: str, action: str = "") -> BadClaim:
    return BadClaim(message, safe="Nothing was sent and no fee was taken.", action=action)
