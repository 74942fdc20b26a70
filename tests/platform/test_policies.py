# SPDX-License-Identifier: Apache-2.0
"""Every verification policy through the whole platform, over HTTP and a real chain, with each verdict recomputed."""

from __future__ import annotations

import json
import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from gems_platform.trust import service as trust
from gems_platform.trust import weights
from gems_protocol import audit
from gems_protocol.amount import Amount
from gems_protocol.audit import DAY_S, seed_chain, seed_place
from gems_protocol.messages import Assignment
from gems_protocol.verdict import Basis
from tests.platform.acts import EVIDENCE, ask, last, newcomer, one_task, states, with_bond
from tests.platform.api import Person, Refused
from tests.platform.conftest import HandClock
from tests.platform.world import BAD, World, world


@pytest.fixture
async def live(tmp_path: Path, clock: HandClock) -> AsyncIterator[World]:
    async with world(tmp_path, clock) as running:
        yield running


async def test_evidence_asks_one_blind_verifier_after_another_until_it_is_sure(live: World) -> None:
    campaign = await live.campaign(1, "evidence", **EVIDENCE)
    anna = await newcomer(live)
    batch = await one_task(live, anna, campaign)
    assert batch["stake_total"] == "0"  # newcomers stake nothing
    for number in range(3):  # odds of two each: 4/5, 8/9, 16/17
        assert not await live.events(anna, "verdict")
        verifier = await live.person(f"verifier {number}")
        body = {"request_id": "0x" + secrets.token_hex(32), "count": 10}
        lease = await verifier.post("/v1/reviews/leases", body)
        (item,) = lease["items"]
        assert item["blind"] and item["answer"] is None
        assert item["assignment"]["message"]["result_hash"] == "0x" + "00" * 32
        with pytest.raises(Refused):  # the next one waits for this answer
            await live.review(await live.person("verifier 11"), 10)
        await live.confirm(verifier, lease)
        await verifier.post("/v1/votes", live.votes(verifier, lease, True))
    event, verdict = await last(live, anna, campaign)
    assert event["final"] and verdict.accepted and verdict.basis is Basis.QUORUM
    assert len(verdict.agreed) == 3 and all(verdict.agreed.values())
    await live.tick()
    assert (await live.books(campaign))[f"worker:{anna.address}"] == Amount.gem("0.50").units
    proof = await anna.get(f"/v1/campaigns/{campaign}/evidence/0/0")
    assert proof["evidence"] == event["evidence"]


async def test_evidence_adopts_the_answer_that_verifiers_agree_on(live: World) -> None:
    anna = await with_bond(live)
    campaign = await live.campaign(1, "evidence", **EVIDENCE)
    batch = await one_task(live, anna, campaign)
    assert batch["stake_total"] == str(Amount.gem("0.25"))
    number = 0
    while not (found := await live.verdicts(anna, campaign)):
        await ask(live, range(number, number + 1), accept=False)
        number += 1
    ((event, verdict),) = found
    assert number > 3  # a miner of twelve right tasks is not outvoted by two strangers
    assert not event["accepted"] and not event["final"] and verdict.answer == BAD
    assert event["appeal"] == {
        "by": "miner",
        "until": live.clock.at + 3600,
        "bond": str(Amount.gem("0.25")),
        "round": 1,
        "seats": 3,
    }
    trust = await anna.get(f"/v1/trust/{anna.address}")
    assert trust["score"]["n"] == 12  # nothing counts before it is final
    assert await anna.post("/v1/verdicts/accept", {"assignment_hashes": [event["assignment_hash"]]}) == {
        "stood": 1
    }
    event, verdict = await last(live, anna, campaign)
    assert event["final"] and not verdict.accepted
    (row,) = await states(live, campaign)
    assert (row["state"], row["answer"], row["adopted"]) == ("answered", BAD, True)
    books = await live.books(campaign)
    assert books[f"worker:{anna.address}"] == -Amount.gem("0.25").units
    assert (await anna.get(f"/v1/trust/{anna.address}"))["score"]["n"] == 13


async def test_a_draw_waits_for_the_seed_of_its_day(live: World) -> None:
    chain = seed_chain(b"\x05" * 32)
    ends = live.clock.at + 20 * DAY_S
    tip = audit.commit(chain[0])
    campaign = await live.campaign(2, "girm", ends=ends, seed_tip=tip)
    anna = await newcomer(live)
    await one_task(live, anna, campaign)
    await live.tick()
    assert not await live.events(anna, "verdict")
    requester = await live.person("requester")
    path = f"/v1/campaigns/{campaign}/seeds"
    (day,) = (await requester.get(path))["days"]
    assert (day["count"], day["seed"]) == (1, None)
    seed = chain[seed_place(day["day"], ends)]
    body = {"day": day["day"], "seed": "0x" + seed.hex()}
    with pytest.raises(Refused) as refused:
        await requester.post(path, body)
    assert refused.value.code == "conflict"  # the day is not over
    live.clock.at = (day["day"] + 1) * DAY_S
    requester = await live.person("requester")
    wrong = {"day": day["day"], "seed": "0x" + chain[3].hex()}
    with pytest.raises(Refused) as refused:
        await requester.post(path, wrong)
    assert refused.value.code == "malformed"
    assert await requester.post(path, body) == await requester.post(path, body) == {"day": day["day"]}
    await live.tick()
    await ask(live, range(5), accept=True)  # N = 0: every answer is drawn
    anna = await live.person("anna")
    event, verdict = await last(live, anna, campaign)
    assert verdict.basis is Basis.QUORUM and event["evidence"]["audit"]["seed"] == body["seed"]
    ben = await live.person("ben")  # a newcomer again, since N = 1 is not drawn every time
    await one_task(live, ben, campaign)  # and without a seed the draw is made with zero, a day later
    live.clock.at += DAY_S
    await live.tick()
    assert not await live.verdicts(await live.person("ben"), campaign)
    live.clock.at += DAY_S
    await live.tick()
    await ask(live, range(5, 10), accept=True)
    event, _ = await last(live, await live.person("ben"), campaign)
    assert event["evidence"]["audit"]["seed"] == "0x" + "00" * 32


async def test_newcomers_enter_a_mix_under_girm(live: World) -> None:
    campaign = await live.campaign(3, "evidence", params={"entry_tasks": 10}, **EVIDENCE)
    anna = await newcomer(live, "2.00")
    quote = await anna.get(f"/v1/campaigns/{campaign}/quote")
    assert int(quote["fee_ppm"]) > 800_000 and quote["stake"] == "0"
    await one_task(live, anna, campaign)
    await ask(live, range(5), accept=True)  # GIRM's five auditors, who see the answer
    event, verdict = await last(live, anna, campaign)
    assert verdict.accepted and event["evidence"]["answer"] is None
    anna = await with_bond(live)
    quote = await anna.get(f"/v1/campaigns/{campaign}/quote")
    assert (quote["fee_ppm"], quote["stake"]) == (0, str(Amount.gem("0.25")))


async def test_gram_is_for_grade_a_and_takes_the_penalty_from_the_bond(live: World) -> None:
    campaign = await live.campaign(
        1, "gram", params={"audit_ppm": 1_000_000, "factor_ppm": 1_500_000}, ms=Amount.gem("0.75")
    )
    anna = await with_bond(live)
    with pytest.raises(Refused) as refused:
        await live.lease(anna, campaign, 1)
    assert refused.value.code == "not_allowed"
    _make_grade_a(live, anna)
    batch = await one_task(live, anna, campaign)
    assert batch["stake_total"] == str(Amount.gem("0.75"))
    await ask(live, range(2), accept=False)
    event, verdict = await last(live, anna, campaign)
    assert not verdict.accepted and event["redo"] is None
    await anna.post("/v1/verdicts/accept", {"assignment_hashes": [event["assignment_hash"]]})
    assert (await live.books(campaign))[f"worker:{anna.address}"] == -Amount.gem("0.75").units


def _make_grade_a(live: World, anna: Person) -> None:
    """A past that only a store can give in a test: work that others often get wrong, and she never does."""
    context = live.server.app.state.context
    with context.db.write() as session:
        for number in range(300):
            other = number % 2 == 0
            trust.record_outcome(
                session,
                worker=anna.address if not other else live.people["requester"].address,
                campaign_id="0x" + "cc" * 32,
                index=number,
                attempt=0,
                assignment_hash="0x" + number.to_bytes(32, "big").hex(),
                requester="0x" + ("a1" if number % 4 < 2 else "a2") * 20,
                family="text-classification",
                difficulty="easy",
                accepted=not other or number % 4 == 0,
                first_try=not other or number % 4 == 0,
                poor=False,
                commission=0,
                mr=1,
                judged_at=live.clock.at,
            )
        session.flush()
        weights.keep(session, weights.compute(session, live.settings), live.clock.at)


async def test_silence_pays_and_earns_no_trust(live: World) -> None:
    campaign = await live.campaign(1, "evidence", **EVIDENCE)
    anna = await newcomer(live)
    await one_task(live, anna, campaign)
    live.clock.at += 259_201
    await live.tick()
    anna = await live.person("anna")
    event, verdict = await last(live, anna, campaign)
    assert event["final"] and verdict.accepted and verdict.basis is Basis.SILENCE
    assert (await anna.get(f"/v1/trust/{anna.address}"))["score"]["n"] == 0


async def test_cancelling_half_way_lets_the_evidence_come_in(live: World) -> None:
    campaign = await live.campaign(3, "evidence", **EVIDENCE)
    anna = await newcomer(live)
    await one_task(live, anna, campaign)
    await ask(live, range(1), accept=True)
    held = await live.lease(anna, campaign, 1)
    requester = await live.person("requester")
    await requester.post(f"/v1/campaigns/{campaign}/cancel", {})
    await ask(live, range(1, 3), accept=True)
    assert (await last(live, anna, campaign))[1].accepted
    (item,) = held["items"]
    name = "0x" + Assignment.from_json(item["assignment"]["message"]).struct_hash().hex()
    await live.submit(anna, live.sealed(anna, held["batch_id"], [name]))
    await ask(live, range(3), accept=True)
    await live.tick()
    rows = await states(live, campaign)
    assert sorted(row["state"] for row in rows) == ["cancelled", "paid", "paid"]
    books = await live.books(campaign)
    assert not any(party.startswith(("stake:", "bond:")) for party in books)


async def test_forged_blind_answers_are_refused(live: World) -> None:
    campaign = await live.campaign(1, "evidence", **EVIDENCE)
    anna = await newcomer(live)
    await one_task(live, anna, campaign)
    verifier = await live.person("verifier 0")
    body = {"request_id": "0x" + secrets.token_hex(32), "count": 1}
    lease = await verifier.post("/v1/reviews/leases", body)
    await live.confirm(verifier, lease)
    for answer in (None, BAD, [{"id": "x"}]):  # none, not the one whose hash was signed, no answer at all
        votes = json.loads(json.dumps(live.votes(verifier, lease, True)))
        votes["items"][0]["answer"] = answer
        with pytest.raises(Refused):
            await verifier.post("/v1/votes", votes)
    await verifier.post("/v1/votes", live.votes(verifier, lease, True))
    shown = await verifier.get("/v1/events?after=0")
    assert not [event for event in shown["events"] if event["kind"] == "review_verdict"]


async def test_no_verifier_does_more_than_a_fair_share(tmp_path: Path, clock: HandClock) -> None:
    async with world(tmp_path, clock, review_share_ppm=50_000, review_share_least=4) as live:
        campaign = await live.campaign(12)
        anna = await newcomer(live)
        await live.work(anna, campaign, 12)
        assert await live.review(await live.person("verifier 0"), 12) == 4
        with pytest.raises(Refused) as refused:
            await live.review(await live.person("verifier 0"), 12)
        assert refused.value.code == "no_work"


async def test_a_campaign_may_ask_for_a_grade(live: World) -> None:
    anna = await newcomer(live)
    for least in (3, 4):
        campaign = await live.campaign(1, params={"least_grade": least})
        with pytest.raises(Refused) as refused:
            await live.lease(anna, campaign, 1)
        assert refused.value.code == "not_allowed"
        with pytest.raises(Refused):
            await anna.get(f"/v1/campaigns/{campaign}/quote")
    _make_grade_a(live, anna)
    await live.lease(anna, campaign, 1)
