# SPDX-License-Identifier: Apache-2.0
"""Releases by the worker's own program: of what a stored voucher paid, once, by itself; of nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update

from gems_desktop.services import releasing
from gems_desktop.services.cursor import get_value
from gems_desktop.services.errors import Offline, PlatformLied, PlatformRefused, SignerRefused, WalletLocked
from gems_desktop.services.live import LiveSession
from gems_platform.releases import repository
from gems_platform.releases import service as releases
from gems_platform.releases.tables import ReleaseRow
from gems_protocol.errors import GemsError
from gems_protocol.messages import task_key
from tests.desktop.services.conftest import Open
from tests.desktop.services.test_lies import Lying, delivered, judged
from tests.desktop.services.test_loop import do_all
from tests.platform.world import World


async def address(session: LiveSession) -> str:
    return (await session.context.signer.wallet()).address


async def released(live: World, session: LiveSession, campaign: str, count: int) -> list[int]:
    """Indexes of a campaign's tasks that the hub has this worker's release of."""
    me = await address(session)
    with live.server.app.state.context.db.read() as store:
        keys = {index: task_key(bytes.fromhex(campaign[2:]), index, 0) for index in range(count)}
        return [
            index
            for index, name in keys.items()
            if releases.stored(store, live.settings, name, me) is not None
        ]


class Posts(Lying):
    """Notes the releases that are sent; `due` is what the platform says it waits for, `broken` loses answers."""

    def __init__(self, session: LiveSession, due: list[dict[str, Any]] | None = None) -> None:
        super().__init__(session, self._tell)
        self.due, self.sent, self.broken = due, list[Any](), False
        self.asked = 0

    def _tell(self, path: str, answer: Any) -> Any:
        if path != "/v1/releases/due":
            return answer
        self.asked += 1
        return answer if self.due is None else {"due": [*answer["due"], *self.due], "more": False}

    async def post(self, path: str, body: Any) -> Any:
        answer = await super().post(path, body)
        if path == "/v1/releases":
            self.sent.append(body)
            if self.broken:
                raise Offline
        return answer


async def test_paid_tasks_are_released_with_the_next_news(live: World, opened: Open) -> None:
    miner = await opened("miner")
    campaign = await delivered(live, miner, 3)
    await judged(live, opened, 3)
    await live.tick()
    assert await released(live, miner, campaign, 3) == []
    watch = Posts(miner)
    for _ in range(3):
        await miner.sync.pull()
    assert await released(live, miner, campaign, 3) == [0, 1, 2]
    assert len(watch.sent) == 1 and watch.asked == 1  # once, and nothing is asked for again
    verifier = await opened("verifier 0")
    await verifier.sync.pull()
    assert await released(live, verifier, campaign, 3) == [0, 1, 2]


async def test_a_hostile_platform_gets_no_release_of_what_it_did_not_pay(
    live: World, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    miner = await opened("miner")
    campaign = await delivered(live, miner, 2)
    await judged(live, opened, 2)
    await live.tick()
    unpaid = await delivered(live, miner, 1)  # nobody judged it
    asked = [
        {"campaign_id": unpaid, "index": 0, "attempt": 0},
        {"campaign_id": campaign, "index": 0, "attempt": 1},
        {"campaign_id": campaign, "index": 7, "attempt": 0},
        {"campaign_id": "0x" + "ee" * 32, "index": 0, "attempt": 0},
    ]
    watch = Posts(miner, asked)
    await miner.sync.pull()
    await miner.sync._releasing.send(asked=True)
    keys = {one["task_key"] for body in watch.sent for one in body["releases"]}
    paid = {"0x" + task_key(bytes.fromhex(campaign[2:]), index, 0).hex() for index in (0, 1)}
    assert keys <= paid
    assert await released(live, miner, campaign, 2) == [0, 1]
    # The control: a program that believes the list would sign for all of it, and the platform alone refuses.
    signed: list[Any] = []
    real = miner.context.signer.sign_releases

    async def noted(tasks: Any, *rest: Any) -> bytes:
        signed.extend(tasks)
        return await real(tasks, *rest)

    monkeypatch.setattr(miner.context.signer, "sign_releases", noted)
    await miner.sync._releasing.send(asked=True)
    assert signed == []
    monkeypatch.setattr(releasing, "paid_of", lambda tx, places: places)
    await miner.sync._releasing.send(asked=True)
    assert (unpaid, 0, 0) in signed


async def test_a_refused_voucher_releases_nothing(live: World, opened: Open) -> None:
    miner = await opened("miner")
    campaign = await delivered(live, miner, 2)
    await judged(live, opened, 2)
    await live.tick()

    def a_unit_off(path: str, answer: Any) -> Any:
        for event in answer["events"] if path.startswith("/v1/events") else []:
            if event["kind"] == "voucher":
                event["lines"][0]["amount"] = str(int(event["lines"][0]["amount"]) - 1)
        return answer

    lying = Lying(miner, a_unit_off)
    await miner.sync.pull()
    await miner.sync._releasing.send(asked=True)
    assert await released(live, miner, campaign, 2) == []
    lying.stop()


async def test_a_lost_answer_is_repeated_as_it_was(live: World, opened: Open) -> None:
    miner = await opened("miner")
    campaign = await delivered(live, miner, 2)
    await judged(live, opened, 2)
    await live.tick()
    watch = Posts(miner)
    watch.broken = True
    with pytest.raises(Offline):
        await miner.sync.pull()
    assert await miner.context.store.run(lambda tx: get_value(tx, releasing.WAITING)) == watch.sent[0]
    await miner.close()
    miner = await opened("miner")
    again = Posts(miner)
    await miner.sync.pull()
    assert again.sent == watch.sent
    assert await released(live, miner, campaign, 2) == [0, 1]
    await miner.sync.pull()
    assert len(again.sent) == 1


@pytest.mark.parametrize("refusal", [WalletLocked(), SignerRefused("No.")], ids=["locked", "refused"])
async def test_news_come_while_nothing_can_be_signed(
    live: World, opened: Open, monkeypatch: pytest.MonkeyPatch, refusal: GemsError
) -> None:
    miner = await opened("miner")
    campaign = await delivered(live, miner, 1)
    await judged(live, opened, 1)
    await live.tick()

    async def refuses(*_about: Any) -> bytes:
        raise refusal

    with monkeypatch.context() as patched:
        patched.setattr(miner.context.signer, "sign_releases", refuses)
        assert await miner.sync.pull() > 0
        assert await released(live, miner, campaign, 1) == []
    await miner.sync._releasing.send(
        asked=not refusal.retryable
    )  # what was refused waits until it is asked for
    assert await released(live, miner, campaign, 1) == [0]


async def test_no_more_work_without_releases_and_the_program_heals_it(live: World, opened: Open) -> None:
    miner = await opened("miner")
    campaign = await live.campaign(4)
    for _ in range(3):
        await miner.sync.fetch_batch(campaign, 1)
        await do_all(miner)
        await miner.work.seal()
        await miner.sync.flush()
        await judged(live, opened, 1)
        await live.tick()
        await miner.sync.pull()
    me = await address(miner)
    with live.server.app.state.context.db.write() as store:  # the platform lost what it had
        store.execute(update(ReleaseRow).where(ReleaseRow.worker == me).values(batch=None, place=None))
        assert repository.batches_waiting(store, me) == 3
    await miner.sync.fetch_batch(campaign, 1)
    with live.server.app.state.context.db.read() as store:
        assert repository.batches_waiting(store, me) == 0


@pytest.mark.parametrize(
    "odd",
    [
        {},
        [],
        {"due": [{}], "more": False},
        {"due": [], "more": 1},
        {"due": None, "more": False},
        {"due": [{"campaign_id": "0x", "index": 0, "attempt": 0}], "more": False},
        {"due": [{"campaign_id": "0x" + "ee" * 32, "index": True, "attempt": 0}], "more": False},
        {"due": [{"campaign_id": "0x" + "ee" * 32, "index": 0, "attempt": 256}], "more": False},
        {"due": [{"campaign_id": "0x" + "ee" * 32, "index": 0, "attempt": 0}] * 1001, "more": False},
    ],
)
def test_an_odd_list_is_a_lie(odd: Any) -> None:
    with pytest.raises(PlatformLied):
        releasing.read_due(odd)
    assert releasing.read_due({"due": [], "more": False}) == ([], False)


async def test_a_refusal_for_good_is_not_repeated(live: World, opened: Open) -> None:
    miner = await opened("miner")
    await delivered(live, miner, 1)
    await judged(live, opened, 1)
    await live.tick()
    tries = 0

    def refuses(path: str, answer: Any) -> Any:
        nonlocal tries
        if path == "/v1/releases/due":
            tries += 1
            raise PlatformRefused("not_found", "No.")
        return answer

    Lying(miner, refuses)
    for _ in range(3):
        await miner.sync.pull()
    assert tries == 1
