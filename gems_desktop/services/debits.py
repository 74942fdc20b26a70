# SPDX-License-Identifier: Apache-2.0
"""My own signed debits, as the platform keeps them: after a restore, and when another laptop of mine has signed one.

`debited` only grows, so the highest that I signed stands, whoever shows it.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import Any

from gems_desktop.services.channels import channel_record
from gems_desktop.services.context import Context
from gems_desktop.services.cursor import get_value, set_value
from gems_desktop.services.errors import PlatformLied
from gems_desktop.services.history_page import read_last
from gems_desktop.services.network import Network
from gems_desktop.services.ports import Tx
from gems_desktop.services.records import AppealRecord, BatchRecord, ChannelRecord, DebitRecord
from gems_desktop.services.unbond_records import owe_for, step_number
from gems_protocol.amount import ZERO, Amount
from gems_protocol.errors import BadSignature, MalformedMessage
from gems_protocol.messages import Debit, hash_from_hex, signature_from_hex

AFTER = "debits_after"
#: how the platform refuses a debit that is not above the one it has: another laptop of mine may have signed that
OTHER_DEBIT = ("bad_debit", "conflict")
PAGE = 500


@dataclass(frozen=True, slots=True)
class SignedDebit:
    """A debit with my signature under it. at: when the platform took it."""

    message: Debit
    signature: str
    at: int


async def catch_up(context: Context) -> bool:
    """Read the debits that were signed elsewhere; whether more is put up than was known here.

    Raises Offline, PlatformLied for what I did not sign.
    """
    me = await context.address()
    raised = False
    while True:
        record, after = await context.store.run(lambda tx: (channel_record(tx), get_value(tx, AFTER, "")))
        if record is None:
            return False
        answer = await context.platform.get(f"/v1/history?kind=debit&after={after}&limit={PAGE}")
        found, last = read_page(answer, record.channel_id, context.network, me)
        if not found:
            return raised
        read_last(last, after)
        raised |= await context.store.run(lambda tx, f=found, n=last: keep(tx, f, n))  # type: ignore[misc]


def drop_unconfirmed(tx: Tx, root: str) -> None:
    """Forget a debit that the platform refused, so that it is signed anew above the others."""
    known = tx.get(DebitRecord, root)
    if known is not None and not known.confirmed:
        tx.remove(DebitRecord, root)


def read_page(answer: Any, channel_id: str, network: Network, me: str) -> tuple[list[SignedDebit], str]:
    """The debits of a page of `/v1/history`, each signed by me for my channel, and where the next page begins."""
    try:
        found = []
        for value in answer["entries"]:
            message = Debit(
                bytes.fromhex(channel_id[2:]),
                Amount.parse(value["debited"]).units,
                hash_from_hex(value["root"]),
            )
            message.check(network.channels_domain, signature_from_hex(value["signature"]), me)
            if type(value["at"]) is not int:
                raise PlatformLied("a debit has no time.")
            found.append(SignedDebit(message, value["signature"], value["at"]))
        return found, str(answer["last"])
    except (BadSignature, MalformedMessage, KeyError, TypeError, ValueError) as error:
        raise PlatformLied("it shows a stake that you did not sign.") from error


def keep(tx: Tx, found: list[SignedDebit], last: str) -> bool:
    """Store debits in their order; whether more is at stake than was known here."""
    record = channel_record(tx)
    if record is None:
        return False
    highest = record.debited
    sums = sorted(debit.debited for debit in tx.find(DebitRecord, confirmed=True))
    for one in sorted(found, key=lambda each: each.message.debited):
        root, debited = "0x" + one.message.assignment_hash.hex(), Amount(one.message.debited)
        place = bisect_left(sums, debited)
        known = tx.get(DebitRecord, root)
        if known is None or not known.confirmed or known.debited < debited:
            taken = _record(tx, one, root, sums[place - 1] if place else ZERO)
            step = step_number(tx, record.channel_id, root)
            if step:
                taken = replace(taken, campaign_id=record.channel_id)
                owe_for(tx, record.channel_id, step, taken)
            tx.put(taken)
        if debited not in sums[place : place + 1]:
            sums.insert(place, debited)
        highest = max(highest, debited)
    set_value(tx, AFTER, last)
    if highest > record.debited:
        tx.change(ChannelRecord, record.channel_id, debited=str(highest))
        return True
    return False


def _record(tx: Tx, one: SignedDebit, root: str, before: Amount) -> DebitRecord:
    """What it was put up for is known by its root: a batch of mine, an appeal of mine, or nothing that is here."""
    batches = tx.find(BatchRecord, root=root, limit=1)
    appeals = tx.find(AppealRecord, root=root, limit=1)
    campaign_id = batches[0].campaign_id if batches else ""
    if appeals:
        campaign_id = str(json.loads(appeals[0].message)["campaign_id"])
    return DebitRecord(
        root=root,
        batch_id=batches[0].batch_id if batches else "",
        campaign_id=campaign_id,
        message=json.dumps(one.message.to_json()),
        signature=one.signature,
        amount=Amount(one.message.debited) - before,
        debited=Amount(one.message.debited),
        signed_at=one.at,
        confirmed=True,
    )
