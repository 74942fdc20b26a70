# SPDX-License-Identifier: Apache-2.0
"""Rounds of reviews: for each panel with free seats, who waits is drawn by the seed of the submission it judges.

The seed is what the submission's audit draw is made of: a secret that the hub committed to before the miner chose a
salt, that salt, and the requester's seed of the day. So no one of them chooses who judges.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from gems_platform.campaigns import repository as campaigns
from gems_platform.campaigns.facts import Facts, facts
from gems_platform.matching import names, repository, shares, wishes
from gems_platform.matching.repository import Where
from gems_platform.matching.tables import HoldRow, PanelDrawRow, WishRow
from gems_platform.matching.wishes import REVIEW
from gems_platform.reviews import repository as reviews
from gems_platform.schemas import raw, text
from gems_platform.settings import Settings
from gems_platform.tasks import record
from gems_platform.tasks import repository as tasks
from gems_platform.tasks.tables import AssignmentRow, TaskRow
from gems_protocol.audit import NO_SEED, commit
from gems_protocol.draw import Candidate, commitment, drawn, panel_seed
from gems_protocol.draw_record import DrawRecord
from gems_protocol.messages import Submission
from gems_protocol.task import Task
from gems_protocol.verification.commissioned import COMMISSION_ROUND
from gems_protocol.verification.needs import Ability, check_needs
from gems_protocol.verification.policy import NotOffered
from gems_protocol.verification.standing import GRADE_A, GRADE_B

PANELS_AT_ONCE = 200


@dataclass
class _Person:
    """Somebody who waits for reviews; left, free: seats and base units of stake that they can still take."""

    wish: WishRow
    families: frozenset[str] | None
    grade: int
    left: int
    free: int
    ability: Ability
    linked: frozenset[str] = field(default_factory=frozenset)


def seed_of(given: AssignmentRow, round_: int) -> bytes:
    """The seed of a round's panel for a submission whose audit is drawn."""
    submission = Submission(raw(given.hash), raw(str(given.result_hash)), raw(str(given.salt)))
    seed = raw(given.seed) if given.seed else NO_SEED
    return panel_seed(
        raw(given.secret),
        submission.salt,
        submission.struct_hash(),
        seed,
        attempt=given.attempt,
        round_=round_,
    )


def round_number(task: Task) -> int:
    """The number that a task's present round of judging has in messages."""
    return COMMISSION_ROUND if task.commission else task.round


def draw_if_due(session: Session, settings: Settings, now: int) -> None:
    """Draw the round that is over: every free seat among the oldest panels, among all who wait."""
    repository.forget(session, REVIEW, now, settings.wish_s)
    if not wishes.is_due(session, settings, REVIEW, now):
        return
    before = now // settings.allot_s * settings.allot_s
    found = repository.waiting(session, REVIEW, before)
    before = found[-1].since if len(found) > repository.MOST_WISHES else before
    people = [_person(session, wish, now) for wish in found[: repository.MOST_WISHES]]
    rows = reviews.oldest_wanting(session, PANELS_AT_ONCE)
    if people and not rows:
        return  # nothing to draw for: the round stays open
    if people:
        _Draws(session, settings, people, rows, before, now).all()
    still = any(person.left > 0 for person in people)
    wishes.close_round(session, settings, REVIEW, now, more=still)


def _person(session: Session, wish: WishRow, now: int) -> _Person:
    told = json.loads(wish.facts)
    families = told.get("families")
    return _Person(
        wish=wish,
        families=None if families is None else frozenset(families),
        grade=told.get("grade", 0),
        left=wish.count - len(repository.held(session, wish.worker, now)),
        free=int(told.get("free", "0")),
        ability=Ability(**told.get("ability", {})),
        linked=repository.linked(session, wish.worker),
    )


def suits(campaign: Facts, ability: Ability) -> bool:
    """Whether somebody said nothing that keeps them from a campaign's tasks."""
    try:
        check_needs(campaign.manifest.policy, campaign.manifest.languages, ability)
    except NotOffered:
        return False
    return True


class _Draws:
    """The draws of one round; what somebody gets in one counts in the next."""

    def __init__(
        self,
        session: Session,
        settings: Settings,
        people: list[_Person],
        rows: Sequence[TaskRow],
        before: int,
        now: int,
    ) -> None:
        self._session, self._settings, self._before, self._now = session, settings, before, now
        self._people, self._rows = people, rows
        where: list[Where] = [(row.campaign_id, row.index) for row in rows]
        self._had: set[tuple[str, int, str]] = set()
        self._judged: set[tuple[str, int, str]] = set()
        for name in {name for name, _ in where}:
            indexes = [index for at, index in where if at == name]
            self._had.update((name, index, who) for index, who, _ in tasks.miners_of(session, name, indexes))
            self._judged.update(
                (name, index, who) for index, who in tasks.verifiers_of(session, name, indexes)
            )
        self._held = repository.holds_on(session, where, now)
        self._shares = shares.Shares(session, settings)

    def all(self) -> None:
        """One draw for each panel with seats that are kept for nobody."""
        for row in self._rows:
            seats = row.seats_wanted - self._held.get((row.campaign_id, row.index), 0)
            if seats > 0:
                self._draw(row, seats)

    def _draw(self, row: TaskRow, seats: int) -> None:
        about = campaigns.get(self._session, row.campaign_id)
        campaign = facts(about)
        task = record.load(row, campaign)
        given = tasks.assignment_of(self._session, row.campaign_id, row.index, task.attempt)
        by_name = {
            names.name(self._session, row.campaign_id, person.wish.worker): person for person in self._people
        }
        people = [by_name[name] for name in sorted(by_name)]
        candidates = tuple(Candidate(name, weight(by_name[name].grade)) for name in sorted(by_name))
        excluded: dict[int, str] = {}
        for place, person in enumerate(people):
            why = self._why_not(person, row, task, given, campaign, about.requester)
            if why:
                excluded[place] = why
        number = round_number(task)
        chosen = drawn(seed_of(given, number), candidates, seats, excluded)
        if not chosen:
            return
        shown = DrawRecord(
            candidates, excluded, seats, tuple(chosen), self._now, self._before, commitment(candidates)
        )
        self._session.add(
            PanelDrawRow(
                campaign_id=row.campaign_id,
                index=row.index,
                attempt=task.attempt,
                round=number,
                at=self._now,
                record=json.dumps(shown.to_json()),
            )
        )
        for place in chosen:
            self._keep(people[place], row, task)

    def _why_not(
        self, person: _Person, row: TaskRow, task: Task, given: AssignmentRow, campaign: Facts, requester: str
    ) -> str:
        me = person.wish.worker
        key = (row.campaign_id, row.index, me)
        rules = (
            ("requester", me == requester),
            ("author", key in self._had),
            ("judged", key in self._judged),
            ("linked", given.miner in person.linked),
            ("family", person.families is not None and campaign.family not in person.families),
            ("needs", not suits(campaign, person.ability)),
            ("full", person.left <= 0),
            ("bond", task.review_stake.units > person.free),
            ("share", not self._shares.has_room(row.campaign_id, me)),
        )
        return next((why for why, holds in rules if holds), "")

    def _keep(self, person: _Person, row: TaskRow, task: Task) -> None:
        until = self._now + self._settings.hold_s
        me = person.wish.worker
        self._session.add(HoldRow(campaign_id=row.campaign_id, index=row.index, worker=me, until=until))
        person.wish.won_until = until
        person.left -= 1
        person.free -= task.review_stake.units
        self._shares.take(row.campaign_id, me)


def weight(grade: int) -> int:
    """The most trusted first: 8 for grade A, 4 for B, 2 for everybody else who is over the bar."""
    return {GRADE_A: 8, GRADE_B: 4}.get(grade, 2)


def show(session: Session, campaign_id: str, index: int, attempt: int) -> dict[str, Any]:
    """The draws of an attempt's panels in order; once its verdict stands what they were drawn by, and who voted.

    seed: what `panel_seed` takes, with the hub's commitment to its secret. voted: under which name each verifier was
    a candidate; the others' names stay theirs.
    """
    draws = [
        {"round": row.round, **json.loads(row.record)}
        for row in repository.draws(session, campaign_id, index, attempt)
    ]
    given = tasks.find_assignment(session, campaign_id, index, attempt)
    if given is None or not given.final or given.submission_root is None:
        return {"draws": draws, "seed": None, "voted": []}
    seats = reviews.of_attempt(session, campaign_id, index, attempt)
    seed = {
        "assignment_hash": given.hash,
        "result_hash": given.result_hash,
        "salt": given.salt,
        "secret": given.secret,
        "seed": given.seed or text(NO_SEED),
        "commit": text(commit(raw(given.secret))),
    }
    voted = [
        {
            "round": seat.round,
            "verifier": seat.verifier,
            "salt": text(names.salt(session, campaign_id, seat.verifier)),
        }
        for seat in seats
        if seat.accept is not None
    ]
    return {"draws": draws, "seed": seed, "voted": voted}
