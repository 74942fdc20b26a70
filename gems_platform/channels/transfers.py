# SPDX-License-Identifier: Apache-2.0
"""The relayer for transfers: sends GEM that its owner signed away (EIP-3009); another such signature is its fee."""

from __future__ import annotations

from typing import Any

from fastapi.concurrency import run_in_threadpool

from gems_platform.channels import repository
from gems_platform.channels.chain import Chain, Reverted, transfer_data
from gems_platform.channels.schemas import TransferRequest
from gems_platform.channels.upkeep_tables import RelayedTransferRow
from gems_platform.clock import Clock
from gems_platform.db import Database
from gems_platform.errors import BadTransfer, ChainDown, NotFound
from gems_platform.schemas import raw, text
from gems_platform.settings import DAY, Settings
from gems_protocol.messages import TransferAuth

DAILY_TRANSFERS = 50


class TransferRelay:
    """Checks a transfer itself before it pays gas for it; its fee goes first, both are simulated before."""

    def __init__(self, settings: Settings, db: Database, chain: Chain, clock: Clock) -> None:
        self._settings, self._db, self._chain, self._clock = settings, db, chain, clock

    async def send(self, me: str, body: TransferRequest) -> dict[str, Any]:
        """Send an owner's GEM; the same authorisation again gets the same answer.

        Raises BadSignature, BadTransfer when it would not arrive or not pay, ChainDown.
        """
        transfer, fee = (
            TransferAuth.from_json(body.transfer.message),
            TransferAuth.from_json(body.fee.message),
        )
        transfer_id = text(transfer.digest(self._settings.gem_domain))
        known = await run_in_threadpool(self._known, transfer_id, me)
        if known is not None:
            return known
        await run_in_threadpool(self._check, me, body, transfer, fee)
        now = await self._chain.timestamp()
        if not transfer.valid_after < now < transfer.valid_before - self._settings.relay_quote_s // 2:
            raise _no("The authorisation is over, or too nearly.", action="Send it again.")
        if await self._chain.gem_balance(me) < transfer.value + fee.value:
            raise _no("The wallet holds less than the amount and the fee.")
        calls = [
            transfer_data(message, raw(signed.signature))
            for message, signed in ((fee, body.fee), (transfer, body.transfer))
        ]
        try:
            for data in calls:
                await self._chain.simulate(self._settings.relayer, self._settings.gem, data)
        except Reverted as error:
            raise _no("The token would refuse this transfer.") from error
        async with self._chain.sending:
            known = await run_in_threadpool(self._known, transfer_id, me)
            if known is not None:  # the same request came twice at once
                return known
            key, gem = self._settings.relayer_key, self._settings.gem
            first = await self._chain.sign(key, gem, calls[0])
            second = await self._chain.sign(key, gem, calls[1], later=1)
            row = RelayedTransferRow(
                id=transfer_id,
                owner=me,
                raw_fee=first.raw,
                raw=second.raw,
                tx_hash=second.tx_hash,
                state="sent",
                at=self._clock.now(),
            )
            answer = await run_in_threadpool(self._store, row)
            await self._chain.broadcast(first.raw)
            await self._chain.broadcast(second.raw)
        return answer

    def _known(self, transfer_id: str, me: str) -> dict[str, Any] | None:
        with self._db.read() as session:
            row = repository.transfer(session, transfer_id)
            return _show(row) if row is not None and row.owner == me else None

    def _check(self, me: str, body: TransferRequest, transfer: TransferAuth, fee: TransferAuth) -> None:
        domain = self._settings.gem_domain
        if transfer.from_ != me or fee != transfer.fee(self._settings.relayer, fee.value):
            raise _no("The fee is not that of this transfer, or the GEM is not yours.")
        if fee.value < self._settings.relay_fee or transfer.value == 0:
            raise _no("It sends nothing, or pays less than the fee.")
        transfer.check(domain, raw(body.transfer.signature), me)
        fee.check(domain, raw(body.fee.signature), me)
        with self._db.read() as session:
            many = repository.transfers_today(session, me, self._clock.now() - DAY)
        if many >= DAILY_TRANSFERS:
            raise _no("You have sent too often today.", action="Send again tomorrow.")

    def _store(self, row: RelayedTransferRow) -> dict[str, Any]:
        with self._db.write() as session:
            session.add(row)
            return _show(row)

    def show(self, transfer_id: str, me: str) -> dict[str, Any]:
        """An owner's own transfer; raises NotFound."""
        found = self._known(transfer_id, me)
        if found is None:
            raise NotFound("There is no such transfer.")
        return found

    async def follow_up(self) -> None:
        """Confirm transfers that are in a block, and send the others again; raises ChainDown at the end."""
        fault: ChainDown | None = None

        def on_the_way() -> list[tuple[str, str, str, str]]:
            with self._db.read() as session:
                rows = repository.transfers_on_the_way(session)
                return [(row.id, row.tx_hash, row.raw_fee, row.raw) for row in rows]

        for transfer_id, tx_hash, *signed in await run_in_threadpool(on_the_way):
            found = await self._chain.succeeded(tx_hash)
            if found is None:
                refused = await self._again(signed)
                if refused is not None and "nonce" not in refused.message:
                    fault = refused
                    continue
                found = await self._chain.succeeded(tx_hash)
                if found is None and refused is None:
                    continue
            await run_in_threadpool(self._end, transfer_id, "confirmed" if found else "failed")
        if fault is not None:
            raise fault

    async def _again(self, signed: list[str]) -> ChainDown | None:
        """Both again; what the node says about the transfer. That the fee is in a block already is no fault."""
        refused: ChainDown | None = None
        for each in signed:
            try:
                await self._chain.broadcast(each)
                refused = None
            except ChainDown as error:
                refused = error
        return refused

    def _end(self, transfer_id: str, state: str) -> None:
        with self._db.write() as session:
            row = repository.transfer(session, transfer_id)
            if row is not None:
                row.state = state


def _no(message: str, action: str = "") -> BadTransfer:
    return BadTransfer(message, safe="Nothing was sent and no fee was taken.", action=action)


def _show(row: RelayedTransferRow) -> dict[str, Any]:
    return {"transfer_id": row.id, "tx_hash": row.tx_hash, "state": row.state}
