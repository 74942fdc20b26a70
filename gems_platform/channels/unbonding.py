# SPDX-License-Identifier: Apache-2.0
"""A step of a worker's bond into the free pocket: taken and paid in one transaction, so that none is ever open."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from gems_platform.accounts import repository as accounts
from gems_platform.channels import hub, repository, service
from gems_platform.channels.schemas import UnbondRequest
from gems_platform.channels.tables import ChannelRow
from gems_platform.errors import BadDebit, Restored
from gems_platform.events import repository as events
from gems_platform.history import repository as history
from gems_platform.schemas import raw
from gems_platform.settings import Settings
from gems_protocol.amount import Amount
from gems_protocol.channel import Reason, Refused
from gems_protocol.messages import Debit
from gems_protocol.unbonding import accept_unbond, step_hash, step_line

_SAFE = "Nothing was taken out of your bond."


def take(session: Session, settings: Settings, me: str, body: UnbondRequest, now: int) -> dict[str, Any]:
    """Take a step and pay it in a voucher at once; idempotent by its number. Raises BadDebit, NotFound."""
    row = repository.own(session, me)
    message, signature = Debit.from_json(body.debit.message), raw(body.debit.signature)
    line = step_line(raw(row.id), body.step, Amount(int(body.amount)))
    known = repository.step(session, row, body.step)
    if known is not None:
        _check_copy(settings, row, message, signature, body.step)
        if known != line.amount.units:
            raise _refused(Reason.SUM)
        return _answer(session, row, body.step, known)
    if row.doubted_at:
        raise Restored()
    channel = hub.channel(row, accounts.account(session, me).bond_target)
    channel = replace(channel, unbonded=repository.steps(session, row))
    most = Amount(settings.unbond_step)
    found = accept_unbond(channel, message, signature, settings.channels_domain, line, most)
    if isinstance(found, Refused):
        raise _refused(found.reason)
    row.debited = found.channel.debited.units
    row.debit_signature = body.debit.signature
    row.debit_hash = "0x" + message.assignment_hash.hex()
    history.add_debit(session, me, message.debited, row.debit_hash, body.debit.signature, now)
    repository.add_lines(session, me, [line])
    session.flush()
    if not service.settle(session, settings, me, now):
        # other lines wait for a top-up; this one needs none: what the deposit must cover stays the same
        service.settle(session, settings, me, now, only=line)
    return _answer(session, row, body.step, line.amount.units)


def _check_copy(settings: Settings, row: ChannelRow, message: Debit, signature: bytes, step: int) -> None:
    """Raises BadDebit unless it is the caller's own step of that number, which was taken."""
    message.check(settings.channels_domain, signature, row.worker)
    named = message.assignment_hash == step_hash(raw(row.id), step)
    if message.channel_id != raw(row.id) or not named or message.debited > row.debited:
        raise _refused(Reason.ASSIGNMENTS)


def _refused(reason: Reason) -> BadDebit:
    return BadDebit(f"This step out of your bond was not taken: {reason.value}.", safe=_SAFE)


def _answer(session: Session, row: ChannelRow, step: int, units: int) -> dict[str, Any]:
    """What stands after the step; the voucher's lines are in the events."""
    return {
        "step": step,
        "amount": str(units),
        "debited": str(row.debited),
        "voucher": service.newest_voucher(row),
        "last_event": events.newest(session, row.worker),
    }
