# SPDX-License-Identifier: Apache-2.0
"""Practice sets: a campaign's own examples, right or wrong with the author's hint, never the answer."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy.orm import Session

from gems_platform.campaigns import modules
from gems_platform.campaigns import repository as campaigns
from gems_platform.campaigns.facts import Facts, facts
from gems_platform.errors import Conflict, Late, Malformed, NotAllowed, NotFound
from gems_platform.gold import repository
from gems_platform.gold.tables import PracticeRow, PracticeTryRow
from gems_platform.media import repository as media
from gems_platform.media.names import media_of
from gems_platform.schemas import text
from gems_platform.settings import DAY
from gems_protocol.instructions import pictures
from gems_protocol.practice import Answered, PracticeItem, graded, items_of, passes

TRIES_A_DAY = 3


def store(session: Session, campaign_id: str, config: str, share_ppm: int, value: Any) -> None:
    """Keep a new campaign's practice set; value: [{"data", "answer", "hint"}] or None.

    share_ppm: what the campaign's policy asks for, 0 for nothing. Raises Malformed and MalformedMessage.
    """
    items = items_of(value)
    if share_ppm and not items:
        raise Malformed("This campaign asks for practice and has no practice set.")
    modules.check_tasks(config, [item.data for item in items])
    names = {name for item in items for name in media_of(item.data)}
    if len(media.sizes(session, names)) != len(names):
        raise Malformed("A practice task's media file is not here.", action="Upload every media file first.")
    for item in items:
        modules.check_answer(config, item.data, item.answer)
    repository.add_practice(
        session,
        [
            PracticeRow(
                campaign_id=campaign_id,
                place=place,
                data=json.dumps(item.data),
                answer=json.dumps(item.answer),
                hint=item.hint,
            )
            for place, item in enumerate(items)
        ],
    )


def share_of(campaign: Facts) -> int:
    """The share of the practice set, in ppm, that must be right before the first task; 0 for none."""
    return campaign.manifest.policy.params.get("practice_ppm", 0)


def check(session: Session, worker: str, campaign: Facts) -> None:
    """Raise NotAllowed unless the worker passed the campaign's practice, where it asks for that."""
    share = share_of(campaign)
    if share and not repository.has_passed(session, worker, text(campaign.campaign_id)):
        raise NotAllowed(
            f"This campaign asks for practice first: {share / 10_000:g} % of its examples must be right.",
            safe="Nothing was taken.",
            action=f"Open the campaign and choose Practise; there are {TRIES_A_DAY} tries a day.",
        )


def show(session: Session, worker: str, campaign_id: str) -> dict[str, Any]:
    """The practice tasks without their answers; raises NotFound where there are none."""
    row = campaigns.get(session, campaign_id)
    tasks = [(item.place, json.loads(item.data)) for item in repository.practice(session, campaign_id)]
    if not tasks:
        raise NotFound("This campaign has no practice.")
    asked = pictures(facts(row).manifest.instructions)
    every = {*asked, *(name for _, data in tasks for name in media_of(data))}
    sizes = media.sizes(session, every)
    return {
        "tasks": [
            {
                "place": place,
                "data": data,
                "media": [
                    {"sha256": name, "size": sizes[name]}
                    for name in dict.fromkeys([*media_of(data), *asked])
                    if name in sizes
                ],
            }
            for place, data in tasks
        ],
        "share_ppm": share_of(facts(row)),
        "passed": repository.has_passed(session, worker, campaign_id),
    }


def take(
    session: Session, worker: str, campaign_id: str, answers: list[dict[str, Any]], now: int
) -> dict[str, Any]:
    """Grade a try at the whole set; raises Late when today's tries are used up, Malformed, Conflict, NotFound."""
    campaign = facts(campaigns.get(session, campaign_id))
    items = [
        PracticeItem(json.loads(row.data), json.loads(row.answer), row.hint)
        for row in repository.practice(session, campaign_id)
    ]
    if not items:
        raise NotFound("This campaign has no practice.")
    if repository.has_passed(session, worker, campaign_id):
        raise Conflict("You have passed this practice already.")
    if repository.tries(session, worker, campaign_id, now - DAY) >= TRIES_A_DAY:
        raise Late(
            f"You have used the {TRIES_A_DAY} tries of a day.",
            safe="Your best try is not counted against you.",
            action="Look at the hints and try again tomorrow.",
        )
    config = campaign.manifest.module.config
    given = [Answered(one["place"], one["answer"]) for one in answers]
    if sorted(one.place for one in given) != list(range(len(items))):
        raise Malformed("A try answers every practice task once.")
    for one in given:
        modules.check_answer(config, items[one.place].data, one.answer)
    results = graded(items, given, campaign.rules.same)
    right = sum(result.right for result in results)
    passed = passes(right, len(items), share_of(campaign))
    repository.add_try(
        session,
        PracticeTryRow(
            worker=worker, campaign_id=campaign_id, right=right, of=len(items), passed=passed, at=now
        ),
    )
    return {
        "right": right,
        "of": len(items),
        "passed": passed,
        "items": [{"place": one.place, "right": one.right, "hint": one.hint} for one in results],
    }
