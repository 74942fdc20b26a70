# SPDX-License-Identifier: Apache-2.0
"""A platform that lost its newest records gets back what I hold of it: vouchers, debit, sealed work.

Vouchers go with the lines they settled and the assignments behind these, so that the platform pays nothing twice
when the same work is judged again (docs/platform-api.md, "Vouchers handed back").
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from gems_desktop.services.channels import best_voucher
from gems_desktop.services.context import Context
from gems_desktop.services.cursor import get_value, set_value
from gems_desktop.services.errors import PlatformLied, PlatformRefused
from gems_desktop.services.ports import Tx
from gems_desktop.services.queries import Above, Not
from gems_desktop.services.records import (
    DebitRecord,
    EventRecord,
    ItemRecord,
    LineRecord,
    SealedRecord,
    VoucherRecord,
)
from gems_desktop.services.sync_events import CURSOR
from gems_protocol.messages import Voucher

_PAGE = 50  # vouchers in one request
_RESENT_S = 14 * 86_400
_PATHS = {"work": "/v1/submissions", "review": "/v1/votes"}
_ANOTHER_LIFE = 1 << 50  # added to the number of an event that the platform no longer knows


class Rollback:
    """Handing back, once a rollback was seen; every step may be repeated."""

    def __init__(self, context: Context) -> None:
        self._c = context

    async def hand_back(self, hub_seq: int, last_event: int) -> None:
        """Give the platform what it lost; raises PlatformRefused when it does not take its own vouchers."""
        try:
            await self._vouchers(hub_seq)
        except PlatformRefused as error:
            if error.retryable:
                raise
            await self._vouchers(0)  # it signed on from the older state: everything, so that sums can be told
        await self._sealed()
        await self._c.store.run(lambda tx: _rewind(tx, last_event))

    async def _vouchers(self, above: int) -> None:
        vouchers = await self._c.store.run(lambda tx: tx.find(VoucherRecord, order="seq", seq=Above(above)))
        for at in range(0, max(len(vouchers), 1), _PAGE):
            page = vouchers[at : at + _PAGE]
            body = await self._c.store.run(lambda tx, page=page: _returned(tx, page))  # type: ignore[misc]
            if at + _PAGE < len(vouchers):
                body["more"] = True  # a hub that was restored signs again once it has seen the last of them
            answer = await self._c.platform.put("/v1/channel/vouchers", body)
            try:
                stands = answer["voucher"]["message"]["seq"] if page else "0"
                if int(stands) < (page[-1].seq if page else 0):
                    raise PlatformLied("it took back its vouchers and still knows fewer.")
            except (KeyError, TypeError, ValueError) as error:
                raise PlatformLied("its answer about vouchers is malformed.") from error

    async def _sealed(self) -> None:
        """Work with a receipt is sent again, as it was; the same batch twice counts once."""
        since = self._c.platform.time() - _RESENT_S
        sent = await self._c.store.run(
            lambda tx: tx.find(SealedRecord, sealed_at=Above(since), receipt=Not(""))
        )
        for record in sent:
            try:
                await self._c.platform.post(_PATHS[record.kind], record.body)
            except PlatformRefused as error:
                if error.retryable:
                    raise
                # the platform no longer knows the lease behind it: its receipt and assignments prove the debt


def _returned(tx: Tx, page: list[VoucherRecord]) -> dict[str, Any]:
    """The request: vouchers in order, each with its lines; assignments of these lines; the newest debit."""
    vouchers, assignments = [], {}
    for record in page:
        message = Voucher(
            bytes.fromhex(record.channel_id[2:]), record.paid.units, record.bonded.units, record.seq
        )
        signed = {"message": message.to_json(), "signature": record.signature}
        vouchers.append({"voucher": signed, "lines": json.loads(record.lines)})
        for line in tx.find(LineRecord, seq=record.seq):
            item = tx.get(ItemRecord, line.item_id) if line.item_id else None
            if item is not None:
                assignments[item.item_id] = {
                    "message": json.loads(item.assignment),
                    "signature": item.signature,
                }
    debits = tx.find(DebitRecord, confirmed=True)
    newest = max(debits, key=lambda debit: debit.debited.units, default=None)
    debit = {"message": json.loads(newest.message), "signature": newest.signature} if newest else None
    return {"vouchers": vouchers, "assignments": list(assignments.values()), "debit": debit}


def _rewind(tx: Tx, last_event: int) -> None:
    """Events go on from what the platform knows; those that it forgot are kept beside them, under other numbers."""
    if int(get_value(tx, CURSOR, 0)) <= last_event:
        return
    for record in tx.find(EventRecord, seq=Above(last_event)):
        if record.seq < _ANOTHER_LIFE:
            again = record.seq + _ANOTHER_LIFE
            while tx.get(EventRecord, again) is not None:
                again += _ANOTHER_LIFE
            tx.put(replace(record, seq=again))
            tx.remove(EventRecord, record.seq)
    set_value(tx, CURSOR, last_event)


def newest_debited(tx: Tx) -> int:
    """What the platform has confirmed that I put at risk in all; base units."""
    return max((debit.debited.units for debit in tx.find(DebitRecord, confirmed=True)), default=0)


def newest_number(tx: Tx) -> int:
    """The number of my newest voucher, 0 without one."""
    best = best_voucher(tx)
    return best.seq if best else 0
