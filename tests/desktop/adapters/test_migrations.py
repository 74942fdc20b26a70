# SPDX-License-Identifier: Apache-2.0
"""A profile of an earlier version opens with everything it held, and its old verdicts count as final."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config

from gems_desktop.adapters.store import SqliteStore
from gems_desktop.adapters.store_engine import MIGRATIONS, open_engine
from gems_desktop.services.records import AppealRecord, EventRecord, FormerRecord, ItemRecord
from gems_protocol.amount import ZERO, Amount

COLUMNS = (
    'item_id, batch_id, campaign_id, kind, position, "index", attempt, round, reward, stake, due_at, state, '
    "changed_at, assignment, signature, data, start, media, redo_of, redo_until, reason, note, verdict, "
    "decided_at, paid, outcome, judged, judged_at, delivered_at"
)
ROW = (
    "'{}', 'b', 'c', 'work', 1, 0, 0, 0, '5', '0', 9, '{}', 1, '{{}}', '0x', '{{}}', '[]', '[]', '', 0, "
    "'', '', '', 0, '0', {}, 1, 7, 3"
)


def _at(folder: Path, version: str) -> None:
    engine = open_engine(folder / "gems.db")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, version)
    engine.dispose()


def _first_version(folder: Path) -> None:
    _at(folder, "0001")
    with closing(sqlite3.connect(folder / "gems.db")) as database:
        for name, state, outcome in (("won", "PAID", 1), ("lost", "REJECTED", -1), ("open", "DELIVERED", 0)):
            database.execute(f"INSERT INTO items ({COLUMNS}) VALUES ({ROW.format(name, state, outcome)})")  # noqa: S608
        database.commit()


async def test_a_profile_of_the_first_version_opens(tmp_path: Path) -> None:
    _first_version(tmp_path)
    store = SqliteStore(tmp_path)
    await store.open()
    await store.open_sealed(bytearray(32))
    items = {item.item_id: item for item in await store.run(lambda tx: tx.find(ItemRecord))}
    assert {name: item.final for name, item in items.items()} == {"won": True, "lost": True, "open": False}
    assert items["won"].reward == Amount(5) and items["won"].appeal_bond == items["won"].fee == ZERO
    assert (items["open"].blind, items["open"].standing, items["open"].appeal_state) == (False, "", "")
    appeal = AppealRecord("won", "0x", "{}", "0x", "Because.", "", 5)
    await store.run(lambda tx: tx.put(appeal))
    assert await store.run(lambda tx: tx.get(AppealRecord, "won")) == appeal
    await store.close()


async def test_a_profile_of_the_second_version_opens(tmp_path: Path) -> None:
    _at(tmp_path, "0002")
    with closing(sqlite3.connect(tmp_path / "gems.db")) as database:
        for seq, problem in ((1, ""), (2, "No.")):
            database.execute("INSERT INTO events VALUES (?, 5, 'verdict', '{}', ?)", (seq, problem))
        database.commit()
    store = SqliteStore(tmp_path)
    await store.open()
    await store.open_sealed(bytearray(32))
    events = await store.run(lambda tx: tx.find(EventRecord, kind="verdict", refused=True))
    assert events == [EventRecord(2, 5, "verdict", "{}", "No.", True)]
    former = FormerRecord("one", "c", 3, 1, -1, True, 7, 9, Amount(5), True)
    await store.run(lambda tx: tx.put(former, FormerRecord("two", "d", 0, 0)))
    assert await store.run(lambda tx: tx.find(FormerRecord, campaign_id="c")) == [former]
    await store.close()


async def test_a_profile_of_the_third_version_opens_without_marks(tmp_path: Path) -> None:
    _at(tmp_path, "0003")
    with closing(sqlite3.connect(tmp_path / "gems.db")) as database:
        database.execute(f"INSERT INTO items ({COLUMNS}) VALUES ({ROW.format('one', 'REJECTED', -1)})")  # noqa: S608
        database.commit()
    store = SqliteStore(tmp_path)
    await store.open()
    await store.open_sealed(bytearray(32))
    [item] = await store.run(lambda tx: tx.find(ItemRecord))
    assert item.mark == ""
    await store.close()


async def test_a_part_that_fails_is_undone_and_the_rest_stays(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path)
    await store.open()
    await store.open_sealed(bytearray(32))
    kept = AppealRecord("kept", "0x", "{}", "0x", "", "", 1)

    def part(tx: object) -> None:
        tx.put(AppealRecord("gone", "0x", "{}", "0x", "", "", 1))  # type: ignore[attr-defined]
        raise KeyError

    def work(tx: object) -> str:
        tx.put(kept)  # type: ignore[attr-defined]
        try:
            tx.whole(lambda: part(tx))  # type: ignore[attr-defined]
        except KeyError:
            return "undone"
        return ""

    assert await store.run(work) == "undone"
    assert await store.run(lambda tx: tx.find(AppealRecord)) == [kept]
    await store.close()
