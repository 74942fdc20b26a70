# SPDX-License-Identifier: Apache-2.0
"""PostgreSQL cuts connections, only reads, has no connection or no room left, is restarted: requests are answered
with what to do, what was answered happened once, and all goes on when it is back."""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import select

from gems_platform import db as platform_db
from gems_platform.db import Database
from gems_platform.duties.jobs import migrate
from gems_platform.submissions.tables import ReceiptRow
from gems_platform.tasks.tables import AssignmentRow
from tests.faults.fleet_books import wrong
from tests.helpers.postgres import Postgres
from tests.helpers.stubborn import Stubborn
from tests.platform import stores
from tests.platform.api import Person, Refused
from tests.platform.conftest import HandClock, key
from tests.platform.world import World, world

CUT = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = '{}' AND pid <> pg_backend_pid() AND application_name = 'gems'"
)
Blow = Callable[[], object]


def _name(live: World) -> str:
    return live.settings.store_url.rpartition("@/")[2].partition("?")[0]


@dataclass
class Frank(Stubborn):
    """Asks again, and remembers each refusal."""

    told: Counter[str] = field(default_factory=Counter)

    async def ask(self, method: str, path: str, body: Any = None, *, raw: bytes | None = None) -> Any:
        async with asyncio.timeout(self.patience):
            while True:
                try:
                    return await Person.ask(self, method, path, body, raw=raw)
                except Refused as error:
                    self.told[f"{error.status} {error.code}"] += 1
                    if error.code != "store_unavailable":
                        raise
                    assert error.error["retryable"] and error.error["safe"] and error.error["action"]
                await asyncio.sleep(0.05 + 0.1 * random.random())


async def _under_load(live: World, postgres: Postgres, blows: list[Blow], rest: float) -> Counter[str]:
    """People work while each blow falls; what they were refused. All that was leased was handed in, once."""
    campaign = await live.campaign(240)
    people = [Frank(live.http, live.server.url, live.settings, key(f"miner {place}")) for place in range(4)]
    for who in people:
        await who.sign_in()
    over = asyncio.Event()
    done: list[tuple[int, int]] = []

    async def work(who: Frank) -> None:
        while not over.is_set():
            try:
                done.extend((one.index, one.attempt) for one in await live.work(who, campaign, 2))
            except Refused as error:
                if error.code not in ("no_work", "credit_limit"):
                    raise
                return

    async def fall() -> None:
        for blow in blows:
            await asyncio.sleep(rest)
            await asyncio.to_thread(blow)
        await asyncio.sleep(rest)
        over.set()

    await asyncio.gather(fall(), *(work(who) for who in people))
    with live.server.app.state.context.db.read() as session:
        assert wrong(session) == []
        leased = session.scalars(select(AssignmentRow)).all()
        receipts = session.scalars(select(ReceiptRow)).all()
    assert len(leased) == len({(one.index, one.attempt) for one in leased}) == len(done) == len(set(done))
    assert len(receipts) == len({one.batch_id for one in leased})
    found: Counter[str] = Counter()
    for who in people:
        found.update(who.told)
    return found


def _calm(caplog: pytest.LogCaptureFixture) -> None:
    """No bug was met: a store that is away is said in one line."""
    assert not [one.getMessage() for one in caplog.records if one.exc_info]


async def test_connections_are_cut_under_load(
    tmp_path: Path, postgres: Postgres, caplog: pytest.LogCaptureFixture
) -> None:
    async with world(tmp_path, HandClock()) as live:
        cut = CUT.format(_name(live))
        told = await _under_load(live, postgres, [lambda: postgres.sql(cut)] * 12, 0.1)
    assert told["503 store_unavailable"] and not any(
        one.startswith("5") and one != "503 store_unavailable" for one in told
    ), told
    _calm(caplog)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Iterator[Postgres]:
    """A server of a test's own, with few connections."""
    postgres = Postgres.new(
        "-c shared_buffers=32MB -c max_connections=14 -c superuser_reserved_connections=0"
    )
    _serves(postgres, monkeypatch)
    yield postgres
    postgres.close()


def _serves(postgres: Postgres, monkeypatch: pytest.MonkeyPatch, tablespace: str = "") -> None:
    def place() -> str:
        url = postgres.database()
        if tablespace:
            name = url.rpartition("@/")[2].partition("?")[0]
            postgres.sql(f"ALTER DATABASE {name} SET TABLESPACE {tablespace}")
        with closing(Database(url, migrate=None)) as db:
            migrate(db, url)
        return url

    monkeypatch.setattr(stores, "place", place)


@pytest.mark.long
@pytest.mark.parametrize("known", [True, False], ids=["", "control: only what the driver calls operational"])
async def test_a_store_that_only_reads(
    tmp_path: Path, small: Postgres, caplog: pytest.LogCaptureFixture, known: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """As a replica that did not take over yet: who only reads is answered, and all goes on once it has."""
    if not known:
        monkeypatch.setattr(platform_db, "_ONLY_READS", frozenset())
    async with world(tmp_path, HandClock()) as live:
        campaign = await live.campaign(2)
        anna = await live.person("anna")
        await asyncio.to_thread(_replica, small, True)
        assert (await _past_the_cut(anna, f"/v1/campaigns/{campaign}"))["tasks_open"] == 2
        with pytest.raises(Refused) as refused:
            await live.lease(anna, campaign, 1)
        assert refused.value.code == ("store_unavailable" if known else "internal")
        await asyncio.to_thread(_replica, small, False)
        await _past_the_cut(anna, f"/v1/campaigns/{campaign}")
        assert len(await live.work(anna, campaign, 1)) == 1
    if known:
        _calm(caplog)


def _replica(postgres: Postgres, on: bool) -> None:
    postgres.stop()
    signal = postgres.folder / "data" / "standby.signal"
    if on:
        signal.touch()
        owner = signal.parent.stat()
        os.chown(signal, owner.st_uid, owner.st_gid)
    else:
        signal.unlink()
    postgres.start()


async def _past_the_cut(who: Person, path: str) -> Any:
    """What is there; the first questions over lines that were cut may be refused."""
    async with asyncio.timeout(20):
        while True:
            try:
                return await who.get(path)
            except Refused as error:
                assert error.code == "store_unavailable"


@pytest.mark.long
async def test_it_is_stopped_and_crashes_under_load(
    tmp_path: Path, small: Postgres, caplog: pytest.LogCaptureFixture
) -> None:
    def again(how: str) -> Blow:
        def blow() -> None:
            small.stop(how)
            small.start()

        return blow

    async with world(tmp_path, HandClock()) as live:
        told = await _under_load(live, small, [again("fast"), again("immediate")] * 3, 1.0)
    assert told["503 store_unavailable"], told
    assert not any("internal" in one for one in told), told
    _calm(caplog)


@pytest.mark.long
async def test_there_is_no_connection_left(
    tmp_path: Path, small: Postgres, caplog: pytest.LogCaptureFixture
) -> None:
    """Somebody else took them all: what is connected goes on, the others are told to wait."""
    held: list[psycopg.Connection[Any]] = []

    def take() -> None:
        small.sql(CUT.format(name))
        with suppress(psycopg.OperationalError):
            while True:
                held.append(psycopg.connect(host=str(small.folder), user="gems", dbname="postgres"))

    def give() -> None:
        while held:
            held.pop().close()

    async with world(tmp_path, HandClock()) as live:
        name = _name(live)
        told = await _under_load(live, small, [take, give] * 3, 1.0)
        give()
    assert told["503 store_unavailable"], told
    assert not any("internal" in one for one in told), told
    _calm(caplog)


def _can_mount() -> bool:
    return sys.platform == "linux" and os.geteuid() == 0 and shutil.which("mount") is not None


@contextmanager
def _small_disk(postgres: Postgres, size: str) -> Iterator[Path]:
    """A disk of so many bytes that PostgreSQL may write to."""
    place = postgres.folder / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)], check=False)
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        owner = (postgres.folder / "data").stat()
        os.chown(place, owner.st_uid, owner.st_gid)
        yield place
    finally:
        postgres.stop("immediate")
        subprocess.run(["umount", "-l", str(place)], check=True)


def _fill(disk: Path, leave: int) -> None:
    """Let a file of no use take all room but so much, though others write at the same time."""
    filler = disk / "filler"
    filler.unlink(missing_ok=True)
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while (there := os.statvfs(disk)).f_bavail * there.f_frsize > leave:
            file.write(bytes(4096 * min(256, there.f_bavail)))


@pytest.mark.long
@pytest.mark.skipif(
    not _can_mount(), reason="only the system's administrator can mount a small disk for PostgreSQL"
)
async def test_its_disk_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Where the tables are: nothing of a request is kept that could not be kept whole."""
    postgres = Postgres.new()
    with closing(postgres), _small_disk(postgres, "96m") as disk:
        postgres.sql(f"CREATE TABLESPACE small LOCATION '{disk}'")
        _serves(postgres, monkeypatch, "small")
        async with world(tmp_path, HandClock()) as live:
            fills: list[Blow] = [lambda: _fill(disk, 0), lambda: _fill(disk, 1 << 40)]
            told = await _under_load(live, postgres, fills * 4, 1.5)
    assert told["503 store_unavailable"], told
    assert not any("internal" in one for one in told), told
    _calm(caplog)


@pytest.mark.long
@pytest.mark.skipif(
    not _can_mount(), reason="only the system's administrator can mount a small disk for PostgreSQL"
)
async def test_the_disk_of_its_log_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Without room for its log PostgreSQL stops itself; an operator makes room and starts it."""
    postgres = Postgres.new("-c shared_buffers=32MB -c min_wal_size=32MB -c max_wal_size=32MB")
    with closing(postgres), _small_disk(postgres, "160m") as disk:
        postgres.stop()
        log = postgres.folder / "data" / "pg_wal"
        shutil.copytree(log, disk / "pg_wal")
        owner = log.stat()
        for path in [disk / "pg_wal", *(disk / "pg_wal").rglob("*")]:
            os.chown(path, owner.st_uid, owner.st_gid)
        shutil.rmtree(log)
        log.symlink_to(disk / "pg_wal")
        postgres.start()
        _serves(postgres, monkeypatch)

        def full() -> None:
            _fill(disk, 0)
            with suppress(psycopg.Error):
                for _ in range(4):
                    postgres.sql(
                        "SELECT pg_switch_wal(), pg_logical_emit_message(true, 'a', repeat('a', 9000000))"
                    )

        def room() -> None:
            _fill(disk, 1 << 40)
            with suppress(AssertionError):
                postgres.stop("immediate")
            postgres.start()

        async with world(tmp_path, HandClock()) as live:
            told = await _under_load(live, postgres, [full, room] * 2, 1.5)
    assert told["503 store_unavailable"], told
    assert not any("internal" in one for one in told), told
    _calm(caplog)
