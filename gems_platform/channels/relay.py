# SPDX-License-Identifier: Apache-2.0
"""The relayer: sends a worker's claim for a fee in GEM, so that nobody needs a gas coin."""

from __future__ import annotations

import json
from typing import Any

from fastapi.concurrency import run_in_threadpool

from gems_platform.channels import hub, repository
from gems_platform.channels.chain import Chain, Reverted, claim_auth_data
from gems_platform.channels.schemas import RelayRequest
from gems_platform.channels.tables import ChannelRow, RelayedClaimRow
from gems_platform.clock import Clock
from gems_platform.db import Database
from gems_platform.errors import BadClaim, ChainDown, TooMany
from gems_platform.schemas import raw, text
from gems_platform.settings import DAY, Settings
from gems_protocol.channel import Config
from gems_protocol.messages import ClaimAuth, Voucher

DAILY_CLAIMS = 50  # a worker's claims a day: each costs the relayer gas before it knows the fee arrived


class Relayer:
    """Checks a claim itself before it pays gas for it."""

    def __init__(self, settings: Settings, db: Database, chain: Chain, clock: Clock) -> None:
        self._settings, self._db, self._chain, self._clock = settings, db, chain, clock

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
        try:
            await self._chain.simulate(self._settings.relayer, self._settings.channels, data)
        except Reverted as error:
            raise BadClaim(
                "The contract would refuse this claim.", safe="Nothing was sent and no fee was taken."
            ) from error
        async with self._chain.sending:
            known = await run_in_threadpool(self._known, claim_id, me)
            if known is not None:  # the same request came twice at once
                return known
            await self._wait_for_none(me)
            signed = await self._chain.sign(self._settings.relayer_key, self._settings.channels, data)
            answer = await run_in_threadpool(self._store, claim_id, me, body, signed.raw, signed.tx_hash)
            await self._chain.broadcast(signed.raw)
        return answer

    async def _wait_for_none(self, me: str) -> None:
        """Raise TooMany while another claim of this worker is on its way: two over the same sum, one fee."""

        def on_the_way() -> tuple[str, str] | None:
            with self._db.read() as session:
                row = repository.open_claim(session, me)
                return None if row is None else (row.id, row.tx_hash)

        found = await run_in_threadpool(on_the_way)
        if found is None:
            return
        done = await self._chain.succeeded(found[1])
        if done is None:
            raise TooMany(
                "Another claim of yours is on its way.", safe="Nothing was sent.", action="Wait for it."
            )
        await run_in_threadpool(self._end, found[0], "confirmed" if done else "failed")

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

    def _store(self, claim_id: str, me: str, body: RelayRequest, signed: str, tx_hash: str) -> dict[str, Any]:
        with self._db.write() as session:
            row = RelayedClaimRow(
                id=claim_id,
                worker=me,
                request=json.dumps(body.model_dump()),
                raw=signed,
                tx_hash=tx_hash,
                state="sent",
                at=self._clock.now(),
            )
            session.add(row)
            return _show(row)

    def show(self, claim_id: str, me: str) -> dict[str, Any]:
        """A worker's own claim; raises NotFound."""
        with self._db.read() as session:
            return _show(repository.claim(session, claim_id, me))

    async def follow_up(self) -> None:
        """Confirm claims that are in a block, and send the others again; raises ChainDown at the end.

        One that the node refuses must not hold up the others.
        """
        fault: ChainDown | None = None

        def on_the_way() -> list[tuple[str, str, str]]:
            with self._db.read() as session:
                return [(row.id, row.tx_hash, row.raw) for row in repository.claims_on_the_way(session)]

        for claim_id, tx_hash, signed in await run_in_threadpool(on_the_way):
            found = await self._chain.succeeded(tx_hash)
            if found is None:
                try:
                    await self._chain.broadcast(signed)
                    continue
                except ChainDown as error:
                    if "nonce" not in error.message:
                        fault = error
                        continue
                found = await self._chain.succeeded(tx_hash) or False
            await run_in_threadpool(self._end, claim_id, "confirmed" if found else "failed")
        if fault is not None:
            raise fault

    def _end(self, claim_id: str, state: str) -> None:
        with self._db.write() as session:
            row = repository.find_claim(session, claim_id)
            if row is not None:
                row.state = state


def _show(row: RelayedClaimRow) -> dict[str, Any]:
    return {"claim_id": row.id, "tx_hash": row.tx_hash, "state": row.state}
