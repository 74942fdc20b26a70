# SPDX-License-Identifier: Apache-2.0
"""Every verification policy through the whole platform, over HTTP and a real chain, with each verdict recomputed."""

from __future__ import annotations

import json
import secrets
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from gems_platform.trust import service as trust
from gems_platform.trust import weights
from gems_protocol import audit
from gems_protocol.amount import Amount
from gems_protocol.audit import DAY_S, seed_chain, seed_place
from gems_protocol.messages import Assignment, Commission
from gems_protocol.verdict import Basis
from tests.platform.api import Person, Refused
from tests.platform.conftest import HandClock
from tests.platform.world import BAD, GOOD, World, world


@pytest.fixture
async def live(tmp_path: Path, clock: HandClock) -> AsyncIterator[World]:
    async with world(tmp_path, clock) as running:
        yield running


async def _anna(live: World, bond: str = "0") -> Person:
    anna = await live.person("anna")
    await anna.post("/v1/channel", {})
    if bond != "0":
        await anna.ask("PUT", "/v1/channel/standing-order", {"bond_target": str(Amount.gem(bond))})
    return anna


async def _states(live: World, campaign: str, of: str = "requester") -> list[dict[str, Any]]:
    found = await (await live.person(of)).get(f"/v1/campaigns/{campaign}/results")
    rows: list[dict[str, Any]] = found["results"]
    return rows


async def _work(live: World, who: Person, campaign: str, answer: list[Any] = GOOD) -> dict[str, Any]:
    """Lease one task and answer it; the batch."""
    batch = await live.lease(who, campaign, 1)
    (item,) = batch["items"]
    name = "0x" + Assignment.from_json(item["assignment"]["message"]).struct_hash().hex()
    await live.submit(who, live.sealed(who, batch["batch_id"], [name], answer))
    return batch


async def _ask(live: World, numbers: range, accept: bool) -> None:
    for number in numbers:
        assert await live.review(await live.person(f"verifier {number}"), 1, accept) == 1


async def _last(live: World, who: Person, campaign: str) -> tuple[dict[str, Any], Any]:
    return (await live.verdicts(who, campaign))[-1]


async def _with_bond(live: World, bond: str = "2.00") -> Person:
    """Anna after twelve right tasks: no newcomer any more, and something to stake."""
    anna = await _anna(live, bond)
    campaign = await live.campaign(12)
    await live.work(anna, campaign, 12)
    for number in (10, 11):
        await live.review(await live.person(f"verifier {number}"), 12)
    await live.tick()
    return anna


EVIDENCE: dict[str, Any] = {"ms": Amount.gem("0.25"), "rounds": 2}


async def test_evidence_asks_one_blind_verifier_after_another_until_it_is_sure(live: World) -> None:
    campaign = await live.campaign(1, "evidence", **EVIDENCE)
    anna = await _anna(live)
    batch = await _work(live, anna, campaign)
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
    event, verdict = await _last(live, anna, campaign)
    assert event["final"] and verdict.accepted and verdict.basis is Basis.QUORUM
    assert len(verdict.agreed) == 3 and all(verdict.agreed.values())
    await live.tick()
    assert (await live.books(campaign))[f"worker:{anna.address}"] == Amount.gem("0.50").units
    proof = await anna.get(f"/v1/campaigns/{campaign}/evidence/0/0")
    assert proof["evidence"] == event["evidence"]


async def test_evidence_adopts_the_answer_that_verifiers_agree_on(live: World) -> None:
    anna = await _with_bond(live)
    campaign = await live.campaign(1, "evidence", **EVIDENCE)
    batch = await _work(live, anna, campaign)
    assert batch["stake_total"] == str(Amount.gem("0.25"))
    number = 0
    while not (found := await live.verdicts(anna, campaign)):
        await _ask(live, range(number, number + 1), accept=False)
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
    event, verdict = await _last(live, anna, campaign)
    assert event["final"] and not verdict.accepted
    (row,) = await _states(live, campaign)
    assert (row["state"], row["answer"], row["adopted"]) == ("answered", BAD, True)
    books = await live.books(campaign)
    assert books[f"worker:{anna.address}"] == -Amount.gem("0.25").units
    assert (await anna.get(f"/v1/trust/{anna.address}"))["score"]["n"] == 13


@pytest.mark.parametrize("wins", [True, False])
async def test_a_miner_appeals_with_a_bond_and_three_others_judge(live: World, wins: bool) -> None:
    anna = await _with_bond(live)
    campaign = await live.campaign(1, "evidence", **EVIDENCE)
    await _work(live, anna, campaign)
    number = 0
    while not await live.verdicts(anna, campaign):
        await _ask(live, range(number, number + 1), accept=False)
        number += 1
    event, _ = await _last(live, anna, campaign)
    with pytest.raises(Refused) as refused:
        await live.appeal(anna, event)
    assert refused.value.code == "bad_debit"
    told = await live.appeal(anna, event, "It is good.", debit=True)
    assert await live.appeal(anna, event, "It is good.", debit=True) == told  # the same again
    (appealed,) = await live.events(anna, "appealed")
    assert (appealed["by"], appealed["round"], appealed["reason"]) == ("miner", 1, "It is good.")
    await _ask(live, range(number, number + 3), accept=wins)
    event, verdict = await _last(live, anna, campaign)
    assert event["final"] and verdict.accepted is wins and event["evidence"]["appeal"] is not None
    (row,) = await _states(live, campaign)
    assert row["state"] == ("paid" if wins else "answered")
    books = await live.books(campaign)
    mine = Amount.gem("0.50").units * (1 if wins else -1)  # the reward, or stake and bond
    assert books[f"worker:{anna.address}"] == mine
    assert not any(party.startswith(("stake:", "bond:")) for party in books)


@pytest.mark.parametrize("wins", [True, False])
async def test_a_requester_appeals_while_accepted_work_is_held(live: World, wins: bool) -> None:
    anna = await _anna(live)
    campaign = await live.campaign(1, "evidence", params={"hold_s": 7200}, **EVIDENCE)
    await _work(live, anna, campaign)
    await _ask(live, range(3), accept=True)
    event, _ = await _last(live, anna, campaign)
    assert event["accepted"] and not event["final"] and event["appeal"]["by"] == "requester"
    requester = await live.person("requester")
    (held,) = (await requester.get(f"/v1/campaigns/{campaign}/held"))["held"]
    assert (held["index"], held["until"], held["seats"]) == (0, live.clock.at + 7200, 3)
    with pytest.raises(Refused):
        await live.appeal(anna, event)  # it is not against her
    await live.appeal(requester, event, "This is bad.")
    await _ask(live, range(3, 6), accept=not wins)
    event, verdict = await _last(live, anna, campaign)
    assert verdict.accepted is not wins
    if wins:  # rejected now, and nobody's second appeal
        assert event["final"]
    (row,) = await _states(live, campaign)
    assert row["state"] == ("open" if wins else "paid")


async def test_held_work_is_paid_when_nobody_objects(live: World) -> None:
    anna = await _anna(live)
    campaign = await live.campaign(1, params={"hold_s": 7200})
    await _work(live, anna, campaign)
    await _ask(live, range(2), accept=True)
    assert not (await live.verdicts(anna, campaign))[0][0]["final"]
    live.clock.at += 7201
    await live.tick()
    anna, requester = await live.person("anna"), await live.person("requester")
    assert (await _last(live, anna, campaign))[0]["final"]
    with pytest.raises(Refused) as refused:
        await live.appeal(requester, (await live.verdicts(anna, campaign))[0][0])
    assert refused.value.code == "late"


@pytest.mark.parametrize("wins", [True, False])
async def test_an_appeal_takes_the_place_of_the_redo(live: World, wins: bool) -> None:
    anna = await _with_bond(live)
    campaign = await live.campaign(1, ms=Amount.gem("0.20"))
    await _work(live, anna, campaign)
    await _ask(live, range(2), accept=False)
    event, _ = await _last(live, anna, campaign)
    assert event["appeal"]["bond"] == "0" and event["redo"] is not None
    await live.appeal(anna, event)
    again = Assignment.from_json(event["redo"]["assignment"]["message"])
    with pytest.raises(Refused):
        await live.submit(
            anna, live.sealed(anna, event["redo"]["batch_id"], ["0x" + again.struct_hash().hex()])
        )
    await _ask(live, range(2, 5), accept=wins)
    event, verdict = await _last(live, anna, campaign)
    assert event["final"] and verdict.accepted is wins
    books = await live.books(campaign)
    assert books[f"worker:{anna.address}"] == (
        Amount.gem("0.50").units if wins else -Amount.gem("0.20").units
    )
    (row,) = await _states(live, campaign)
    assert row["state"] == ("paid" if wins else "open")


async def test_a_draw_waits_for_the_seed_of_its_day(live: World) -> None:
    chain = seed_chain(b"\x05" * 32)
    ends = live.clock.at + 20 * DAY_S
    tip = audit.commit(chain[0])
    campaign = await live.campaign(2, "girm", ends=ends, seed_tip=tip)
    anna = await _anna(live)
    await _work(live, anna, campaign)
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
    await _ask(live, range(5), accept=True)  # N = 0: every answer is drawn
    anna = await live.person("anna")
    event, verdict = await _last(live, anna, campaign)
    assert verdict.basis is Basis.QUORUM and event["evidence"]["audit"]["seed"] == body["seed"]
    await _work(live, anna, campaign)  # and without a seed the draw is made with zero, a day later
    live.clock.at += DAY_S
    await live.tick()
    assert len(await live.verdicts(await live.person("anna"), campaign)) == 1
    live.clock.at += DAY_S
    await live.tick()
    await _ask(live, range(5, 10), accept=True)
    event, _ = await _last(live, await live.person("anna"), campaign)
    assert event["evidence"]["audit"]["seed"] == "0x" + "00" * 32


@pytest.mark.parametrize(("votes", "poor"), [([False, False], True), ([False, True], False), ([], False)])
async def test_commissioned_work_is_judged_by_two_strangers(
    live: World, votes: list[bool], poor: bool
) -> None:
    params = {"commission_ppm": 400_000, "hold_s": 7200}
    campaign = await live.campaign(1, "commissioned", params=params)
    anna, requester = await _anna(live), await live.person("requester")
    await _work(live, anna, campaign)
    event, verdict = await _last(live, anna, campaign)
    assert verdict.basis is Basis.NOT_DRAWN and not event["final"]
    (held,) = (await requester.get(f"/v1/campaigns/{campaign}/held"))["held"]
    assert held["max_fee"] == str(Amount.gem("0.20"))
    path = f"/v1/campaigns/{campaign}/commissions"

    def signed(fee: str) -> dict[str, Any]:
        message = Commission(bytes.fromhex(campaign[2:]), 0, 0, Amount.gem(fee).units)
        signature = message.sign(live.settings.campaigns_domain, requester.key)
        return {"commission": {"message": message.to_json(), "signature": "0x" + signature.hex()}}

    with pytest.raises(Refused):
        await requester.post(path, signed("0.21"))
    assert await requester.post(path, signed("0.20")) == await requester.post(path, signed("0.20"))
    for number, accept in enumerate(votes):
        await _ask(live, range(number, number + 1), accept)
    if not votes:
        live.clock.at += 259_201
        await live.tick()
    event, verdict = await _last(live, await live.person("anna"), campaign)
    assert (event["final"], verdict.poor, verdict.looked_at) == (True, poor, bool(votes))
    books = await live.books(campaign)
    assert books[f"worker:{anna.address}"] == Amount.gem("0.10" if poor else "0.50").units
    paid = [
        amount for party, amount in books.items() if party.startswith("worker:") and anna.address not in party
    ]
    assert paid == [Amount.gem("0.10").units] * len(votes)
    trust = await anna.get(f"/v1/trust/{anna.address}")
    assert (trust["score"]["n"], trust["score"]["accepted"]) == ((1, 0 if poor else 1) if votes else (0, 0))


async def test_newcomers_enter_a_mix_under_girm(live: World) -> None:
    campaign = await live.campaign(3, "evidence", params={"entry_tasks": 10}, **EVIDENCE)
    anna = await _anna(live, "2.00")
    quote = await anna.get(f"/v1/campaigns/{campaign}/quote")
    assert int(quote["fee_ppm"]) > 800_000 and quote["stake"] == "0"
    await _work(live, anna, campaign)
    await _ask(live, range(5), accept=True)  # GIRM's five auditors, who see the answer
    event, verdict = await _last(live, anna, campaign)
    assert verdict.accepted and event["evidence"]["answer"] is None
    anna = await _with_bond(live)
    quote = await anna.get(f"/v1/campaigns/{campaign}/quote")
    assert (quote["fee_ppm"], quote["stake"]) == (0, str(Amount.gem("0.25")))


async def test_gram_is_for_grade_a_and_takes_the_penalty_from_the_bond(live: World) -> None:
    campaign = await live.campaign(
        1, "gram", params={"audit_ppm": 1_000_000, "factor_ppm": 1_500_000}, ms=Amount.gem("0.75")
    )
    anna = await _with_bond(live)
    with pytest.raises(Refused) as refused:
        await live.lease(anna, campaign, 1)
    assert refused.value.code == "not_allowed"
    _make_grade_a(live, anna)
    batch = await _work(live, anna, campaign)
    assert batch["stake_total"] == str(Amount.gem("0.75"))
    await _ask(live, range(2), accept=False)
    event, verdict = await _last(live, anna, campaign)
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
        weights.refresh_weights(session, live.settings, live.clock.at)


async def test_silence_pays_and_earns_no_trust(live: World) -> None:
    campaign = await live.campaign(1, "evidence", **EVIDENCE)
    anna = await _anna(live)
    await _work(live, anna, campaign)
    live.clock.at += 259_201
    await live.tick()
    anna = await live.person("anna")
    event, verdict = await _last(live, anna, campaign)
    assert event["final"] and verdict.accepted and verdict.basis is Basis.SILENCE
    assert (await anna.get(f"/v1/trust/{anna.address}"))["score"]["n"] == 0


async def test_cancelling_half_way_lets_the_evidence_come_in(live: World) -> None:
    campaign = await live.campaign(3, "evidence", **EVIDENCE)
    anna = await _anna(live)
    await _work(live, anna, campaign)
    await _ask(live, range(1), accept=True)
    held = await live.lease(anna, campaign, 1)
    requester = await live.person("requester")
    await requester.post(f"/v1/campaigns/{campaign}/cancel", {})
    await _ask(live, range(1, 3), accept=True)
    assert (await _last(live, anna, campaign))[1].accepted
    (item,) = held["items"]
    name = "0x" + Assignment.from_json(item["assignment"]["message"]).struct_hash().hex()
    await live.submit(anna, live.sealed(anna, held["batch_id"], [name]))
    await _ask(live, range(3), accept=True)
    await live.tick()
    rows = await _states(live, campaign)
    assert sorted(row["state"] for row in rows) == ["cancelled", "paid", "paid"]
    books = await live.books(campaign)
    assert not any(party.startswith(("stake:", "bond:")) for party in books)


async def test_forged_blind_answers_are_refused(live: World) -> None:
    campaign = await live.campaign(1, "evidence", **EVIDENCE)
    anna = await _anna(live)
    await _work(live, anna, campaign)
    verifier = await live.person("verifier 0")
    body = {"request_id": "0x" + secrets.token_hex(32), "count": 1}
    lease = await verifier.post("/v1/reviews/leases", body)
    await live.confirm(verifier, lease)
    for spoil in (
        lambda item: item.update(answer=None),
        lambda item: item.update(answer=BAD),  # not the one whose hash was signed
        lambda item: item.update(answer=[{"id": "x"}]),
    ):
        votes = json.loads(json.dumps(live.votes(verifier, lease, True)))
        spoil(votes["items"][0])
        with pytest.raises(Refused):
            await verifier.post("/v1/votes", votes)
    await verifier.post("/v1/votes", live.votes(verifier, lease, True))
    shown = await verifier.get("/v1/events?after=0")
    assert not [event for event in shown["events"] if event["kind"] == "review_verdict"]


async def test_no_verifier_does_more_than_a_fair_share(tmp_path: Path, clock: HandClock) -> None:
    async with world(tmp_path, clock, review_share_ppm=50_000, review_share_least=4) as live:
        campaign = await live.campaign(12)
        anna = await _anna(live)
        await live.work(anna, campaign, 12)
        assert await live.review(await live.person("verifier 0"), 12) == 4
        with pytest.raises(Refused) as refused:
            await live.review(await live.person("verifier 0"), 12)
        assert refused.value.code == "no_work"
