# SPDX-License-Identifier: Apache-2.0
"""Two processes that send for the same accounts at the same moment, also when one loses its place without a word."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import pytest

from gems_platform.channels import intents
from gems_platform.channels.intents import Call
from gems_platform.channels.sending import Sender
from gems_platform.channels.sending_tables import IntentRow
from gems_platform.db import Contended, Database
from gems_platform.errors import ChainDown
from gems_platform.settings import Settings
from tests.helpers.postgres import Postgres
from tests.platform.conftest import HandClock, key
from tests.platform.fake_node import FakeNode

TO = "0x" + "22" * 20
CUT = (
    "SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_database ON oid = database "
    "WHERE locktype = 'advisory' AND granted AND datname = '{}'"
)


class SlowNode(FakeNode):
    """Waits where a test says; what it knows may be another's, too."""

    wait: asyncio.Event | None = None
    asked: asyncio.Event

    async def next_nonce(self, sender: str) -> int:
        found = await super().next_nonce(sender)
        await asyncio.sleep(0)
        if self.wait is not None:
            self.asked.set()
            await self.wait.wait()
        return found


@dataclass
class Process:
    """What one process has of its own."""

    db: Database
    node: SlowNode
    sender: Sender
    key: bytes

    async def send(self, name: str) -> None:
        await self.sender.send(self.key, [Call(name, TO, name.encode())])

    async def insist(self, name: str) -> None:
        """As duties and requests do: again where others were in the way."""
        while True:
            try:
                return await self.send(name)
            except Contended:
                await asyncio.sleep(0)


@dataclass
class Two:
    """Two processes on one store and one chain."""

    first: Process
    second: Process
    cut: Callable[[], None]

    @property
    def nonces(self) -> list[int]:
        with self.first.db.read() as session:
            return sorted(row.nonce for row in session.query(IntentRow))

    def happened(self) -> Counter[bytes]:
        self.first.node.mine()
        return Counter(self.first.node.happened())


@pytest.fixture
def two(postgres: Postgres, migrated: str, tmp_path: Path) -> Iterator[Two]:
    url = postgres.database(migrated)
    place = "0x" + "11" * 20
    made = Settings(
        data_dir=tmp_path, store_url=url, chain_id=31_337, rpc_url="http://127.0.0.1:9", gem=place,
        channels=place, campaigns=place, hub_signer_key=key("hub signer"),
        hub_payer_key=key("hub payer"), relayer_key=key("relayer"),
    )  # fmt: skip

    def process(shared: FakeNode | None) -> Process:
        db, node = Database(url, migrate=False), SlowNode(1)
        node.asked = asyncio.Event()
        if shared is not None:
            node.blocks, node.pool = shared.blocks, shared.pool
        return Process(db, node, Sender(made, db, node, HandClock()), made.relayer_key)

    first = process(None)
    second = process(first.node)
    name = url.rpartition("@/")[2].partition("?")[0]
    yield Two(first, second, lambda: _cut(postgres, name))
    first.db.close()
    second.db.close()


def _cut(postgres: Postgres, name: str) -> None:
    assert postgres.sql(CUT.format(name))


@contextmanager
def _never(_name: str) -> Iterator[None]:
    """A turn that everybody has."""
    with nullcontext():
        yield


async def _all_at_once(two: Two, act: str = "insist") -> list[BaseException | None]:
    names = [f"call {number}" for number in range(6)]
    jobs = [
        getattr(one, act)(f"{name} of {place}")
        for name in names
        for place, one in enumerate((two.first, two.second))
    ]
    found: list[BaseException | None] = await asyncio.gather(*jobs, return_exceptions=True)
    return found


async def test_each_call_of_both_has_a_nonce_of_its_own(two: Two) -> None:
    assert await _all_at_once(two) == [None] * 12
    assert two.nonces == list(range(12))
    assert set(two.happened().values()) == {1} and len(two.happened()) == 12


async def test_so_it_is_when_nobody_waits_for_a_turn(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is stored is right by itself: a turn only saves tries."""
    for one in (two.first, two.second):
        monkeypatch.setattr(one.db, "alone", _never)
    assert await _all_at_once(two) == [None] * 12
    assert two.nonces == list(range(12)) and len(two.happened()) == 12


async def test_without_turn_and_look_two_calls_share_a_nonce(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: one of two that share a nonce never happens."""
    for one in (two.first, two.second):
        monkeypatch.setattr(one.db, "alone", _never)
    for look in ("is_taken", "is_sent"):
        monkeypatch.setattr(intents, look, lambda *_: False)
    for one in (two.first, two.second):
        one.node.wait = asyncio.Event()  # neither goes on before both have asked
    sending = [
        asyncio.create_task(one.send(f"of {place}")) for place, one in enumerate((two.first, two.second))
    ]
    for one in (two.first, two.second):
        await one.node.asked.wait()
    for one in (two.first, two.second):
        assert one.node.wait is not None
        one.node.wait.set()
    await asyncio.gather(*sending, return_exceptions=True)
    assert two.nonces == [0, 0] and len(two.happened()) == 1


async def test_who_lost_its_turn_without_a_word_sends_nothing(two: Two) -> None:
    """Its connection is cut while the chain's node is slow: the turn is the other's."""
    two.first.node.wait = asyncio.Event()
    slow = asyncio.create_task(two.first.send("slow"))
    await two.first.node.asked.wait()
    await asyncio.to_thread(two.cut)
    await two.second.send("quick")
    two.first.node.wait.set()
    with pytest.raises(Contended):
        await slow
    assert (two.nonces, two.happened()) == ([0], {b"quick": 1})
    two.first.node.wait = None
    await two.first.send("slow")
    assert (two.nonces, two.happened()) == ([0, 1], {b"quick": 1, b"slow": 1})


async def test_what_another_sent_meanwhile_is_not_sent_again(two: Two) -> None:
    """Both mean to do the same, and the one that is late still believes that it has the turn."""
    two.first.node.wait = asyncio.Event()
    late = asyncio.create_task(two.first.send("approve"))
    await two.first.node.asked.wait()
    await asyncio.to_thread(two.cut)
    await two.second.send("approve")
    two.first.node.pool.clear()  # and its node does not know of it
    two.first.node.wait.set()
    with pytest.raises(Contended):
        await late
    await two.second.sender.follow_up()
    assert two.happened() == {b"approve": 1}


async def test_two_that_look_after_the_same_do_it_once(two: Two) -> None:
    """A stuck transaction, a nonce that nobody has, a block: both processes follow all of it up at the same time."""
    for name in ("a", "b", "c"):
        await two.first.send(name)
    lost = two.first.node.pool.pop(min(two.first.node.pool))
    assert lost.nonce == 0
    for _ in range(6):
        found = await asyncio.gather(
            two.first.sender.follow_up(), two.second.sender.follow_up(), return_exceptions=True
        )
        assert all(one is None or isinstance(one, (Contended, ChainDown)) for one in found), found
        two.first.node.mine()
    assert not await two.first.sender.under_way()
    assert two.happened() == {b"a": 1, b"b": 1, b"c": 1}
