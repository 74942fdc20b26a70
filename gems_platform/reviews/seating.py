# SPDX-License-Identifier: Apache-2.0
"""Seating verifiers on panels: those who were drawn, or at once who asks while nobody waits."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from gems_platform.campaigns import repository as campaigns
from gems_platform.campaigns.facts import Facts, facts
from gems_platform.channels import hub
from gems_platform.channels import repository as channels
from gems_platform.errors import NoWork
from gems_platform.gold import service as gold
from gems_platform.matching import names, panels, tallies
from gems_platform.matching import repository as matching
from gems_platform.matching.shares import Shares
from gems_platform.matching.wishes import REVIEW, Ask
from gems_platform.reviews import repository
from gems_platform.reviews.tables import SeatRow
from gems_platform.schemas import text
from gems_platform.settings import Settings
from gems_platform.tasks import batches, leasing, moves, record
from gems_platform.tasks import repository as tasks
from gems_platform.tasks.tables import BatchRow, TaskRow
from gems_platform.trust import service as trust
from gems_platform.trust import standing as standings
from gems_protocol.channel import CREDIT_BATCHES, STALLED_BATCHES
from gems_protocol.errors import MoveNotAllowed
from gems_protocol.messages import ReviewAssignment
from gems_protocol.task import Task
from gems_protocol.task_events import PanelSeated
from gems_protocol.task_judging import strangers_pay

NOT_SHOWN = bytes(32)  # the hash of an answer that a blind verifier must not know


def check(session: Session, settings: Settings, ask: Ask) -> dict[str, Any]:
    """What a verifier could take, as a wish keeps it; raises NotAVerifier, CreditLimit."""
    me, now = ask.worker, ask.now
    batches.check_credit(session, me, "review")
    batches.check_void(session, settings, me, now)
    trust.check_verifier(session, settings, me, now=now)
    families = trust.families_to_verify(session, settings, me, now)
    return {
        "families": None if families is None else sorted(families),
        "grade": trust.grade_of(session, me),
        "free": str(_free_bond(session, me)),
        "ability": asdict(ask.ability),
    }


def scout(session: Session, settings: Settings, me: str, count: int, now: int) -> list[tuple[str, int]]:
    """Tasks with free seats that a verifier could take, to be looked for before the transaction that takes some."""
    wanted = min(count, settings.review_limit)
    at_limit = batches.running(session, me, "review") >= CREDIT_BATCHES
    since = now - settings.stalled_s if at_limit else None
    found = repository.wanting(session, me, 4 * wanted, since)
    if len(found) > wanted:  # who waits for a partner's task cannot tell when theirs is given out
        found.sort(key=lambda one: names.order(session, me, *one))
    return found


def lease(
    session: Session, settings: Settings, ask: Ask, scouted: Sequence[tuple[str, int]]
) -> dict[str, Any]:
    """Seat a verifier on at most `ask.count` panels; raises NotAVerifier, NoWork, CreditLimit."""
    me, now = ask.worker, ask.now
    waits = settings.allot_s and matching.is_contested(session, REVIEW, now)
    since = _credit(session, settings, me, now, waits=bool(waits))
    batches.check_void(session, settings, me, now)
    kept = [(hold.campaign_id, hold.index) for hold in matching.held(session, me, now)]
    seating = _Seating(session, settings, ask, since)
    seating.take(kept, drawn=True)
    if not waits:
        seating.take([one for one in scouted if one not in set(kept)], drawn=False)
    if not seating.seats:
        batches.check_credit(session, me, "review")
        trust.check_verifier(session, settings, me, now=now)
        nothing = NoWork("There is nothing to review for you right now.")
        nothing.waits = True
        raise nothing
    matching.fulfil(session, REVIEW, me)
    matching.let_go(session, me)
    return leasing.add_batch(session, seating.batch, seating.seats, seating.stakes)


def _credit(session: Session, settings: Settings, me: str, now: int, *, waits: bool) -> int | None:
    """None while a verifier has less than K open batches; then since when a task must have waited to be taken.

    Where everybody has K, each round may lack the vote of somebody who has K as well. Whoever did all of theirs may
    then take what stands still, up to STALLED_BATCHES. Raises CreditLimit.
    """
    if (
        waits
        or batches.running(session, me, "review") < CREDIT_BATCHES
        or repository.has_to_judge(session, me)
    ):
        batches.check_credit(session, me, "review")
        return None
    batches.check_credit(session, me, "review", STALLED_BATCHES)
    return now - settings.stalled_s


class _Seating:
    """One batch of seats as it fills: within the verifier's families, bond and share, and one answer's size."""

    def __init__(self, session: Session, settings: Settings, ask: Ask, since: int | None) -> None:
        self._since = ask.now if since is None else since
        self._session, self._settings, self._me, self._now = session, settings, ask.worker, ask.now
        self._wanted = min(ask.count, settings.review_limit)
        self._families = trust.families_to_verify(session, settings, ask.worker, ask.now)
        self._shares = Shares(session, settings)
        self._free = _free_bond(session, ask.worker)
        self._linked = matching.linked(session, ask.worker)
        self._ability = ask.ability
        self._size = 0
        self.seats: list[SeatRow] = []
        self.stakes = 0
        due_at = ask.now + settings.review_s
        self.batch = leasing.new_batch("review", ask.worker, None, ask.now, settings.confirm_s, due_at)

    @property
    def _full(self) -> bool:
        return len(self.seats) >= self._wanted or self._size > leasing.MAX_BATCH_DATA

    def take(self, wanted: Sequence[tuple[str, int]], *, drawn: bool) -> None:
        """Take seats of these tasks; drawn: whether they are kept for this verifier, or for others perhaps."""
        part = 2 * self._wanted
        for at in range(0, len(wanted), part):
            if self._full:
                return
            rows = repository.take_wanting(self._session, wanted[at : at + part])
            others = {} if drawn else matching.holds_on(self._session, wanted[at : at + part], self._now)
            for row in rows:
                if not self._full and row.seats_wanted > others.get((row.campaign_id, row.index), 0):
                    self._sit(row)

    def _sit(self, row: TaskRow) -> None:
        campaign = facts(campaigns.get(self._session, row.campaign_id))
        before = record.load(row, campaign)
        stake = before.review_stake.units
        if row.since > self._since or (self._families is not None and campaign.family not in self._families):
            return
        if self.stakes + stake > self._free or before.miner in self._linked:
            return
        if not self._shares.has_room(row.campaign_id, self._me) or not panels.suits(campaign, self._ability):
            return
        try:
            task = moves.happen(self._session, row, campaign, PanelSeated((self._me,)), self._now)
        except MoveNotAllowed:
            return  # the verifier missed an earlier seat of this attempt
        self._shares.take(row.campaign_id, self._me)
        place = len(self.seats)
        seat = _seat(
            self._session, self._settings, campaign, row, task, self.batch, place, self._me, self._now
        )
        tallies.add(self._session, row.campaign_id, tallies.SEATS, 1)
        gold.were_shown(self._session, self._settings, row.campaign_id, [row.index])
        self.seats.append(seat)
        self.stakes += stake
        judged = tasks.assignment_of(self._session, row.campaign_id, row.index, task.attempt)
        self._size += len(row.data) + (0 if seat.blind else len(judged.answer or ""))


def left(session: Session, seat: SeatRow) -> None:
    """Whoever had a seat judges no more from it."""
    seat.state = "missed"
    tallies.add(session, seat.campaign_id, tallies.SEATS, -1)


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
    now: int,
) -> SeatRow:
    blind = task.rules.blind and not task.commission
    reward = strangers_pay(task) if task.commission else task.review_reward
    round_ = panels.round_number(task)
    judged = tasks.assignment_of(session, row.campaign_id, row.index, task.attempt)
    message = ReviewAssignment(
        campaign_id=campaign.campaign_id,
        index=row.index,
        attempt=task.attempt,
        round=round_,
        verifier=me,
        reward=reward.units,
        stake=task.review_stake.units,
        result_hash=NOT_SHOWN if blind else bytes.fromhex(str(judged.result_hash)[2:]),
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
        round=round_,
        verifier=me,
        blind=blind,
        note_of_verifier=(
            json.dumps(standings.note(session, settings, me, campaign.family, now)) if blind else None
        ),
        message=json.dumps(message.to_json()),
        signature=text(message.sign(settings.campaigns_domain, settings.hub_signer_key)),
        state="offered",
        due_at=batch.due_at,
    )
