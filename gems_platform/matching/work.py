# SPDX-License-Identifier: Apache-2.0
"""Rounds of a campaign's tasks: who waits is drawn, by weights that favour who has had least of it."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy.orm import Session

from gems_platform.campaigns import repository as campaigns
from gems_platform.campaigns.tables import CampaignRow
from gems_platform.matching import names, repository, tallies, wishes
from gems_platform.matching.tables import RoundRow, WishRow
from gems_platform.matching.wishes import Ask
from gems_platform.schemas import raw, text
from gems_platform.settings import Settings
from gems_protocol.audit import MILLION
from gems_protocol.draw import Candidate, allotted, ranked, work_seed
from gems_protocol.task import TaskState
from gems_protocol.verification.standing import GRADE_B

SEEN_MOST = 1_000  # tasks of a campaign up to which it matters how many somebody had


def supply(session: Session, campaign: CampaignRow, now: int, but: str = "") -> int:
    """Open tasks of a campaign that are kept for nobody else than `but`."""
    open_ = tallies.count(session, campaign.id, TaskState.OPEN.value)
    return max(0, open_ - repository.won(session, campaign.id, now, but))


def draw_if_due(session: Session, settings: Settings, campaign: CampaignRow, now: int) -> None:
    """Draw the round that is over, among all who wait: each gets a part, and the last ones are drawn."""
    repository.forget(session, campaign.id, now, settings.wish_s)
    if not wishes.is_due(session, settings, campaign.id, now):
        return
    number = repository.pool(session, campaign.id).round
    row = repository.round_of(session, campaign.id, number)
    before = now // settings.allot_s * settings.allot_s
    waiting = repository.waiting(session, campaign.id, before)[: repository.MOST_WISHES]
    left = supply(session, campaign, now)
    if row is None or not waiting:
        wishes.close_round(session, settings, campaign.id, now, more=False)
        return
    if not left:
        return  # nothing to draw for: the round stays open
    found = _draw(session, settings, campaign, row, waiting, left, now)
    short = sum(wish.count for wish in waiting) > sum(found.values())
    wishes.close_round(session, settings, campaign.id, now, more=short)


def _draw(
    session: Session,
    settings: Settings,
    campaign: CampaignRow,
    row: RoundRow,
    waiting: Any,
    left: int,
    now: int,
) -> dict[int, int]:
    by_name: dict[bytes, WishRow] = {names.name(session, campaign.id, wish.worker): wish for wish in waiting}
    people = [by_name[name] for name in sorted(by_name)]
    had = [repository.had(session, campaign.id, wish.worker, SEEN_MOST) for wish in people]
    mean = sum(had) / len(had)
    candidates = [
        Candidate(name, weight(number, mean, json.loads(wish.facts).get("grade", 0)))
        for name, wish, number in zip(sorted(by_name), people, had, strict=True)
    ]
    wanted = {
        place: min(wish.count, room(session, settings, campaign, wish.worker))
        for place, wish in enumerate(people)
    }
    seed = work_seed(raw(row.secret), raw(campaign.id), [raw(wish.request_id) for wish in people])
    found = allotted(ranked(seed, candidates), wanted, left)
    for place, number in found.items():
        if number:
            people[place].won, people[place].won_until = number, now + settings.hold_s
    row.candidates = json.dumps([[text(one.name), one.weight] for one in candidates])
    row.requests = json.dumps([[wish.request_id, wanted[place]] for place, wish in enumerate(people)])
    row.chosen = json.dumps(sorted([place, number] for place, number in found.items() if number))
    row.supply, row.drawn_at = left, now
    return found


def weight(had: int, mean: float, grade: int) -> int:
    """4 for who had nothing of the campaign yet, 2 for who had less than others, 1; twice that from grade B on."""
    least = 4 if had == 0 else 2 if had < mean else 1
    return least * (2 if grade >= GRADE_B else 1)


def allowance(session: Session, settings: Settings, ask: Ask) -> int:
    """How many tasks the asker may have now: all of them while nobody waits, else what a round gave them."""
    if not settings.allot_s:
        return ask.count
    if repository.is_contested(session, ask.pool, ask.now):
        return min(ask.count, wishes.kept(session, ask))
    return min(ask.count, room(session, settings, campaigns.get(session, ask.pool), ask.worker))


def is_full(session: Session, settings: Settings, ask: Ask) -> bool:
    """Whether the asker has as much of the campaign in hand as one person may."""
    return bool(settings.allot_s) and not room(
        session, settings, campaigns.get(session, ask.pool), ask.worker
    )


def room(session: Session, settings: Settings, campaign: CampaignRow, worker: str) -> int:
    """How many more tasks of a campaign somebody may have in hand at one time."""
    most = max(campaign.tasks_total * settings.work_share_ppm // MILLION, settings.work_share_least)
    return max(0, most - repository.in_hand(session, campaign.id, worker))


def show_round(row: RoundRow) -> dict[str, Any]:
    """A drawn round as anybody may see it and compute it again."""
    return {
        "round": row.number,
        "drawn_at": row.drawn_at,
        "secret": row.secret,
        "candidates": json.loads(row.candidates),
        "requests": json.loads(row.requests),
        "supply": row.supply,
        "chosen": json.loads(row.chosen),
    }
