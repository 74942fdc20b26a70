# SPDX-License-Identifier: Apache-2.0
"""Standings, the right to verify, removal and weights, over a real store and HTTP."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from eth_utils import keccak
from sqlalchemy.orm import Session

from gems_platform.app import Server
from gems_platform.errors import NotAllowed, NotAVerifier
from gems_platform.gold import repository as gold
from gems_platform.gold.tables import GoldCheckRow
from gems_platform.settings import DAY
from gems_platform.trust import removal, repository, service, standing, weights
from gems_platform.trust.shown import shown_profile
from gems_protocol.messages import StandingNote
from gems_protocol.rules import family_hash
from gems_protocol.signature import address_of
from gems_protocol.trust import eigentrust
from gems_protocol.trust.difficulty import difficulty_weights
from gems_protocol.trust.profile import profile
from gems_protocol.trust.score import Outcome
from gems_protocol.trust.weights import DifficultyWeights, RequesterWeights
from gems_protocol.verification import Standing, standing_of
from gems_protocol.verification.commissioned import after_commissioned_failure
from tests.platform.api import Person, Refused
from tests.platform.conftest import HandClock, key
from tests.platform.world import world

TEXT, IMAGES = "text-classification", "image-boxes"
MR = 10**18


def judged(session: Session, worker: str, rights: list[bool], **changes: Any) -> None:
    """An outcome for each, in this order."""
    start = repository.last_number(session)
    for place, right in enumerate(rights, start):
        values: dict[str, Any] = {
            "worker": worker,
            "campaign_id": "0x" + keccak(text="a campaign").hex(),
            "index": place,
            "attempt": 0,
            "assignment_hash": "0x" + keccak(text=f"{worker} {place}").hex(),
            "requester": address_of(key("requester a")),
            "family": TEXT,
            "difficulty": "easy",
            "accepted": right,
            "first_try": right,
            "poor": False,
            "commission": 0,
            "mr": MR,
            "judged_at": 1_700_000_000 + place,
        }
        service.record_outcome(session, **{**values, **changes})


def checked(session: Session, worker: str, rights: list[bool], at: int, role: str = "verifier") -> None:
    """A hidden check for each."""
    for place, right in enumerate(rights, len(gold.rights(session, worker, None))):
        gold.add_check(
            session,
            GoldCheckRow(
                worker=worker, role=role, family=TEXT, campaign_id="0x" + "aa" * 32, index=place, attempt=0,
                right=right, at=at,
            ),
        )  # fmt: skip


async def test_a_standing_is_of_one_family_and_n_of_all(
    server: Server, person: Callable[[str], Person], clock: HandClock
) -> None:
    ctx = server.app.state.context
    anna = await person("anna").sign_in()
    with ctx.db.read() as session:
        assert standing.standing(session, anna.address, TEXT) == Standing(weighed_right=0, weighed=0)
    with ctx.db.write() as session:
        judged(session, anna.address, [True] * 9)
        judged(session, anna.address, [True, False, True], family=IMAGES)
        checked(session, anna.address, [True, True, False, True, True, True], clock.at)
    with ctx.db.read() as session:
        found = standing.standing(session, anna.address, TEXT)
        images = standing.standing(session, anna.address, IMAGES)
        signed = standing.note(session, ctx.settings, anna.address, TEXT, clock.at)
    assert found.passes == images.passes == (9 + 1) // 2 + 1
    assert (found.settled, found.settled_right, found.evidence) == (9, 9, (900, 900))
    assert (found.gold, found.gold_right) == (5, 4)  # five at a time, so that no single one can be told
    assert (images.settled, images.settled_right, images.gold) == (3, 2, 0)
    message = StandingNote.from_json(signed["message"])
    message.check(ctx.settings.campaigns_domain, bytes.fromhex(signed["signature"][2:]), ctx.settings.hub)
    assert message.family == family_hash(TEXT) and message.worker == anna.address
    assert standing_of(message) == found


async def test_farmed_tasks_are_no_evidence(
    server: Server, person: Callable[[str], Person], clock: HandClock
) -> None:
    """Two hundred tasks from one requester, always right: evidence of twenty at most, of less where it is easy."""
    ctx, anna = server.app.state.context, await person("anna").sign_in()
    with ctx.db.write() as session:
        judged(session, anna.address, [True] * 201)
    with ctx.db.read() as session:
        plain = standing.standing(session, anna.address, TEXT)
    with ctx.db.write() as session:
        weights.keep(session, weights.compute(session, ctx.settings), clock.at)
    with ctx.db.read() as session:
        weighed = standing.standing(session, anna.address, TEXT)
    assert (plain.settled, plain.evidence) == (201, (2000, 2000))
    assert weighed.settled == 201 and weighed.evidence[1] < 500
    assert weighed.accuracy < Fraction(4, 5) < plain.accuracy


async def test_what_strangers_found_poor_is_wrong_and_lowers_n_by_the_fee(
    server: Server, person: Callable[[str], Person]
) -> None:
    ctx, anna = server.app.state.context, await person("anna").sign_in()
    with ctx.db.write() as session:
        judged(session, anna.address, [True] * 30)
        judged(session, anna.address, [True], poor=True, commission=MR // 4)
        judged(session, anna.address, [True], first_try=False)
    with ctx.db.read() as session:
        found = standing.standing(session, anna.address, TEXT)
    assert found.passes == after_commissioned_failure(30, Fraction(1, 4)) + 1
    assert (found.settled, found.settled_right) == (32, 31)
    shown = (await anna.get(f"/v1/trust/{anna.address}"))["outcomes"]
    assert [one["poor"] for one in shown[-2:]] == [True, False]
    assert [one["redone"] for one in shown[-2:]] == [False, True]
    assert shown[-2]["accepted"] is False and shown[-2]["commission"] == str(MR // 4)


async def test_the_grade_follows_the_profile_of_the_family(
    server: Server, person: Callable[[str], Person]
) -> None:
    ctx, anna = server.app.state.context, await person("anna").sign_in()
    with ctx.db.write() as session:
        for name in ("a", "b", "c"):
            judged(session, anna.address, [True] * 20, requester=address_of(key(f"requester {name}")))
        judged(session, anna.address, [False] * 20, family=IMAGES)
    with ctx.db.read() as session:
        grades = [standing.standing(session, anna.address, family).grade for family in (TEXT, IMAGES, "x")]
    assert grades == [4, 0, 2]


async def test_a_profile_can_be_computed_again_from_what_is_shown(
    server: Server, person: Callable[[str], Person], clock: HandClock
) -> None:
    ctx, anna = server.app.state.context, await person("anna").sign_in()
    with ctx.db.write() as session:
        judged(session, anna.address, [True] * 25)
        judged(session, anna.address, [True, False] * 8, requester=address_of(key("requester b")))
        judged(session, anna.address, [False, True], family=IMAGES, first_try=False)
        weights.keep(session, weights.compute(session, ctx.settings), clock.at)
    shown = await anna.get(f"/v1/trust/{anna.address}")
    outcomes = [
        Outcome(
            campaign_id=bytes.fromhex(one["campaign_id"][2:]),
            **{
                name: one[name]
                for name in (
                    "index", "attempt", "requester", "accepted", "first_try", "redone", "judged_at",
                    "family", "difficulty",
                )
            },
        )
        for one in shown["outcomes"]
    ]  # fmt: skip
    known = shown["weights"]
    assert known["at"] == clock.at and 0 < known["kinds"][0]["weight"] < 1
    again = profile(
        outcomes,
        RequesterWeights(known["requesters"]),
        DifficultyWeights({(one["family"], one["difficulty"]): one["weight"] for one in known["kinds"]}),
    )
    assert shown_profile(again) == shown["profile"]
    assert shown["passes"] == standing.passes_of(
        repository.Passing(one["accepted"], one["poor"], int(one["commission"]), int(one["mr"]))
        for one in shown["outcomes"]
    )


async def test_who_may_verify_is_asked_for_each_family(
    server: Server, person: Callable[[str], Person], clock: HandClock
) -> None:
    ctx, anna = server.app.state.context, await person("anna").sign_in()
    with ctx.db.write() as session:
        judged(session, anna.address, [True] * 19)
    with ctx.db.read() as session:
        with pytest.raises(NotAVerifier, match="1 more checked task before you can review"):
            service.check_verifier(session, ctx.settings, anna.address, TEXT, clock.at)
        with pytest.raises(NotAVerifier, match="20 more checked tasks"):
            service.check_verifier(session, ctx.settings, anna.address, IMAGES, clock.at)
    with ctx.db.write() as session:
        judged(session, anna.address, [True])
    with (
        ctx.db.read() as session,
        pytest.raises(NotAVerifier, match="for one more requester"),
    ):
        service.check_verifier(session, ctx.settings, anna.address, TEXT, clock.at)
    with ctx.db.write() as session:
        judged(session, anna.address, [True] * 5, requester=address_of(key("requester b")))
    with (
        ctx.db.read() as session,
        pytest.raises(NotAVerifier, match="5 more checked tasks for other requesters"),
    ):
        service.check_verifier(session, ctx.settings, anna.address, TEXT, clock.at)
    with ctx.db.write() as session:
        judged(session, anna.address, [True] * 5, requester=address_of(key("requester b")))
    with ctx.db.read() as session:
        service.check_verifier(session, ctx.settings, anna.address, TEXT, clock.at)
        service.check_verifier(session, ctx.settings, anna.address)
        assert service.families_to_verify(session, ctx.settings, anna.address, clock.at) == {TEXT}
    shown = await anna.get(f"/v1/trust/{anna.address}")
    assert (shown["verifier"], shown["missing"], shown["verifies"]) == (True, None, [TEXT])


async def test_failed_hidden_checks_suspend_a_verifier_for_a_while(
    server: Server, person: Callable[[str], Person], clock: HandClock
) -> None:
    ctx, anna = server.app.state.context, await person("anna").sign_in()
    with ctx.db.write() as session:
        for name in ("a", "b"):
            judged(session, anna.address, [True] * 20, requester=address_of(key(f"requester {name}")))
        checked(session, anna.address, [True, False, False, False], clock.at)
        service.check_verifier(session, ctx.settings, anna.address, TEXT, clock.at)  # four say nothing yet
        checked(session, anna.address, [True], clock.at)
    with ctx.db.read() as session:
        with pytest.raises(NotAVerifier, match="2 of your last 5 hidden checks as a reviewer were right"):
            service.check_verifier(session, ctx.settings, anna.address, TEXT, clock.at)
        service.check_verifier(session, ctx.settings, anna.address, TEXT, clock.at + 31 * DAY)


async def test_a_removed_worker_appeals_and_starts_anew_when_let_back(
    server: Server, person: Callable[[str], Person], clock: HandClock
) -> None:
    ctx, anna = server.app.state.context, await person("anna").sign_in()
    with pytest.raises(Refused) as refused:
        await anna.post("/v1/trust/appeal", {"reason": "Let me in."})
    assert refused.value.code == "conflict"
    with ctx.db.write() as session:
        for name in ("a", "b"):
            judged(session, anna.address, [False, False, True] * 5, requester=address_of(key(f"r {name}")))
    with ctx.db.read() as session, pytest.raises(NotAllowed) as told:
        removal.check(session, anna.address)
    assert told.value.message == "10 of your 30 checked tasks were right: too few to go on."
    assert "appeal" in told.value.action
    shown = await anna.get(f"/v1/trust/{anna.address}")
    assert shown["removed"] is True and shown["appeal"] is None
    state = await anna.post("/v1/trust/appeal", {"reason": "The requester's instructions were wrong."})
    assert state["removed"] is True and state["appeal"] == {"made_at": clock.at, "answered_at": None}
    await anna.post("/v1/trust/appeal", {"reason": "And the campaign was changed."})
    with ctx.db.read() as session:
        assert [one["reason"] for one in removal.waiting(session)] == ["And the campaign was changed."]
    clock.at += DAY
    with ctx.db.write() as session:
        removal.reinstate(session, anna.address, clock.at)
    with ctx.db.read() as session:
        removal.check(session, anna.address)
        assert removal.waiting(session) == []
    shown = await anna.get(f"/v1/trust/{anna.address}")
    assert (shown["removed"], shown["reinstated_at"]) == (False, clock.at)
    assert shown["appeal"]["answered_at"] == clock.at
    with ctx.db.write() as session:
        for name in ("a", "b"):
            judged(session, anna.address, [False] * 15, requester=address_of(key(f"r {name}")))
    assert (await anna.get(f"/v1/trust/{anna.address}"))["removed"] is True


async def test_a_removed_worker_gets_no_lease(tmp_path: Path, clock: HandClock) -> None:
    async with world(tmp_path, clock) as live:
        campaign, anna = await live.campaign(2), await live.person("anna")
        await anna.post("/v1/channel", {})
        with live.server.app.state.context.db.write() as session:
            for name in ("a", "b"):
                judged(session, anna.address, [False] * 15, requester=address_of(key(f"r {name}")))
        with pytest.raises(Refused) as refused:
            await live.lease(anna, campaign, 1)
        assert (refused.value.status, refused.value.code) == (403, "not_allowed")
        assert "0 of your 30 checked tasks" in refused.value.error["message"]


async def test_weights_come_hourly_and_a_farm_counts_nothing_where_trust_has_a_beginning(
    server: Server, person: Callable[[str], Person], clock: HandClock
) -> None:
    ctx = server.app.state.context
    settings = replace(ctx.settings, pretrusted_requesters=(address_of(key("requester a")),))
    farm = address_of(key("farm"))
    with ctx.db.write() as session:
        assert not weights.is_due(session, clock.at)  # nothing was judged yet
    people = [await person(name).sign_in() for name in ("anna", "ben", "eve")]
    with ctx.db.write() as session:
        for worker in people[:2]:
            judged(session, worker.address, [True, True, False, True, True] * 4)
            judged(session, worker.address, [True] * 6, requester=address_of(key("requester b")))
        judged(session, people[2].address, [True] * 40, requester=farm)
        assert weights.is_due(session, clock.at)
        weights.keep(session, weights.compute(session, settings), clock.at)
        assert not weights.is_due(session, clock.at + 3599)
        assert not weights.is_due(session, clock.at + 3600)  # nothing new
    with ctx.db.read() as session:
        everybody = list(repository.everybody(session))
        found, _ = weights.weights_for(session, [outcome for _, outcome in everybody])
        mine, kinds = weights.weights_for(session, repository.outcomes(session, people[2].address))
    wanted = eigentrust.requester_weights(
        eigentrust.edges_of(everybody), {address_of(key("requester a")): 1.0}, unknown=0.0
    )
    assert found.by_requester == pytest.approx(wanted.by_requester)
    weighed = difficulty_weights((outcome for _, outcome in everybody), wanted)
    assert kinds.by_kind == pytest.approx(weighed.by_kind)
    assert found.of(farm) == 0 and found.of(address_of(key("requester a"))) == 1
    assert found.of("0x" + "99" * 20) == 0
    assert profile(repository_outcomes(ctx, people[2].address), mine, kinds).evidence.n == 0
    with ctx.db.write() as session:
        weights.keep(
            session, weights.compute(session, ctx.settings), clock.at + 7200
        )  # trust begins everywhere
        everywhere, _ = weights.weights_for(session, [outcome for _, outcome in everybody])
    assert everywhere.of(farm) > 0 and everywhere.of("0x" + "99" * 20) == 1


def repository_outcomes(ctx: Any, worker: str) -> list[Outcome]:
    with ctx.db.read() as session:
        return repository.outcomes(session, worker)
