# SPDX-License-Identifier: Apache-2.0
"""The relayer for transfers: sends GEM that its owner signed away (EIP-3009); another such signature is its fee."""

from __future__ import annotations

from typing import Any

from fastapi.concurrency import run_in_threadpool
from sqlalchemy.orm import Session

from gems_platform.channels import repository
from gems_platform.channels.chain import Chain, Reverted, Signed, transfer_data
from gems_platform.channels.intents import Call, Intent
from gems_platform.channels.schemas import TransferRequest
from gems_platform.channels.sending import Sender
from gems_platform.channels.upkeep_tables import RelayedTransferRow
from gems_platform.clock import Clock
from gems_platform.db import Database
from gems_platform.errors import BadTransfer, ChainDown, NotFound, TooMany
from gems_platform.schemas import raw, text
from gems_platform.settings import DAY, Settings
from gems_protocol.messages import TransferAuth

_STATES = {"done": "confirmed", "failed": "failed"}
_KINDS = ("fee", "transfer")  # in this order
DAILY_TRANSFERS = 50


class TransferRelay:
    """Checks a transfer itself before it pays gas for it; its fee goes first, both are simulated before."""

    def __init__(self, settings: Settings, db: Database, chain: Chain, clock: Clock, sender: Sender) -> None:
        self._settings, self._db, self._chain, self._clock = settings, db, chain, clock
        self._sender = sender

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
        async with self._sender.turn:
            known = await run_in_threadpool(self._known, transfer_id, me)
            if known is not None:  # the same request came twice at once
                return known
            await self._wait_for_none(me)
            gem = self._settings.gem
            pair = [
                Call(f"{kind}:{transfer_id}", gem, data) for kind, data in zip(_KINDS, calls, strict=True)
            ]

            def store(session: Session, signed: list[Signed]) -> None:
                session.add(self._row(transfer_id, me, signed))

            try:
                await self._sender.send_in_turn(self._settings.relayer_key, pair, store)
            except Reverted as error:  # another transfer came in between
                raise _no("The token would refuse this transfer.") from error
        return await run_in_threadpool(self.show, transfer_id, me)

    def _row(self, transfer_id: str, me: str, signed: list[Signed]) -> RelayedTransferRow:
        return RelayedTransferRow(
            id=transfer_id,
            owner=me,
            raw_fee=signed[0].raw,
            raw=signed[1].raw,
            tx_hash=signed[1].tx_hash,
            state="sent",
            at=self._clock.now(),
        )

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
        if await self._chain.succeeded(found[1]) is None:
            raise TooMany(
                "Another transfer of yours is on its way.", safe="Nothing was sent.", action="Wait for it."
            )

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

    def show(self, transfer_id: str, me: str) -> dict[str, Any]:
        """An owner's own transfer; raises NotFound."""
        found = self._known(transfer_id, me)
        if found is None:
            raise NotFound("There is no such transfer.")
        return found

    async def follow_up(self) -> None:
        """Tell transfers from what became of their transactions; raises ChainDown at the end."""
        fault: ChainDown | None = None

        def on_the_way() -> list[str]:
            with self._db.read() as session:
                return [row.id for row in repository.transfers_on_the_way(session)]

        for transfer_id in await run_in_threadpool(on_the_way):
            try:
                await self._follow(transfer_id)
            except ChainDown as error:
                fault = error
        if fault is not None:
            raise fault

    async def _follow(self, transfer_id: str) -> None:
        pair = [await self._sender.find(f"{kind}:{transfer_id}") for kind in _KINDS]
        if any(one is not None and one.state == "lost" for one in pair):
            pair = await self._anew([one for one in pair if one is not None])
        await run_in_threadpool(self._tell, transfer_id, pair[-1])

    async def _anew(self, pair: list[Intent]) -> list[Intent | None]:
        """Sign again what lost its nonce to another transaction; the transfer is None when the token takes it no more.

        Else a fee whose broadcast went well would stay with the relayer, though its transfer was never sent.
        """
        lost = [one for one in pair if one.state == "lost"]
        due = [one for one in lost if await self._is_taken(one.call.data)]
        if pair[-1].state == "lost" and pair[-1] not in due:
            return [None]
        calls = [Call(one.name, one.call.to, one.call.data) for one in due]
        if calls:
            await self._sender.send(self._settings.relayer_key, calls)
        return [await self._sender.find(pair[-1].name)]

    async def _is_taken(self, data: bytes) -> bool:
        try:
            await self._chain.simulate(self._settings.relayer, self._settings.gem, data)
        except Reverted:
            return False
        return True

    def _tell(self, transfer_id: str, intent: Intent | None) -> None:
        state = "failed" if intent is None else _STATES.get(intent.state, "sent")
        with self._db.write() as session:
            row = repository.transfer(session, transfer_id)
            if row is not None:
                row.state = state
                row.tx_hash = row.tx_hash if intent is None else intent.tx_hash


def _no(message: str, action: str = "") -> BadTransfer:
    return BadTransfer(message, safe="Nothing was sent and no fee was taken.", action=action)


def _show(row: RelayedTransferRow) -> dict[str, Any]:
    return {"transfer_id": row.id, "tx_hash": row.tx_hash, "state": row.state}
