# SPDX-License-Identifier: Apache-2.0
"""The relayer for transfers: sends GEM that its owner signed away (EIP-3009); another such signature is its fee."""

from __future__ import annotations

from typing import Any

from fastapi.concurrency import run_in_threadpool

from gems_platform.channels import repository
from gems_platform.channels.chain import Chain, Reverted, Signed, called, transfer_data
from gems_platform.channels.schemas import TransferRequest
from gems_platform.channels.upkeep_tables import RelayedTransferRow
from gems_platform.clock import Clock
from gems_platform.db import Database
from gems_platform.errors import BadTransfer, ChainDown, NotFound, TooMany
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
            await self._wait_for_none(me)
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

    async def _wait_for_none(self, me: str) -> None:
        """Raise TooMany while another transfer of this owner is on its way.

        Each is simulated for itself: fifty over the same GEM would all look good, and one would pay for its gas.
        """

        def on_the_way() -> tuple[str, str] | None:
            with self._db.read() as session:
                row = repository.open_transfer(session, me)
                return None if row is None else (row.id, row.tx_hash)

        found = await run_in_threadpool(on_the_way)
        if found is None:
            return
        done = await self._chain.succeeded(found[1])
        if done is None:
            raise TooMany(
                "Another transfer of yours is on its way.", safe="Nothing was sent.", action="Wait for it."
            )
        await run_in_threadpool(self._end, found[0], "confirmed" if done else "failed")

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
                if found is None and (refused is None or await self._anew(transfer_id, signed)):
                    continue
            await run_in_threadpool(self._end, transfer_id, "confirmed" if found else "failed")
        if fault is not None:
            raise fault

    async def _anew(self, transfer_id: str, signed: list[str]) -> bool:
        """Sign again what lost its nonce to another transaction; False when the token takes the transfer no more.

        Else a fee whose broadcast went well would stay with the relayer, though its transfer was never sent.
        """
        key, gem = self._settings.relayer_key, self._settings.gem
        async with self._chain.sending:
            calls = [called(each) for each in signed]
            due = [data for data in calls if await self._is_taken(data)]
            if not due or due[-1] != calls[-1]:
                return False
            fresh: list[Signed] = []
            for data in due:
                fresh.append(await self._chain.sign(key, gem, data, later=len(fresh)))
            raws = [one.raw for one in fresh]
            await run_in_threadpool(self._replace, transfer_id, raws, fresh[-1].tx_hash)
            for one in raws:
                await self._chain.broadcast(one)
        return True

    async def _is_taken(self, data: bytes) -> bool:
        try:
            await self._chain.simulate(self._settings.relayer, self._settings.gem, data)
        except Reverted:
            return False
        return True

    def _replace(self, transfer_id: str, raws: list[str], tx_hash: str) -> None:
        with self._db.write() as session:
            row = repository.transfer(session, transfer_id)
            if row is not None:
                row.raw_fee, row.raw, row.tx_hash = raws[0], raws[-1], tx_hash

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
