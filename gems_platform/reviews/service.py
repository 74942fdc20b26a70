# SPDX-License-Identifier: Apache-2.0
"""Votes: verifiers judge blind to each other, and vote in signed batches."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy.orm import Session

from gems_platform.campaigns import modules
from gems_platform.campaigns import repository as campaigns
from gems_platform.campaigns.facts import Facts, facts
from gems_platform.errors import Conflict, Late, Malformed, NotFound
from gems_platform.gold import service as gold
from gems_platform.reviews import judging, repository
from gems_platform.reviews.schemas import NewVotes, VoteItem
from gems_platform.reviews.seating import left
from gems_platform.reviews.tables import SeatRow
from gems_platform.schemas import raw, text
from gems_platform.settings import Settings
from gems_platform.submissions import receipts
from gems_platform.submissions import repository as receipt_rows
from gems_platform.tasks import moves, record
from gems_platform.tasks import repository as tasks
from gems_platform.tasks.tables import AssignmentRow
from gems_protocol.campaign import result_hash
from gems_protocol.errors import GemsError
from gems_protocol.messages import BatchVote, StandingNote, Vote
from gems_protocol.task_events import VerifierMissed, Voted
from gems_protocol.verification import standing_of


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
    seats = [
        _seat_of(session, settings, given, cast, item, place, now)
        for place, (cast, item) in enumerate(zip(votes, body.items, strict=True))
    ]
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


def _result_hash(session: Session, seat: SeatRow, item: VoteItem, where: str, safe: str) -> bytes | None:
    """What a vote must be about: the submitted answer, or a blind verifier's own, which is checked."""
    if not seat.blind:
        return raw(json.loads(seat.message)["result_hash"])
    if item.answer is None:
        raise Malformed(f"{where} has no answer of the verifier's own.", safe=safe)
    config = facts(campaigns.get(session, seat.campaign_id)).manifest.module.config
    try:
        data = json.loads(tasks.task(session, seat.campaign_id, seat.index).data)
        modules.check_answer(config, data, item.answer)
    except GemsError as error:
        raise Malformed(f"{where} is not an answer to its task: {error.message}", safe=safe) from error
    return result_hash(item.answer)


def _seat_of(
    session: Session,
    settings: Settings,
    given: dict[tuple[str, int, int, int], SeatRow],
    cast: Vote,
    item: VoteItem,
    place: int,
    now: int,
) -> SeatRow:
    where, safe = f"Item {place + 1}", "Nothing of the batch was taken."
    seat = given.get((text(cast.campaign_id), cast.index, cast.attempt, cast.round))
    about = None if seat is None else _result_hash(session, seat, item, where, safe)
    if seat is None or about != cast.result_hash or (seat.blind and not cast.accept):
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
    row = tasks.task(session, seat.campaign_id, seat.index)
    campaign = facts(campaigns.get(session, seat.campaign_id))
    given = tasks.assignment_of(session, seat.campaign_id, seat.index, seat.attempt)
    event = _voted(session, campaign, given, seat, cast, item)
    seat.accept, seat.number = event.accept, event.answer
    seat.reason, seat.note = item.reason, item.note
    seat.mark = None if item.mark is None else json.dumps(item.mark)
    seat.vote_root, seat.vote_place, seat.state = root, place, "voted"
    moves.happen(session, row, campaign, event, now)
    if seat.blind:
        gold.check(session, campaign, seat.verifier, "verifier", seat.index, seat.attempt, item.answer, now)
    else:
        shown = json.loads(str(given.answer))
        gold.check_vote(session, campaign, seat.verifier, seat.index, seat.attempt, shown, event.accept, now)
    judging.judge_if_ready(session, settings, row, campaign, now)


def _voted(
    session: Session, campaign: Facts, given: AssignmentRow, seat: SeatRow, cast: Vote, item: VoteItem
) -> Voted:
    """The vote as the task's rules take it; a blind answer is numbered among those that came before."""
    if not seat.blind:
        return Voted(seat.verifier, cast.accept, 0 if cast.accept else 1)
    seat.answer = json.dumps(item.answer)
    task = record.load(tasks.task(session, seat.campaign_id, seat.index), campaign)
    by = {
        row.verifier: row
        for row in repository.of_attempt(session, seat.campaign_id, seat.index, seat.attempt)
    }
    known: dict[int, Any] = {0: json.loads(str(given.answer))}
    for earlier in task.earlier + task.seats:
        if earlier.vote is not None:
            known.setdefault(earlier.answer, json.loads(str(by[earlier.verifier].answer)))
    number = campaign.rules.number(item.answer, [known[place] for place in sorted(known)])
    note = StandingNote.from_json(json.loads(str(seat.note_of_verifier))["message"])
    return Voted(seat.verifier, number == 0, number, standing_of(note).accuracy)


def evidence(
    session: Session, settings: Settings, campaign_id: str, index: int, attempt: int
) -> dict[str, Any]:
    """A verdict that stands with everything that proves it; raises NotFound."""
    row = campaigns.get(session, campaign_id)
    given = tasks.find_assignment(session, campaign_id, index, attempt)
    if given is None or not given.final or given.evidence is None:
        raise NotFound("There is no verdict that stands.")
    receipt = receipt_rows.find(session, given.miner, str(given.submission_root))
    return {
        "terms": json.loads(row.terms),
        "manifest": json.loads(row.manifest),
        "evidence": json.loads(given.evidence),
        "domain": {"chain_id": settings.chain_id, "contract": settings.campaigns},
        "hub": settings.hub,
        "receipt": json.loads(receipt.receipt) if receipt is not None else None,
    }


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
    left(session, seat)
