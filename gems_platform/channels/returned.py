# SPDX-License-Identifier: Apache-2.0
"""A hub that lost its newest books takes its own vouchers back from the worker: the maximum stands.

What those vouchers settled is settled again here, so that nothing is paid twice when the work behind it comes
again. Sums are checked against the signatures, lines against the hub's own assignments.
"""

from __future__ import annotations

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from gems_platform.channels import doubt, repository, service
from gems_platform.channels.schemas import ReturnedVouchers
from gems_platform.channels.tables import ChannelRow, LineRow
from gems_platform.errors import Conflict
from gems_platform.releases import repository as releases
from gems_platform.schemas import raw
from gems_platform.settings import Settings
from gems_platform.tasks import repository as tasks
from gems_protocol.lines import Line, LineKind
from gems_protocol.messages import Assignment, Debit, ReviewAssignment, Voucher

_WORK = (LineKind.REWARD, LineKind.STAKE_BACK, LineKind.BOND_BACK)


def take(session: Session, settings: Settings, me: str, body: ReturnedVouchers) -> bool:
    """Take the newest vouchers and debit that a worker holds; whether anything was newer than what is here.

    Raises BadSignature, Conflict when they do not add up, MalformedMessage.
    """
    row = repository.own(session, me)
    if not body.more:  # the last of them: what the hub signed last is known
        doubt.shown(row)
    return _take(session, settings, row, body)


def _take(session: Session, settings: Settings, row: ChannelRow, body: ReturnedVouchers) -> bool:
    newer = _take_debit(settings, row, body)
    read = [Voucher.from_json(each.voucher.message) for each in body.vouchers]
    if any(voucher.channel_id != raw(row.id) for voucher in read):
        raise Conflict("A voucher is of another channel.")
    if [voucher.seq for voucher in read] != sorted({voucher.seq for voucher in read}):
        raise Conflict("The vouchers are not in their order.")
    for voucher, each in zip(reversed(read), reversed(body.vouchers), strict=True):
        voucher.check(settings.channels_domain, raw(each.voucher.signature), row.signer)
        if not _beats(read[-1], row):  # the others would be checked for nothing, while everybody waits
            return newer
    if not read:
        return newer
    _settle(session, settings, row, read, body)
    return True


def _beats(voucher: Voucher, row: ChannelRow) -> bool:
    return voucher.seq > row.seq or voucher.paid + voucher.bonded > row.paid + row.bonded


def _take_debit(settings: Settings, row: ChannelRow, body: ReturnedVouchers) -> bool:
    if body.debit is None:
        return False
    debit = Debit.from_json(body.debit.message)
    debit.check(settings.channels_domain, raw(body.debit.signature), row.worker)
    if debit.channel_id != raw(row.id):
        raise Conflict("The debit is of another channel.")
    if debit.debited <= row.debited:
        return False
    row.debited, row.debit_signature = debit.debited, body.debit.signature
    row.debit_hash = "0x" + debit.assignment_hash.hex()
    return True


def _settle(
    session: Session, settings: Settings, row: ChannelRow, read: list[Voucher], body: ReturnedVouchers
) -> None:
    named = {
        line.key: (line, voucher.seq)
        for voucher, each in zip(read, body.vouchers, strict=True)
        for line in (Line.from_json(value) for value in each.lines)
    }
    mine = session.scalars(select(LineRow).where(LineRow.worker == row.worker)).all()
    known = {repository.line(item).key: item for item in mine}
    before = [item for item in mine if item.seq is not None and item.seq < read[0].seq]
    if any(repository.line(item).key in named for item in before):
        raise Conflict("A line was settled by an earlier voucher.")
    given = _given(settings, row.worker, body)
    for line, _ in named.values():
        here = known.get(line.key)
        if here is not None and here.amount != line.amount.units:
            raise Conflict("A line has another amount here.")
        proven = _proven(line, given) or (line.kind is LineKind.UNBONDED and line.campaign_id == raw(row.id))
        if here is None and (not proven or _was_returned(session, line)):
            raise Conflict("A line is of work that this platform did not give you.")
    every = [repository.line(item) for item in before] + [line for line, _ in named.values()]
    newest = read[-1]
    stakes = sum(line.amount.units for line in every if line.kind.is_stake)
    if sum(line.amount.units for line in every) != newest.paid + newest.bonded or newest.bonded < stakes:
        raise Conflict("The vouchers and their lines do not add up.")
    unbonded = sum(line.amount.units for line in every if line.kind is LineKind.UNBONDED)
    if stakes + unbonded > row.debited:
        raise Conflict("More stakes came back than were put up.")
    lost = [item.id for item in mine if item.seq is not None and item.seq >= read[0].seq]
    session.execute(update(LineRow).where(LineRow.id.in_(lost)).values(seq=None))
    gone = [known[key].id for key in named if key in known]
    session.execute(delete(LineRow).where(LineRow.id.in_(gone)))
    session.flush()
    for line, seq in named.values():
        repository.add_lines(session, row.worker, [line], seq)
    releases.owe_anew(session, row.worker)
    stands, signature = newest, body.vouchers[-1].voucher.signature
    if row.seq > newest.seq and not row.silent:  # a number is never used twice; nothing new where all stopped
        stands = Voucher(raw(row.id), newest.paid, newest.bonded, row.seq)
        signature = service.sign(settings, row, stands)
    row.paid, row.bonded, row.seq = stands.paid, stands.bonded, stands.seq
    row.from_rewards = max(0, newest.bonded - stakes - unbonded)
    row.voucher_signature = signature


def _was_returned(session: Session, line: Line) -> bool:
    """Whether the worker gave this work back, so that the line is made up.

    No other end says as much: what was paid in the records that were lost may have run out here since.
    """
    place = ("0x" + line.campaign_id.hex(), line.index, line.attempt)
    item = tasks.find_assignment(session, *place)
    return item is not None and line.kind in _WORK and item.state == "returned"


def _given(settings: Settings, me: str, body: ReturnedVouchers) -> list[Assignment | ReviewAssignment]:
    found: list[Assignment | ReviewAssignment] = []
    for each in body.assignments:
        kind: type[Assignment] | type[ReviewAssignment]
        kind = ReviewAssignment if "verifier" in each.message else Assignment
        message = kind.from_json(each.message)
        message.check(settings.campaigns_domain, raw(each.signature), settings.hub)
        whose = message.verifier if isinstance(message, ReviewAssignment) else message.miner
        if whose == me:
            found.append(message)
    return found


def _proven(line: Line, given: list[Assignment | ReviewAssignment]) -> bool:
    """Whether the hub gave this work for at least this much; an appeal's bond is bounded by the voucher alone."""
    for one in given:
        if (one.campaign_id, one.index, one.attempt) != (line.campaign_id, line.index, line.attempt):
            continue
        if isinstance(one, Assignment) is not (line.kind in _WORK):
            continue
        if isinstance(one, ReviewAssignment) and one.round != line.round:
            continue
        if line.kind is LineKind.BOND_BACK:
            return True
        return line.amount.units <= (one.stake if line.kind.is_stake else one.reward)
    return False
