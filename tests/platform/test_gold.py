# SPDX-License-Identifier: Apache-2.0
"""Hidden checks: committed to beforehand, mixed in where nobody can tell, shown to nobody before the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from gems_platform.app import Server
from gems_platform.campaigns import repository as campaigns
from gems_platform.campaigns.facts import facts
from gems_platform.gold import linking, repository, service
from gems_platform.gold.tables import GoldCheckRow
from gems_platform.tasks.tables import TaskRow
from gems_protocol.gold import GoldItem, gold_root
from tests.platform.api import Person, Refused
from tests.platform.conftest import HandClock
from tests.platform.drafts import draft, known
from tests.platform.world import BAD, GOOD, World, world

FAMILY = "text-classification"


def sentences(count: int) -> list[dict[str, Any]]:
    return [{"text": f"Sentence {number}."} for number in range(count)]


def past(session: Session, worker: str, checks: int) -> None:
    """Hidden checks that the worker had in another campaign."""
    for index in range(checks):
        repository.add_check(
            session,
            GoldCheckRow(
                worker=worker, role="miner", family=FAMILY, campaign_id="0x" + "ee" * 32, index=index,
                attempt=0, right=True, at=1,
            ),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("gold", "root", "message"),
    [
        (known({0: GOOD}), bytes(32), "gold root"),
        (None, b"\x07" * 32, "gold root"),
        (known({9: GOOD}), None, "no task 10"),
        (known({0: []}), None, "Nothing is answered"),
        (known({0: GOOD}) + known({0: BAD}), b"\x07" * 32, "two known answers"),
    ],
)
async def test_known_answers_must_be_those_of_the_manifest(
    person: Callable[[str], Person],
    clock: HandClock,
    gold: list[GoldItem] | None,
    root: bytes | None,
    message: str,
) -> None:
    requester = await person("requester").sign_in()
    with pytest.raises(Refused) as refused:
        await draft(requester, clock, sentences(3), gold=gold, root=root)
    assert refused.value.code == "malformed" and message in refused.value.error["message"]


async def test_they_are_shown_after_the_end_and_prove_what_was_committed_to(
    person: Callable[[str], Person], clock: HandClock
) -> None:
    requester, items = await person("requester").sign_in(), known({2: BAD, 0: GOOD})
    campaign = await draft(requester, clock, sentences(3), gold=items)
    for who in (requester, person("nobody")):
        with pytest.raises(Refused) as refused:
            await who.get(f"/v1/campaigns/{campaign}/gold")
        assert (refused.value.status, refused.value.code) == (409, "conflict")
    clock.at += 31 * 86_400
    shown = (await person("nobody").get(f"/v1/campaigns/{campaign}/gold"))["gold"]
    manifest = (await person("nobody").get(f"/v1/campaigns/{campaign}"))["manifest"]
    assert "0x" + gold_root([GoldItem.from_json(one) for one in shown]).hex() == manifest["gold_root"]
    assert [one["index"] for one in shown] == [0, 2]


async def test_newcomers_meet_them_early_and_others_seldom(
    server: Server, person: Callable[[str], Person], clock: HandClock
) -> None:
    requester = await person("requester").sign_in()
    items = known(dict.fromkeys(range(0, 400, 10), GOOD))
    campaign = await draft(requester, clock, sentences(400), gold=items)
    is_gold, every = {item.index for item in items}, list(range(400))
    orders = []
    for number in range(12):
        anna = await person(f"anna {number}").sign_in()
        with server.app.state.context.db.write() as session:
            new = service.prefer(session, anna.address, FAMILY, campaign, every)
            again = service.prefer(session, anna.address, FAMILY, campaign, list(reversed(every)))
            past(session, anna.address, 10)
            old = service.prefer(session, anna.address, FAMILY, campaign, every)
        assert sorted(new) == sorted(old) == every and new == again
        assert 7 <= sum(index in is_gold for index in new[:30]) <= 15
        assert sum(index in is_gold for index in old[:200]) <= 25
        orders.append([index in is_gold for index in new[:20]])
    firsts = [order[0] for order in orders]
    assert True in firsts and False in firsts  # no place in a batch tells
    total = sum(sum(order) for order in orders)
    assert 70 <= total <= 140


async def test_no_known_task_comes_with_an_input_that_was_seen(
    server: Server, person: Callable[[str], Person], clock: HandClock
) -> None:
    requester, anna = await person("requester").sign_in(), await person("anna").sign_in()
    twice = [*sentences(4), {"text": "Sentence 3."}]
    campaign = await draft(requester, clock, twice, gold=known({3: GOOD, 4: GOOD}))
    with server.app.state.context.db.read() as session:
        found = service.prefer(session, anna.address, FAMILY, campaign, list(range(5)))
    assert len(found) == 4 and {0, 1, 2} < set(found)


async def test_without_known_answers_nothing_changes(
    server: Server, person: Callable[[str], Person], clock: HandClock
) -> None:
    requester = await person("requester").sign_in()
    campaign = await draft(requester, clock, sentences(3))
    with server.app.state.context.db.read() as session:
        assert service.prefer(session, requester.address, FAMILY, campaign, [2, 0, 1]) == [2, 0, 1]


def checks(live: World) -> list[tuple[str, str, bool]]:
    with live.server.app.state.context.db.read() as session:
        rows = session.scalars(select(GoldCheckRow).order_by(GoldCheckRow.id)).all()
        return [(row.worker, row.role, row.right) for row in rows]


async def _with_gold(live: World, answers: dict[int, Any], policy: str, count: int) -> str:
    items = known(answers)
    extra = {"gold": [item.to_json() for item in items]}
    rounds = 2 if policy == "evidence" else 3
    return await live.campaign(count, policy, gold_root=gold_root(items), extra=extra, rounds=rounds)


async def test_miners_and_blind_verifiers_are_measured_and_cannot_tell(
    tmp_path: Path, clock: HandClock
) -> None:
    async with world(tmp_path, clock) as live:
        campaign = await _with_gold(live, dict.fromkeys(range(5), BAD), "evidence", 8)
        anna, ben = await live.person("anna"), await live.person("verifier 1")
        await anna.post("/v1/channel", {})
        await ben.post("/v1/channel", {})
        await live.work(anna, campaign, 8)  # says GOOD to all
        assert checks(live) == [(anna.address, "miner", False)] * 5
        await live.review(ben, 8, answer=BAD)
        assert checks(live)[5:] == [(ben.address, "verifier", True)] * 5
        shown = await anna.get(f"/v1/trust/{anna.address}")
        assert shown["hidden"] == {"checks": 5, "right": 0}
        assert not any(one["gold"] for one in shown["outcomes"])
        quote = await ben.get(f"/v1/campaigns/{campaign}/quote")
        note = quote["note"]["message"]
        assert (note["gold"], note["gold_right"]) == (5, 5)


async def test_a_vote_is_right_when_the_answer_deserves_it(tmp_path: Path, clock: HandClock) -> None:
    async with world(tmp_path, clock) as live:
        campaign = await _with_gold(live, {0: BAD, 1: GOOD}, "consensus", 2)
        anna = await live.person("anna")
        await anna.post("/v1/channel", {})
        await live.work(anna, campaign, 2)
        for number, accept in ((1, True), (2, False)):
            ben = await live.person(f"verifier {number}")
            await ben.post("/v1/channel", {})
            await live.review(ben, 2, accept)
        found = checks(live)
        assert sorted(right for _, role, right in found if role == "miner") == [False, True]
        for number in (1, 2):
            who = (await live.person(f"verifier {number}")).address
            assert sorted(right for worker, _, right in found if worker == who) == [False, True]


async def test_a_task_that_many_saw_checks_nobody_any_more(
    server: Server, person: Callable[[str], Person], clock: HandClock
) -> None:
    requester = await person("requester").sign_in()
    campaign = await draft(requester, clock, sentences(4), gold=known({1: GOOD, 2: GOOD}))
    ctx = server.app.state.context
    few = replace(ctx.settings, gold_shown_most=3)
    with ctx.db.write() as session:
        for _ in range(2):
            service.were_shown(session, few, campaign, [0, 1])
        assert repository.indexes(session, campaign, range(4)) == {1, 2}
        service.were_shown(session, few, campaign, [1])
        assert repository.indexes(session, campaign, range(4)) == {2}
        known_row = repository.known(session, campaign, 1)
        assert known_row is not None and known_row.retired
        assert not session.get_one(TaskRow, (campaign, 1)).known
        about = facts(campaigns.get(session, campaign))
        assert service.check(session, about, requester.address, "miner", 1, 0, BAD, 1) is None
        assert service.check(session, about, requester.address, "miner", 2, 0, BAD, 1) is False


async def test_one_person_with_two_accounts_is_found(
    server: Server, person: Callable[[str], Person], clock: HandClock
) -> None:
    requester = await person("requester").sign_in()
    campaign = await draft(requester, clock, sentences(120), gold=known(dict.fromkeys(range(120), GOOD)))
    one, two, honest = [(await person(name).sign_in()).address for name in ("one", "two", "honest")]
    db = server.app.state.context.db
    with db.write() as session:
        about = facts(campaigns.get(session, campaign))
        for index in range(120):
            for worker, step in ((one, 8), (two, 8), (honest, 7)):
                answer = BAD if index % step == 0 else GOOD
                service.check(session, about, worker, "verifier", index, 0, answer, index)
    with db.read() as session:
        found = linking.alarms(session)
        assert [(row.one, row.other) for row in found] == [tuple(sorted((one, two)))]
