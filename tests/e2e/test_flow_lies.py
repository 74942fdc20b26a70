# SPDX-License-Identifier: Apache-2.0
"""A platform that signs lies about a standing, a blind answer or an appeal: the window's services change nothing."""

from __future__ import annotations

import copy
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import pytest_asyncio

from gems_desktop.local.keys import NEIGHBOURS
from gems_desktop.services.errors import BatchRefused, PlatformLied
from gems_desktop.services.facts import ItemState
from gems_desktop.services.live import LiveSession
from gems_desktop.services.notes import NoteDiffers
from gems_desktop.services.records import EventRecord
from gems_protocol.messages import StandingNote
from tests.e2e.flows import PLENTY, Offered, Stage, local_network, mood

pytestmark = pytest.mark.asyncio(loop_scope="module")
Lie = Callable[[str, Any], Any]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    async with local_network(tmp_path_factory.mktemp("lies")) as running:
        yield running


class Lying:
    """Stands before a session's platform and changes answers, which count as signed by the platform."""

    def __init__(self, session: LiveSession, lie: Lie) -> None:
        self._real, self._session, self._lie = session.context.platform, session, lie

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def __enter__(self) -> Lying:
        self._session.context.platform = self
        return self

    def __exit__(self, *_: object) -> None:
        self._session.context.platform = self._real

    async def get(self, path: str, **options: Any) -> Any:
        return self._lie(path, copy.deepcopy(await self._real.get(path, **options)))

    async def post(self, path: str, body: Any) -> Any:
        return self._lie(path, copy.deepcopy(await self._real.post(path, body)))


def verdicts(change: Callable[[dict[str, Any]], None]) -> Lie:
    """Change every verdict on its way."""

    def lie(path: str, answer: Any) -> Any:
        if path.startswith("/v1/events"):
            for event in answer["events"]:
                if event["kind"] == "verdict":
                    change(event)
        return answer

    return lie


def other_note(stage: Stage, signed: dict[str, Any], **changes: Any) -> None:
    """Change a note and sign it with the platform's own key."""
    signed["message"].update(changes)
    message = StandingNote.from_json(signed["message"])
    domain = stage.running.network.campaigns_domain
    signed["signature"] = "0x" + message.sign(domain, stage.running.keys["hub_signer"]).hex()


async def last_event(stage: Stage, who: LiveSession) -> EventRecord:
    """The newest event as it was kept."""
    events = await who.context.store.run(lambda tx: tx.find(EventRecord, order="seq"))
    return events[-1]


async def leased_by(verifier: LiveSession, lie: Lie) -> None:
    """Ask for reviews while the platform lies."""
    with Lying(verifier, lie), pytest.raises((BatchRefused, PlatformLied)):
        await verifier.sync.fetch_reviews(PLENTY)
    assert await verifier.review.current() is None, "nothing of it was taken"


async def test_a_standing_that_is_not_mine_is_refused_at_the_lease(stage: Stage) -> None:
    miner = await stage.veteran("standing")
    campaign = await stage.campaign("evidence", family="standing", ms="0.10 GEM")

    def lie(path: str, answer: Any) -> Any:
        if path == "/v1/leases":
            for item in answer["items"]:
                other_note(stage, item["note"], settled_right=3)
        return answer

    with Lying(miner, lie), pytest.raises(NoteDiffers):
        await miner.sync.fetch_batch(campaign.campaign_id, 1)
    assert not [item for item in await miner.work.outbox() if item.campaign_id == campaign.campaign_id]


async def test_a_standing_that_changes_between_lease_and_verdict_is_refused(stage: Stage) -> None:
    miner = await stage.veteran("changing")
    address = (await miner.wallet.facts()).address
    campaign = await stage.campaign("evidence", family="changing", ms="0.10 GEM")
    await stage.work(miner, campaign)
    for name in NEIGHBOURS[:2]:  # of a newcomer two strangers would be believed more
        assert await stage.judge(name, campaign, misread=True) == 1
    count = 2 + await _outvoted(stage, miner, campaign)
    assert count > 3

    def less(event: dict[str, Any]) -> None:
        for signed in event["evidence"]["notes"]:
            if signed["message"]["worker"] == address:
                other_note(stage, signed, settled_right=11)

    with Lying(miner, verdicts(less)):
        await miner.sync.pull()
    assert "standing" in (await last_event(stage, miner)).problem
    assert (await stage.item(miner, campaign)).state is ItemState.DELIVERED


async def _outvoted(stage: Stage, miner: LiveSession, campaign: Offered) -> int:
    """Others misread too until the platform has its verdict, which the miner has not fetched; how many."""
    for count, name in enumerate(NEIGHBOURS[2:]):
        if await stage.judge(name, campaign, misread=True) == 0:
            return count
    return len(NEIGHBOURS) - 2


async def test_a_blind_review_that_shows_the_answer_is_refused(stage: Stage) -> None:
    miner = await stage.newcomer()
    campaign = await stage.campaign("evidence", ms="0.10 GEM")
    await stage.work(miner, campaign)
    verifier = await stage.session(NEIGHBOURS[0])
    shown = mood({"text": "Sentence 0 is good."})

    def show(path: str, answer: Any) -> Any:
        if path == "/v1/reviews/leases":
            for item in answer["items"]:
                item["answer"] = shown
        return answer

    def see(path: str, answer: Any) -> Any:
        if path == "/v1/reviews/leases":
            for item in answer["items"]:
                item.update(blind=False, answer=shown)
        return answer

    await leased_by(verifier, show)
    await leased_by(verifier, see)
    assert await stage.judged(campaign, NEIGHBOURS) == 3, "the true batch is taken by the same request"
    assert (await stage.paid(miner))[0].units == campaign.terms.mr.units


async def test_a_blind_answer_that_nobody_gave_is_refused(stage: Stage) -> None:
    miner = await stage.newcomer()
    campaign = await stage.campaign("evidence", ms="0.10 GEM")
    await stage.work(miner, campaign)
    assert await stage.judged(campaign, NEIGHBOURS) == 3

    def turn(event: dict[str, Any]) -> None:
        event["accepted"] = False
        for cast in event["evidence"]["votes"]:
            cast["answer"] = mood({"text": "Sentence 0 is good."}, wrong=True)

    with Lying(miner, verdicts(turn)):
        await miner.sync.pull()
    assert "another result" in (await last_event(stage, miner)).problem
    assert (await stage.item(miner, campaign)).state is ItemState.DELIVERED


@pytest.mark.parametrize("left_out", [True, False])
async def test_an_appeal_that_was_won_cannot_be_told_as_lost_or_left_out(
    stage: Stage, left_out: bool
) -> None:
    family = f"outcome-{left_out}"
    miner = await stage.veteran(family)
    campaign = await stage.campaign("evidence", family=family, ms="0.10 GEM")
    await stage.work(miner, campaign)
    count = await stage.until_verdict(miner, campaign, misread=True)
    before = json.loads((await last_event(stage, miner)).body)
    item = await stage.item(miner, campaign)
    await miner.work.appeal(item.item_id, "It says good.")
    await miner.sync.flush()
    await miner.sync.pull()
    assert await stage.judged(campaign, NEIGHBOURS[count:]) == 3

    def lost(event: dict[str, Any]) -> None:
        event["accepted"] = False

    def never(event: dict[str, Any]) -> None:
        event.update(accepted=False, evidence=before["evidence"])

    with Lying(miner, verdicts(never if left_out else lost)):
        await miner.sync.pull()
    assert (await last_event(stage, miner)).problem
    found = next(one for one in await miner.work.outbox() if one.item_id == item.item_id)
    assert (found.state, found.final, found.appeal) == (ItemState.DISPUTED, False, "judging")
