# SPDX-License-Identifier: Apache-2.0
"""Reading closes from a node whose last blocks are replaced, that refuses long ranges, that was set back, or lies."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from gems_platform.db import Database
from gems_platform.errors import ChainDown
from gems_platform.watching import reading
from gems_platform.watching.following import AGAIN, Following
from gems_platform.watching.nodes import Nodes
from tests.platform.conftest import HandClock

ONE, TWO = "0x" + "11" * 32, "0x" + "22" * 32


class Node:
    """A node with closes by block; `most` is the longest range that it takes."""

    channels = "0x" + "33" * 20

    def __init__(self, url: str = "http://a:1", head: int = 1_000, most: int = 10**9) -> None:
        self.url, self.head, self.most = url, head, most
        self.events: dict[int, str] = {}
        self.asked: list[tuple[int, int]] = []

    async def block_number(self) -> int:
        return self.head

    async def timestamp(self, number: int | None = None) -> int:
        return 10 * (self.head if number is None else number)

    async def logs(self, to: str, topics: list[str], first: int, last: int) -> list[dict[str, Any]]:
        self.asked.append((first, last))
        if last - first + 1 > self.most:
            raise ChainDown("The chain refused: range too long")
        found = sorted((block, name) for block, name in self.events.items() if first <= block <= last)
        return [{"topics": [topics[0], name], "blockNumber": hex(block)} for block, name in found]


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    store = Database(tmp_path / "watch.sqlite3")
    yield store
    store.close()


def _following(db: Database, *nodes: Any, start: int | None = 0) -> Following:
    return Following(db, Nodes(nodes), HandClock(10_000), start)


def _names(following: Following) -> list[str]:
    return [name for name, _ in following.closes()]


async def test_a_close_that_moves_to_another_block_stays_and_one_that_comes_late_is_found(
    db: Database,
) -> None:
    node = Node()
    following = _following(db, node)
    node.events[990] = ONE
    assert await following.read() == [ONE]
    following.end(ONE)
    assert _names(following) == []
    node.events = {995: ONE, 960: TWO}  # replaced blocks: one moved, one appeared behind the cursor
    node.head = 1_001
    assert await following.read() == [TWO]
    assert _names(following) == [TWO, ONE]


async def test_control_without_reading_again_a_replaced_block_hides_a_close(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gems_platform.watching.following.AGAIN", 0)
    node = Node()
    following = _following(db, node)
    await following.read()
    node.events, node.head = {960: TWO}, 1_001
    assert await following.read() == []


async def test_a_node_that_takes_short_ranges_only_is_read_in_halves(db: Database) -> None:
    node = Node(head=20_000, most=600)
    node.events = {5: ONE, 19_999: TWO}
    assert await _following(db, node).read() == [ONE, TWO]
    taken = [(first, last) for first, last in node.asked if last - first < 600]
    assert taken[0][0] == 0 and taken[-1][1] == 20_000
    assert all(a[1] + 1 == b[0] for a, b in pairwise(taken))
    node.most = 1
    with pytest.raises(ChainDown):
        await _following(db, node).read()


async def test_it_goes_on_where_it_was_and_a_node_set_back_is_read_again(db: Database) -> None:
    node = Node()
    await _following(db, node).read()
    node.asked.clear()
    await _following(db, node).read()
    assert node.asked == [(1_001 - AGAIN, 1_000)]
    node.head, node.events = 500, {499: ONE}
    assert await _following(db, node).read() == [ONE]


async def test_a_new_tower_begins_three_months_ago(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gems_platform.watching.following.LOOK_BACK_S", 1_000)
    node = Node()  # block n is at 10 n, now is 10,000
    await _following(db, node, start=None).read()
    assert node.asked[0][0] == 900
    assert await reading.first_block_since(node, 10**9) == 1_000  # type: ignore[arg-type]


async def test_what_one_node_hides_another_shows_and_garbage_is_no_close(db: Database) -> None:
    silent, honest = Node("http://a:1"), Node("http://b:2")
    honest.events[990] = ONE
    assert await _following(db, silent, honest).read() == [ONE]
    liar = Node("http://c:3")
    liar.events[991] = "0xnothing"
    assert await _following(db, liar, honest).read() == []
    with pytest.raises(ChainDown):
        await _following(db, liar).read()
    assert _names(_following(db, honest)) == [ONE]
