# SPDX-License-Identifier: Apache-2.0
"""Seats and votes: verifiers are seated as they ask, judge blind to each other, and vote in signed batches."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy.orm import Session

from gems_platform.campaigns import repository as campaigns
from gems_platform.campaigns.facts import Facts, facts
from gems_platform.channels import hub
from gems_platform.channels import repository as channels
from gems_platform.errors import Conflict, Late, Malformed, NotFound, NoWork
from gems_platform.reviews import judging, repository
from gems_platform.reviews.schemas import NewVotes, VoteItem
from gems_platform.reviews.tables import SeatRow
from gems_platform.schemas import text
from gems_platform.settings import Settings
from gems_platform.submissions import receipts
from gems_platform.submissions import repository as receipt_rows
from gems_platform.tasks import batches, leasing, moves, record
from gems_platform.tasks import repository as tasks
from gems_platform.tasks.tables import BatchRow, TaskRow
from gems_platform.trust import service as trust
from gems_protocol.errors import MoveNotAllowed
from gems_protocol.messages import BatchVote, ReviewAssignment, Vote
from gems_protocol.task import Task
from gems_protocol.task_events import PanelSeated, VerifierMissed, Voted


def lease(session: Session, settings: Settings, me: str, count: int, now: int) -> dict[str, Any]:
    """Seat a verifier on at most `count` panels; raises NotAVerifier, NoWork, CreditLimit."""
    trust.check_verifier(session, settings, me)
    batches.check_credit(session, me, "review")
    batches.check_void(session, settings, me, now)
    free = _free_bond(session, me)
    wanted = min(count, settings.review_limit)
    due_at = now + settings.review_s
    batch = leasing.new_batch("review", me, None, now, settings.confirm_s, due_at)
    seats: list[SeatRow] = []
    stakes = 0
    for row in repository.wanting(session, me, 4 * wanted):
        if len(seats) == wanted:
            break
        campaign = facts(campaigns.get(session, row.campaign_id))
        stake = record.load(row, campaign).review_stake.units
        if stakes + stake > free:
            continue
        try:
            task = moves.happen(session, row, campaign, PanelSeated((me,)), now)
        except MoveNotAllowed:
            continue  # the verifier missed an earlier seat of this attempt
        seats.append(_seat(session, settings, campaign, row, task, batch, len(seats), me))
        stakes += stake
    if not seats:
        raise NoWork("There is nothing to review for you right now.")
    return leasing.add_batch(session, batch, seats, stakes)


def _free_bond(session: Session, me: str) -> int:
    row = channels.of_worker(session, me)
    return hub.channel(row, 0).bond_free.units if row else 0


def _seat(
    session: Session,
    settings: Settings,
    campaign: Facts,
    row: TaskRow,
    task: Task,
    batch: BatchRow,
    place: int,
    me: str,
) -> SeatRow:
    judged = tasks.assignment_of(session, row.campaign_id, row.index, task.attempt)
    message = ReviewAssignment(
        campaign_id=campaign.campaign_id,
        index=row.index,
        attempt=task.attempt,
        round=task.round,
        verifier=me,
        reward=task.review_reward.units,
        stake=task.review_stake.units,
        result_hash=bytes.fromhex(str(judged.result_hash)[2:]),
        input_hash=bytes.fromhex(row.input_hash[2:]),
        due_at=batch.due_at,
    )
    return SeatRow(
        hash=text(message.struct_hash()),
        batch_id=batch.id,
        place=place,
        campaign_id=row.campaign_id,
        index=row.index,
        attempt=task.attempt,
        round=task.round,
        verifier=me,
        message=json.dumps(message.to_json()),
        signature=text(message.sign(settings.campaigns_domain, settings.hub_signer_key)),
        state="offered",
        due_at=batch.due_at,
    )


def vote(session: Session, settings: Settings, me: str, body: NewVotes, now: int) -> dict[str, Any]:
    """Take a sealed batch of votes for a signed receipt; all of it or nothing, once."""
    message = BatchVote.from_json(body.batch.message)
    again = receipt_rows.repeated(session, text(message.root), "vote", me, message.to_json())
    if again is not None:
        return again
    batch = tasks.own_batch(session, text(message.batch_id), me)
    if batch.kind != "review" or batch.state != "confirmed":
        raise Conflict("This batch is not one that votes can be sent for.")
    given = {_about(seat): seat for seat in repository.in_batch(session, batch.id)}
    votes = [Vote.from_json(item.vote) for item in body.items]
    seats = [_seat_of(settings, given, cast, place, now) for place, cast in enumerate(votes)]
    if len({seat.hash for seat in seats}) != len(seats):
        raise Malformed("A submission is judged twice in the batch.", safe="Nothing of it was taken.")
    leaves = [cast.struct_hash() for cast in votes]
    receipts.check(settings, message, body.batch.signature, me, leaves)
    receipt = receipts.keep(session, settings, "vote", me, body.batch, message, leaves, now)
    for place, (seat, cast, item) in enumerate(zip(seats, votes, body.items, strict=True)):
        _cast(session, settings, seat, cast, item, text(message.root), place, now)
    return receipt


def _about(seat: SeatRow) -> tuple[str, int, int, int]:
    return seat.campaign_id, seat.index, seat.attempt, seat.round


def _seat_of(
    settings: Settings, given: dict[tuple[str, int, int, int], SeatRow], cast: Vote, place: int, now: int
) -> SeatRow:
    where, safe = f"Item {place + 1}", "Nothing of the batch was taken."
    seat = given.get((text(cast.campaign_id), cast.index, cast.attempt, cast.round))
    if seat is None or json.loads(seat.message)["result_hash"] != text(cast.result_hash):
        raise NotFound(f"{where} is not a submission of this batch.", safe=safe)
    if seat.state == "missed" or now > seat.due_at + settings.grace_s:
        raise Late(f"{where} came after its time.", safe=safe, action="Send the batch without it.")
    if seat.state != "leased":
        raise Conflict(f"{where} was judged before.", safe=safe)
    return seat


def _cast(
    session: Session,
    settings: Settings,
    seat: SeatRow,
    cast: Vote,
    item: VoteItem,
    root: str,
    place: int,
    now: int,
) -> None:
    seat.accept, seat.reason, seat.note = cast.accept, item.reason, item.note
    seat.mark = None if item.mark is None else json.dumps(item.mark)
    seat.vote_root, seat.vote_place, seat.state = root, place, "voted"
    row = tasks.task(session, seat.campaign_id, seat.index)
    campaign = facts(campaigns.get(session, seat.campaign_id))
    moves.happen(session, row, campaign, Voted(seat.verifier, cast.accept), now)
    judging.judge_if_ready(session, settings, row, campaign, now)


def skip(session: Session, me: str, batch_id: str, hashes: list[str], now: int) -> dict[str, Any]:
    """Leave seats without a vote; the stake comes back with the next voucher."""
    batch = tasks.own_batch(session, batch_id, me)
    seats = {seat.hash: seat for seat in repository.in_batch(session, batch.id)}
    for name in dict.fromkeys(hashes):
        if name not in seats or seats[name].state not in ("leased", "missed"):
            raise Conflict("One of these reviews cannot be skipped any more.", safe="Nothing was skipped.")
    for name in dict.fromkeys(hashes):
        if seats[name].state == "leased":
            miss(session, seats[name], now)
    return {"skipped": len(set(hashes))}


def miss(session: Session, seat: SeatRow, now: int, *, staked: bool = True) -> None:
    """Free a seat whose verifier will not vote."""
    row = tasks.task(session, seat.campaign_id, seat.index)
    campaign = facts(campaigns.get(session, seat.campaign_id))
    event = VerifierMissed(seat.verifier)
    moves.happen(session, row, campaign, event, now, unstaked=None if staked else seat.verifier)
    seat.state = "missed"
