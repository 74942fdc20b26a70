# SPDX-License-Identifier: Apache-2.0
"""The relayer: sends a worker's claim for a fee in GEM, so that nobody needs a gas coin."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from fastapi.concurrency import run_in_threadpool
from sqlalchemy.orm import Session

from gems_platform.channels import hub, repository
from gems_platform.channels.chain import Chain, Reverted, Signed, claim_auth_data
from gems_platform.channels.intents import Call, Intent
from gems_platform.channels.schemas import RelayRequest
from gems_platform.channels.sending import Sender
from gems_platform.channels.tables import ChannelRow, RelayedClaimRow
from gems_platform.clock import Clock
from gems_platform.db import Database
from gems_platform.errors import BadClaim, ChainDown, TooMany
from gems_platform.schemas import raw, text
from gems_platform.settings import DAY, Settings
from gems_protocol.channel import Config
from gems_protocol.messages import ClaimAuth, Voucher

_STATES = {"done": "confirmed", "failed": "failed"}
DAILY_CLAIMS = 50  # a worker's claims a day: each costs the relayer gas before it knows the fee arrived


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except Reverted as error:
        raise BadClaim(
            "The contract would refuse this claim.", safe="Nothing was sent and no fee was taken."
        ) from error


class Relayer:
    """Checks a claim itself before it pays gas for it."""

    def __init__(self, settings: Settings, db: Database, chain: Chain, clock: Clock, sender: Sender) -> None:
        self._settings, self._db, self._chain, self._clock = settings, db, chain, clock
        self._sender = sender

    def quote(self) -> dict[str, Any]:
        """The fee for a claim, good for ten minutes."""
        return {
            "relayer": self._settings.relayer,
            "fee": str(self._settings.relay_fee),
            "valid_until": self._clock.now() + self._settings.relay_quote_s,
        }

    async def claim(self, me: str, body: RelayRequest) -> dict[str, Any]:
        """Send a worker's claim; the same authorisation again gets the same answer.

        Raises BadSignature, BadClaim when it would not pay, ChainDown.
        """
        voucher, auth = Voucher.from_json(body.voucher.message), ClaimAuth.from_json(body.auth.message)
        claim_id = text(auth.digest(self._settings.channels_domain))
        known = await run_in_threadpool(self._known, claim_id, me)
        if known is not None:
            return known
        row = await run_in_threadpool(self._check, me, body, voucher, auth)
        on_chain = await self._chain.channel(auth.channel_id)
        if auth.claimed_before != on_chain.claimed:
            raise BadClaim("The claim was authorised before another one arrived.", action="Claim again.")
        if auth.deadline <= await self._chain.timestamp():
            raise BadClaim("The authorisation is over.", action="Claim again.")
        if min(voucher.paid, on_chain.deposit) - on_chain.claimed <= auth.fee:
            raise BadClaim("There is less to claim than the fee.")
        data = claim_auth_data(
            (row.payer, row.signer, row.worker, row.delay, row.salt),
            (voucher.paid, voucher.bonded, voucher.seq),
            raw(body.voucher.signature),
            (auth.to, auth.relayer, auth.fee, auth.deadline),
            raw(body.auth.signature),
        )
        with _refusing():
            await self._chain.simulate(self._settings.relayer, self._settings.channels, data)
        async with self._sender.turn:
            known = await run_in_threadpool(self._known, claim_id, me)
            if known is not None:  # the same request came twice at once
                return known
            await self._wait_for_none(me)
            call = Call(f"claim:{claim_id}", self._settings.channels, data)

            def store(session: Session, signed: list[Signed]) -> None:
                session.add(self._row(claim_id, me, body, signed[0]))

            with _refusing():  # another claim may have come in between
                await self._sender.send_in_turn(self._settings.relayer_key, [call], store)
        return await run_in_threadpool(self.show, claim_id, me)

    async def _wait_for_none(self, me: str) -> None:
        """Raise TooMany while another claim of this worker is on its way: two over the same sum, one fee."""

        def on_the_way() -> tuple[str, str] | None:
            with self._db.read() as session:
                row = repository.open_claim(session, me)
                return None if row is None else (row.id, row.tx_hash)

        found = await run_in_threadpool(on_the_way)
        if found is None:
            return
        if await self._chain.succeeded(found[1]) is None:
            raise TooMany(
                "Another claim of yours is on its way.", safe="Nothing was sent.", action="Wait for it."
            )

    def _known(self, claim_id: str, me: str) -> dict[str, Any] | None:
        with self._db.read() as session:
            row = repository.find_claim(session, claim_id)
            return _show(row) if row is not None and row.worker == me else None

    def _check(self, me: str, body: RelayRequest, voucher: Voucher, auth: ClaimAuth) -> ChannelRow:
        domain = self._settings.channels_domain
        with self._db.read() as session:
            row = repository.of_worker(session, me)
            many = repository.claims_today(session, me, self._clock.now() - DAY)
        if row is None or hub.config(row) != Config(**body.config.model_dump()):
            raise BadClaim("This is not your channel with this platform.")
        if raw(row.id) != voucher.channel_id or raw(row.id) != auth.channel_id:
            raise BadClaim("The voucher or the authorisation is for another channel.")
        voucher.check(domain, raw(body.voucher.signature), row.signer)
        auth.check(domain, raw(body.auth.signature), me)
        if auth.relayer != self._settings.relayer or auth.fee < self._settings.relay_fee:
            raise BadClaim("The authorisation names another relayer, or less than the fee.")
        if many >= DAILY_CLAIMS:
            raise BadClaim("You have claimed too often today.", action="Claim again tomorrow.")
        return row

    def _row(self, claim_id: str, me: str, body: RelayRequest, signed: Signed) -> RelayedClaimRow:
        return RelayedClaimRow(
            id=claim_id,
            worker=me,
            request=json.dumps(body.model_dump()),
            raw=signed.raw,
            tx_hash=signed.tx_hash,
            state="sent",
            at=self._clock.now(),
        )

    def show(self, claim_id: str, me: str) -> dict[str, Any]:
        """A worker's own claim; raises NotFound."""
        with self._db.read() as session:
            return _show(repository.claim(session, claim_id, me))

    async def follow_up(self) -> None:
        """Tell claims from what became of their transactions; raises ChainDown at the end.

        One that cannot be looked at must not hold up the others.
        """
        fault: ChainDown | None = None

        def on_the_way() -> list[str]:
            with self._db.read() as session:
                return [row.id for row in repository.claims_on_the_way(session)]

        for claim_id in await run_in_threadpool(on_the_way):
            intent = await self._sender.find(f"claim:{claim_id}")
            try:
                if intent is not None and intent.state == "lost":
                    intent = await self._anew(intent)
            except ChainDown as error:
                fault = error
                continue
            await run_in_threadpool(self._tell, claim_id, intent)
        if fault is not None:
            raise fault

    async def _anew(self, intent: Intent) -> Intent | None:
        """Sign again what lost its nonce; None when the contract takes it no more."""
        call = Call(intent.name, intent.call.to, intent.call.data)
        try:
            await self._sender.send(self._settings.relayer_key, [call])
        except Reverted:
            return None
        return await self._sender.find(intent.name)

    def _tell(self, claim_id: str, intent: Intent | None) -> None:
        state = "failed" if intent is None else _STATES.get(intent.state, "sent")
        with self._db.write() as session:
            row = repository.find_claim(session, claim_id)
            if row is not None:
                row.state = state
                row.tx_hash = row.tx_hash if intent is None else intent.tx_hash


def _show(row: RelayedClaimRow) -> dict[str, Any]:
    return {"claim_id": row.id, "tx_hash": row.tx_hash, "state": row.state}
