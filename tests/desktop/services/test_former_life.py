# SPDX-License-Identifier: Apache-2.0
"""A wallet restored on a new laptop: its record comes back from checked verdicts, and it can take work again."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from gems_desktop.services.cursor import set_value
from gems_desktop.services.errors import PlatformLied
from gems_desktop.services.facts import ItemState
from gems_desktop.services.live import LiveSession
from gems_desktop.services.notes import NoteDiffers
from gems_desktop.services.record_of_work import my_record
from gems_desktop.services.records import CampaignRecord, EventRecord, FormerRecord, ItemRecord, LineRecord
from gems_desktop.services.sync_events import CURSOR
from gems_protocol.amount import ZERO, Amount
from gems_protocol.evidence_json import from_json
from gems_protocol.messages import Commission
from tests.desktop.services.conftest import Open
from tests.desktop.services.test_lies import Lying, forged
from tests.desktop.services.test_loop import do_all, states
from tests.desktop.services.test_objections import do_all_again, sent, vote
from tests.platform.acts import EVIDENCE
from tests.platform.world import World

LEASED, SENT = [ItemState.LEASED], [ItemState.DELIVERED]


async def restored(opened: Open, tmp_path: Path) -> LiveSession:
    """The miner's wallet on a new laptop; the old one is lost."""
    await (await opened("miner")).close()
    (tmp_path / "profiles" / "miner").rename(tmp_path / "lost")
    return await opened("miner")


async def record(session: LiveSession) -> list[Any]:
    found = await session.context.store.run(my_record)
    shown = [(one.outcome.index, one.outcome.accepted, one.outcome.first_try) for one in found.results]
    return [found.passes, found.settled_in("text-classification"), *shown]


async def as_the_platform_counts(session: LiveSession) -> None:
    trust = await session.trust.facts(refresh=True)
    told = await session.context.platform.get(f"/v1/trust/{await session.context.address()}", token=False)
    assert (trust.checked, trust.passes) == (told["score"]["n"], told["passes"])
    assert trust.differences == () and not trust.differs


async def a_life(live: World, miner: LiveSession) -> list[Any]:
    """One task wrong, which everybody judged since N was 0, and two right, all final; the record."""
    await sent(live, miner, await live.campaign(1, "girm"))
    await vote(live, False, 0, 1, 2, 3, 4)
    live.clock.at += 8_000  # no second try
    await live.tick()
    await sent(live, miner, await live.campaign(2), 2)
    for number in (5, 6):
        await live.review(await live.person(f"verifier {number}"), 2, True)
    await live.tick()
    await miner.sync.pull()
    return await record(miner)


@pytest.mark.parametrize(("policy", "more"), [("girm", {}), ("evidence", EVIDENCE), ("consensus", {})])
async def test_a_new_laptop_has_the_record_and_takes_work(
    live: World, opened: Open, tmp_path: Path, policy: str, more: dict[str, Any]
) -> None:
    miner = await opened("miner")
    before = await a_life(live, miner)
    assert before[:3] == [2, (2, 3), (0, False, False)] and len(before) == 5
    again = await restored(opened, tmp_path)
    await again.sync.campaigns(refresh=True)  # only what is still open
    await again.sync.pull()
    assert await record(again) == before
    await as_the_platform_counts(again)
    assert await again.context.store.run(lambda tx: tx.find(LineRecord)) == []
    assert (await again.earnings.facts()).paid == ZERO and await states(again) == []
    fresh = await live.campaign(1, policy, **more)
    await again.sync.fetch_batch(fresh, 1)
    assert await states(again) == LEASED


async def test_a_second_try_counts_once_on_the_new_laptop(live: World, opened: Open, tmp_path: Path) -> None:
    miner = await opened("miner")
    await sent(live, miner, await live.campaign(1))
    await vote(live, False, 0, 1)
    await miner.sync.pull()
    await do_all_again(miner)
    again = await restored(opened, tmp_path)
    await again.sync.pull()  # the first verdict is final, the second try is being judged
    assert await record(again) == [0, (0, 0)]
    await as_the_platform_counts(again)
    await again.sync.fetch_batch(await live.campaign(1), 1)
    await vote(live, True, 2, 3)
    await again.sync.pull()
    assert await record(again) == [1, (1, 1), (0, True, False)]
    await as_the_platform_counts(again)


@pytest.mark.parametrize("done", [True, False])
async def test_a_second_try_is_found_and_done_or_not(
    live: World, opened: Open, tmp_path: Path, done: bool
) -> None:
    miner = await opened("miner")
    await sent(live, miner, await live.campaign(1))
    await vote(live, False, 0, 1)
    again = await restored(opened, tmp_path)
    await again.sync.pull()
    assert await states(again) == LEASED and await record(again) == [0, (0, 0)]
    if done:
        await do_all(again)
        await again.work.seal()
        await again.sync.flush()
        await vote(live, True, 2, 3)
    else:
        live.clock.at += 8_000
        await live.tick()
    await again.sync.pull()
    assert await record(again) == ([1, (1, 1), (0, True, False)] if done else [0, (0, 1), (0, False, False)])
    await as_the_platform_counts(again)
    await again.sync.fetch_batch(await live.campaign(1, "girm"), 1)


@pytest.mark.parametrize("wins", [True, False])
async def test_an_appeal_of_the_former_life_counts(
    live: World, opened: Open, tmp_path: Path, wins: bool
) -> None:
    miner = await opened("miner")
    await sent(live, miner, await live.campaign(1))
    await vote(live, False, 0, 1)
    await miner.sync.pull()
    (item,) = [one for one in await miner.work.outbox() if one.attempt == 0]
    await miner.work.appeal(item.item_id, "Look again.")
    await miner.sync.flush()
    again = await restored(opened, tmp_path)
    await again.sync.pull()
    assert await record(again) == [0, (0, 0)]
    await vote(live, wins, 2, 3, 4)
    await again.sync.pull()
    assert await record(again) == [int(wins), (int(wins), 1), (0, wins, wins)]
    await as_the_platform_counts(again)
    events = await again.context.store.run(lambda tx: tx.find(EventRecord))
    assert [one.kind for one in events if one.problem and one.kind != "voucher"] == []


async def test_work_that_a_requester_paid_to_have_looked_at_counts_alike(
    live: World, opened: Open, tmp_path: Path
) -> None:
    miner = await opened("miner")
    await sent(live, miner, await live.campaign(1))
    await vote(live, True, 0, 1)
    params = {"commission_ppm": 400_000, "hold_s": 7_200}
    campaign = await live.campaign(1, "commissioned", params=params)
    await sent(live, miner, campaign)
    await live.tick()
    event = (await live.events(await live.person("miner"), "verdict"))[-1]
    given = from_json(event["evidence"]).assignment
    message = Commission(given.campaign_id, given.index, given.attempt, Amount.gem("0.10").units)
    requester = await live.person("requester")
    signature = "0x" + message.sign(live.settings.campaigns_domain, requester.key).hex()
    signed = {"commission": {"message": message.to_json(), "signature": signature}}
    await requester.post(f"/v1/campaigns/{campaign}/commissions", signed)
    await vote(live, False, 2, 3)
    await miner.sync.pull()
    before = await record(miner)
    assert before == [0, (1, 2), (0, True, True), (0, False, False)]
    again = await restored(opened, tmp_path)
    await again.sync.pull()
    assert await record(again) == before
    await as_the_platform_counts(again)
    rows = await again.context.store.run(lambda tx: tx.find(FormerRecord, poor=True))
    assert [row.fee for row in rows] == [Amount.gem("0.10")]


async def test_votes_of_the_former_life_are_no_lie(live: World, opened: Open, tmp_path: Path) -> None:
    miner, stranger = await opened("miner"), await opened("verifier 0")
    await sent(live, miner, await live.campaign(1))
    await stranger.close()
    await vote(live, True, 0, 1)
    again = await opened("verifier 0")
    await again.sync.pull()
    events = await again.context.store.run(lambda tx: tx.find(EventRecord, kind="review_verdict"))
    assert [one.problem for one in events] == [""]


def _claims(event: dict[str, Any]) -> None:
    event["accepted"] = False


def _forges(event: dict[str, Any]) -> None:
    forged(event["evidence"]["assignment"])


def _forges_vote(event: dict[str, Any]) -> None:
    forged(event["evidence"]["votes"][0]["batch"])


def _turns_vote(event: dict[str, Any]) -> None:
    event["evidence"]["votes"][0]["vote"]["accept"] = False


def _renames(event: dict[str, Any]) -> None:
    event["assignment_hash"] = "0x" + "ab" * 32


def _other_campaign(event: dict[str, Any]) -> None:
    event["evidence"]["assignment"]["message"]["campaign_id"] = "0x" + "ab" * 32


def _empties(event: dict[str, Any]) -> None:
    event["evidence"] = {}


def _odd_name(event: dict[str, Any]) -> None:
    event["assignment_hash"] = ["0x"]


LIES = (_claims, _forges, _forges_vote, _turns_vote, _renames, _other_campaign, _empties, _odd_name)


@pytest.mark.parametrize("lie", LIES)
async def test_what_is_not_proven_is_not_counted(live: World, opened: Open, tmp_path: Path, lie: Any) -> None:
    await sent(live, await opened("miner"), await live.campaign(1))
    await vote(live, True, 0, 1)
    again = await restored(opened, tmp_path)

    def change(path: str, answer: Any) -> Any:
        for event in answer.get("events", []) if path.startswith("/v1/events") else []:
            if event["kind"] == "verdict":
                lie(event)
        return answer

    lying = Lying(again, change)
    await again.sync.pull()
    (kept,) = await again.context.store.run(lambda tx: tx.find(EventRecord, kind="verdict"))
    assert kept.problem and kept.refused and await record(again) == [0, (0, 0)]
    with pytest.raises(NoteDiffers) as caught:
        await again.sync.fetch_batch(await live.campaign(1), 1)
    assert ("Refused verdicts: 1" in caught.value.action) is (lie is not _odd_name)
    lying.stop()
    # the true verdict comes again, and all is well
    await again.context.store.run(lambda tx: set_value(tx, CURSOR, 0))
    await again.sync.fetch_batch(await live.campaign(1), 1)
    assert await record(again) == [1, (1, 1), (0, True, True)]


async def test_the_verdict_of_somebody_else_is_not_counted(live: World, opened: Open, tmp_path: Path) -> None:
    await sent(live, await opened("miner"), await live.campaign(1))
    await vote(live, True, 0, 1)
    (event,) = await live.events(await live.person("miner"), "verdict")
    other = await opened("other miner")

    def change(path: str, answer: Any) -> Any:
        told = path == "/v1/events?after=0&limit=500"
        return {"events": [event]} if told else {"events": []} if path.startswith("/v1/events") else answer

    Lying(other, change)
    await other.sync.pull()
    (kept,) = await other.context.store.run(lambda tx: tx.find(EventRecord, kind="verdict"))
    assert "not yours" in kept.problem and await record(other) == [0, (0, 0)]
    assert await other.context.store.run(lambda tx: tx.count(FormerRecord)) == 0


async def test_told_twice_counts_once_and_out_of_order_counts_nothing(
    live: World, opened: Open, tmp_path: Path
) -> None:
    await sent(live, await opened("miner"), await live.campaign(1))
    await vote(live, True, 0, 1)
    again = await restored(opened, tmp_path)
    backwards = True

    def change(path: str, answer: Any) -> Any:
        if not path.startswith("/v1/events"):
            return answer
        told = [copy.deepcopy(event) for event in answer["events"] if event["kind"] == "verdict"]
        if backwards:
            for event in told:
                event["seq"] = 0
            return {"events": told}
        return {"events": told + [event | {"seq": event["seq"] + 100} for event in told]}

    Lying(again, change)
    with pytest.raises(PlatformLied):
        await again.sync.pull()
    assert await record(again) == [0, (0, 0)]
    backwards = False
    await again.sync.pull()
    assert await record(again) == [1, (1, 1), (0, True, True)]
    rows = await again.context.store.run(lambda tx: tx.find(FormerRecord))
    events = await again.context.store.run(lambda tx: tx.find(EventRecord, order="seq", kind="verdict"))
    assert [row.judged_at for row in rows] == [events[0].seq] and len(events) == 2


async def test_a_refused_verdict_is_looked_at_again(live: World, opened: Open, tmp_path: Path) -> None:
    await sent(live, await opened("miner"), await live.campaign(1))
    await vote(live, True, 0, 1)
    again = await restored(opened, tmp_path)

    def hide(path: str, answer: Any) -> Any:
        return {} if path.startswith("/v1/campaigns/") else answer

    lying = Lying(again, hide)
    await again.sync.pull()
    assert await record(again) == [0, (0, 0)]
    assert await again.context.store.run(lambda tx: tx.count(CampaignRecord)) == 0
    lying.stop()
    await again.close()
    again = await opened("miner")
    await again.sync.pull()
    assert await record(again) == [1, (1, 1), (0, True, True)]
    (kept,) = await again.context.store.run(lambda tx: tx.find(EventRecord, kind="verdict"))
    assert not kept.problem and not kept.refused
    await as_the_platform_counts(again)


async def test_a_refused_verdict_about_known_work_is_counted_when_it_differs(
    live: World, opened: Open
) -> None:
    miner = await opened("miner")
    await sent(live, miner, await live.campaign(1))
    await vote(live, True, 0, 1)

    def change(path: str, answer: Any) -> Any:
        for event in answer.get("events", []) if path.startswith("/v1/events") else []:
            if event["kind"] == "verdict":
                _claims(event)
        return answer

    lying = Lying(miner, change)
    await miner.sync.pull()
    assert await states(miner) == SENT
    lying.stop()
    with pytest.raises(NoteDiffers, match="1, 1, 1 / 0, 0, 0") as caught:
        await miner.sync.fetch_batch(await live.campaign(1), 1)
    assert caught.value.action.endswith("Refused verdicts: 1")
    assert await miner.context.store.run(lambda tx: tx.count(ItemRecord)) == 1
