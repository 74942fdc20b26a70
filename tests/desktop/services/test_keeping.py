# SPDX-License-Identifier: Apache-2.0
"""Keeping work at hand against a real platform: topping up, megabytes, metered lines, the disk, gaps and clocks."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

import pytest

from gems_desktop.services.errors import MediaDoesNotFit, NoRoom, NothingToDo, Offline
from gems_desktop.services.facts import ItemState, Problem
from gems_desktop.services.facts_queue import OutboxFilter
from gems_desktop.services.live import LiveSession
from gems_desktop.services.queue import DISK, ENOUGH, MEGABYTES, METERED, NO_CAMPAIGN, OFF
from gems_desktop.services.records import ItemRecord, SealedRecord
from tests.desktop.services.conftest import Open, TestClock
from tests.desktop.services.test_loop import CHOOSE, do_all, states
from tests.platform.test_instruction_pictures import NAME, PNG, TEXT
from tests.platform.world import World

HUGE = 1 << 50


@dataclass
class Machine:
    """A MachinePort that tests set."""

    counts: bool | None = None
    free: int | None = HUGE

    def metered(self) -> bool | None:
        return self.counts

    def free_bytes(self) -> int | None:
        return self.free


async def keeper(live: World, opened: Open, count: int = 6, taken: int = 2, **about: str) -> LiveSession:
    """A worker with `taken` tasks of a campaign of `count`, who keeps a day of work."""
    campaign = await live.campaign(count, **about)  # type: ignore[arg-type]
    miner = await opened("miner")
    miner.context.machine = Machine()
    await miner.sync.campaigns(refresh=True)
    await miner.sync.fetch_batch(campaign, taken)
    await miner.settings.change(keep_working=True, days_of_work=1)
    return miner


async def why(miner: LiveSession) -> str:
    assert await miner.sync.keeping.top_up() == 0
    return (await miner.work.queue()).why_not


async def test_leases_are_topped_up_while_others_are_pending(live: World, opened: Open) -> None:
    miner = await keeper(live, opened)
    await live.campaign(5)  # another one, in which this worker never worked
    await do_all(miner)
    assert await miner.sync.keeping.top_up() == 4
    facts = await miner.work.queue()
    assert (facts.ready, facts.finished, facts.why_not) == (4, 2, ENOUGH)
    assert facts.seconds_ready == 4 * (await miner.sync.campaigns())[0].expected_seconds
    assert await miner.work.judged_in() == frozenset()
    assert await why(miner) == NO_CAMPAIGN


async def test_only_when_it_is_switched_on(live: World, opened: Open) -> None:
    miner = await keeper(live, opened)
    await miner.settings.change(keep_working=False)
    assert await miner.sync.keeping.top_up() == 0 and miner.sync.keeping.why_not == OFF
    assert (await miner.work.queue()).why_not == ""  # nothing that the person has to know


async def test_not_on_a_network_that_counts_megabytes(live: World, opened: Open) -> None:
    miner = await keeper(live, opened)
    machine = miner.context.machine = Machine(counts=True)
    assert await why(miner) == METERED
    machine.counts = None  # nobody knows: not metered
    await miner.settings.change(counts_megabytes=True)  # but the person does
    assert await why(miner) == METERED and (await miner.work.queue()).metered is True
    await miner.settings.change(metered=True)
    assert await miner.sync.keeping.top_up() == 4


async def test_never_above_the_days_megabytes(live: World, opened: Open) -> None:
    miner = await keeper(live, opened)
    await miner.settings.change(megabytes_per_day=1)
    assert (await miner.work.queue()).bytes_allowed == 1_000_000
    miner.sync.keeping.budget.waiting = 1_000_000  # files that are still to come
    assert await why(miner) == MEGABYTES
    miner.sync.keeping.budget.waiting = 0
    assert await miner.sync.keeping.top_up() == 4


async def test_files_wait_for_a_network_that_does_not_count(live: World, opened: Open) -> None:
    requester = await live.person("requester")
    await requester.ask("PUT", f"/v1/media/{NAME}", raw=PNG)
    campaign = await live.campaign(1, instructions=TEXT)
    miner = await opened("miner")
    machine = miner.context.machine = Machine(counts=True)
    await miner.sync.fetch_batch(campaign, 1)
    facts = await miner.work.queue()
    assert not miner.context.media.has(NAME) and facts.ready == 1
    assert (facts.files_wait, facts.why_not) == (len(PNG), METERED)
    machine.counts, machine.free = False, 1_000
    await miner.sync._missing_media()
    assert (await miner.work.queue()).why_not == DISK
    machine.free = HUGE
    await miner.sync._missing_media()
    assert miner.context.media.has(NAME)
    assert (await miner.work.queue()).files_wait == 0


async def test_a_file_that_is_wrong_keeps_no_other_one_back(live: World, opened: Open) -> None:
    campaign = await live.campaign(1)
    miner = await opened("miner")
    await miner.sync.fetch_batch(campaign, 1)
    (item,) = await miner.context.store.run(lambda tx: tx.find(ItemRecord))
    names = ["aa" * 32, "bb" * 32]
    item = replace(item, media=json.dumps([{"sha256": name, "size": 1} for name in names]))
    asked = []

    async def ensure(sha256: str, _size: int) -> None:
        asked.append(sha256)
        if sha256 == names[0]:
            raise MediaDoesNotFit

    miner.context.media.ensure = ensure  # type: ignore[method-assign]
    with pytest.raises(MediaDoesNotFit):
        await miner.sync.keeping.budget.fetch([item])
    assert asked == names


async def test_a_full_disk_is_said_before_anything_is_leased(live: World, opened: Open) -> None:
    campaign = await live.campaign(2)
    miner = await opened("miner")
    machine = miner.context.machine = Machine(free=1_000_000)
    with pytest.raises(NoRoom):
        await miner.sync.fetch_batch(campaign, 2)
    assert await states(miner) == []
    told = (await miner.work.queue()).problem
    assert told is not None and told.code == "no_room"
    machine.free = HUGE
    await miner.sync.fetch_batch(campaign, 2)
    assert len(await states(miner)) == 2


async def test_what_runs_out_soon_is_known(live: World, opened: Open, clock: TestClock) -> None:
    miner = await keeper(live, opened, 3, 3)
    task = await miner.work.current()
    assert task is not None
    await miner.work.record(task.item_id, CHOOSE)
    await miner.work.finish(task.item_id)
    facts = await miner.work.queue()
    assert (facts.due_soon, facts.next_due_at) == (0, task.due_at)
    clock.at = task.due_at - 2 * 3_600
    await miner.sync.pull()
    facts = await miner.work.queue()
    assert (facts.due_soon, facts.finished_soon, facts.unsent) == (3, 1, 1)
    await miner.settings.change(warn_hours=1)
    assert (await miner.work.queue()).due_soon == 0


async def test_a_clock_that_is_wrong_is_said_once(live: World, opened: Open, clock: TestClock) -> None:
    miner = await keeper(live, opened)
    keeping = miner.sync.keeping
    told: list[Problem | None] = []
    miner.subscribe(lambda topics: told.append(keeping.clock_problem))
    await keeping.looked()
    assert keeping.clock_problem is None
    miner.context.clock = Ahead(clock, 3_600)
    await keeping.looked()
    await keeping.looked()
    problem = (await miner.work.queue()).problem
    assert problem is not None and problem.code == "wrong_clock" and len(told) == 1
    miner.context.clock = clock
    await keeping.looked()
    assert (await miner.work.queue()).problem is None


class Ahead(TestClock):
    """The same clock, shown wrongly by `seconds`."""

    __test__ = False

    def __init__(self, clock: TestClock, seconds: int) -> None:
        super().__init__()
        self._clock, self._seconds = clock, seconds

    def now(self) -> int:
        return self._clock.now() + self._seconds


async def test_a_clock_moved_back_revives_nothing(live: World, opened: Open, clock: TestClock) -> None:
    """The lease ran out while the platform was heard; offline, with the clock of last week, it stays so."""
    miner = await keeper(live, opened)
    due_at = (await miner.work.outbox())[0].due_at
    clock.at = due_at + 10
    await miner.sync.pull()
    await miner.sync.keeping.looked()
    assert await states(miner) == [ItemState.EXPIRED] * 2
    await miner.context.store.run(_alive)  # as if the news had not been written down
    await miner.close()
    clock.at = due_at - 86_400
    again = await opened("miner")
    assert await again.work.current() is not None  # the control: the computer's clock alone would revive them
    await again.sync.keeping.remember()
    assert again.context.platform.time() >= due_at
    assert await again.work.current() is None


def _alive(tx: object) -> None:
    for item in tx.find(ItemRecord):  # type: ignore[attr-defined]
        tx.change(ItemRecord, item.item_id, state="LEASED")  # type: ignore[attr-defined]


async def test_after_days_asleep_leases_are_looked_at_first(
    live: World, opened: Open, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    miner = await keeper(live, opened)
    await do_all(miner)
    asked: list[str] = []

    async def pull() -> int:
        asked.append("pull")
        return 0

    monkeypatch.setattr(miner.sync, "pull", pull)
    await miner.sync._look_first()  # the first look of all
    await miner.sync.keeping.looked()
    await miner.sync._look_first()
    assert asked == ["pull"]
    clock.at += 3 * 86_400
    await miner.sync._look_first()
    assert asked == ["pull", "pull"]
    clock.at -= 5 * 86_400  # moved back
    await miner.sync.keeping.looked()
    clock.at -= 10
    await miner.sync._look_first()
    assert asked == ["pull"] * 3


async def test_the_most_urgent_is_sealed_and_sent_first(live: World, opened: Open, clock: TestClock) -> None:
    first = await live.campaign(2)
    miner = await opened("miner")
    await miner.sync.fetch_batch(first, 2)
    clock.at += 3_600
    second = await live.campaign(2)
    await miner.sync.fetch_batch(second, 2)
    await do_all(miner)
    assert await miner.work.seal() == 4
    sealed = await miner.context.store.run(lambda tx: tx.find(SealedRecord, order="due_at", receipt=""))
    assert sealed[0].due_at < sealed[1].due_at
    sent: list[str] = []
    post = miner.context.platform.post

    async def watched(path: str, body: dict[str, object] | str) -> object:
        if path == "/v1/submissions":
            sent.append(
                json.loads(body if isinstance(body, str) else json.dumps(body))["batch"]["message"]["root"]
            )
        return await post(path, body)

    miner.context.platform.post = watched  # type: ignore[method-assign]
    await miner.sync.flush()
    assert sent in ([], [one.root for one in sealed])  # packed requests do not pass here
    delivered = [item for item in await miner.work.outbox() if item.state is ItemState.DELIVERED]
    assert len(delivered) == 4


async def test_taken_back_from_the_outbox_after_a_restart(live: World, opened: Open) -> None:
    """One journal: what was undone, redone and finished before is what the task opens with again."""
    miner = await keeper(live, opened, 2, 2)
    await do_all(miner)
    await miner.work.seal()
    items = [item.item_id for item in await miner.work.outbox()]
    await miner.close()
    again = await opened("miner")
    task = await again.work.take_back(items[0])
    assert task.edits and task.answer
    assert sorted(state.name for state in await states(again)) == ["DRAFT", "FINISHED"]
    assert await again.context.store.run(lambda tx: tx.count(SealedRecord)) == 0
    assert not (await again.work.undo(items[0])).answer
    assert (await again.work.redo(items[0])).answer == task.answer
    await again.work.finish(items[0])
    assert await again.work.seal() == 2 and await again.sync.flush() == 1


async def test_what_has_begun_to_leave_says_why_it_stays(
    live: World, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    miner = await keeper(live, opened, 2, 2)
    await do_all(miner)
    await miner.work.seal()
    item_id = (await miner.work.outbox())[0].item_id
    running = live.server
    await running.close()
    with pytest.raises(Offline):
        await miner.sync.flush()
    with pytest.raises(NothingToDo) as caught:
        await miner.work.take_back(item_id)
    assert "has begun" in caught.value.message
    page = await miner.work.outbox_page(OutboxFilter("unsent"))
    assert page.counts["unsent"] == 2 and page.progress[item_id].next in ("send", "retry")


async def test_pages_by_shelf_and_words(live: World, opened: Open) -> None:
    miner = await keeper(live, opened, 6, 5)
    await do_all(miner)
    one = await miner.work.outbox_page(OutboxFilter(), limit=2)
    two = await miner.work.outbox_page(OutboxFilter(), one.after, limit=2)
    three = await miner.work.outbox_page(OutboxFilter(), two.after, limit=2)
    names = [item.item_id for page in (one, two, three) for item in page.items]
    assert len(set(names)) == 5 and three.after is None
    assert [item.item_id for item in await miner.work.outbox()] and one.counts["all"] == 5
    title = one.items[0].campaign_title
    found = await miner.work.outbox_page(OutboxFilter("unsent", title[:4].upper()))
    assert len(found.items) == 5
    assert not (await miner.work.outbox_page(OutboxFilter("unsent", "no such title"))).items
    assert not (await miner.work.outbox_page(OutboxFilter("paid"))).items
