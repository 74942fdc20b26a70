# SPDX-License-Identifier: Apache-2.0
"""One store of media under several processes: each goes on with what another began; what dies leaves nothing to see."""

from __future__ import annotations

import asyncio
import hashlib
import json
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any

import aiohttp
import pytest

from gems_platform.app import Server, serve
from gems_platform.errors import Conflict, MediaUnavailable
from gems_platform.media import bucket as bucket_file
from gems_platform.media import repository
from gems_platform.media.bucket import Bucket
from gems_platform.settings import Settings
from gems_platform.uploads.service import Uploads
from tests.helpers.s3 import S3
from tests.platform.api import Person
from tests.platform.conftest import HandClock, key
from tests.platform.storing import PLACES, at, code_of, fetched, name_of, names, png, upload
from tests.platform.test_uploads import CHUNK, tus

DATA = png(300_000)
NAME = name_of(DATA)


@pytest.fixture(params=PLACES)
def settings(
    request: pytest.FixtureRequest, settings: Settings, s3: S3, monkeypatch: pytest.MonkeyPatch
) -> Settings:
    return at(request.param, settings, s3, monkeypatch)


@pytest.fixture
async def both(settings: Settings, clock: HandClock) -> AsyncIterator[tuple[Server, Server]]:
    """Two platforms over one store, as two processes behind a proxy are."""
    one = await serve(settings, clock=clock, ticking=False)
    other = await serve(settings, clock=clock, ticking=False)
    yield one, other
    await one.close()
    await other.close()


def _at_other(who: Person, other: Server) -> Person:
    """The same person with the same token, sent to the other process."""
    return replace(who, url=other.url, settings=other.app.state.context.settings)


async def test_each_goes_on_with_what_the_other_began(
    both: tuple[Server, Server], http: aiohttp.ClientSession
) -> None:
    one, other = both
    anna = await Person(http, one.url, one.app.state.context.settings, key("anna")).sign_in()
    there = _at_other(anna, other)
    who, elsewhere = anna, there
    for begin in range(0, 300_000, 75_000):
        assert (await upload(who, DATA, 75_000, begin + 75_000, begin)).offset == begin + 75_000
        told = await elsewhere.get(f"/v1/uploads/{NAME}")
        assert (told["offset"], told["sure"]) == (begin + 75_000, begin + 75_000)
        who, elsewhere = elsewhere, who
    await anna.post("/v1/media/from-upload", {"upload": NAME})
    assert (await fetched(there, NAME, Range="bytes=1000-1999"))[1] == DATA[1000:2000]
    assert (await tus(there, "HEAD", f"/v1/uploads/{NAME}")).status == 404
    second = png(5000)  # and the same file at both at once is one file
    path = f"/v1/media/{name_of(second)}"
    await asyncio.gather(*(who.ask("PUT", path, raw=second) for who in (anna, there) for _ in range(4)))
    assert sorted(names(other.app.state.context)) == sorted([NAME, name_of(second)])


async def test_of_two_chunks_at_one_place_one_holds(
    both: tuple[Server, Server], http: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when the bytes of both are written before either says so; and what is lost is dropped again."""
    one, other = both
    anna = await Person(http, one.url, one.app.state.context.settings, key("anna")).sign_in()
    there = _at_other(anna, other)
    await upload(anna, DATA, upto=0)
    path, headers = f"/v1/uploads/{NAME}", {"Upload_Offset": "0", "Content_Type": CHUNK}
    sent = [tus(who, "PATCH", path, DATA[:9000], **headers) for who in (anna, there) for _ in range(3)]
    told = await asyncio.gather(*sent)
    assert sorted(answer.status for answer in told) == [204] + [409] * 5
    assert (await upload(there, DATA, begin=9000)).offset == 300_000
    await there.post("/v1/media/from-upload", {"upload": NAME})
    assert (await fetched(anna, NAME))[1] == DATA


@pytest.mark.parametrize("settings", ["s3"], indirect=True)
def test_a_write_that_was_overtaken_counts_for_nothing(
    settings: Settings, clock: HandClock, both: tuple[Server, Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = (server.app.state.context for server in both)
    owner = "0x" + "aa" * 20
    with here.db.write() as session:
        from gems_platform.accounts.repository import ensure_account

        ensure_account(session, owner, 1)
    here.uploads.create(owner, NAME, len(DATA), 1 << 30)
    write = here.upload_files.write

    def overtaken(*args: Any) -> str:
        found: str = write(*args)
        there.uploads.append(owner, NAME, 0, DATA[:1000], None, whole=True)
        return found

    def attempt() -> None:
        monkeypatch.setattr(here.upload_files, "write", overtaken)
        here.uploads.append(owner, NAME, 0, b"other bytes", None, whole=True)

    with pytest.raises(Conflict):
        attempt()
    monkeypatch.undo()
    assert there.uploads.state(owner, NAME).offset == 1000
    assert here.upload_files.part(owner, NAME, 0, 1000, _parts(here, owner)) == DATA[:1000]
    assert len(here.upload_files.after("", 100)) == 1
    there.uploads.append(owner, NAME, 1000, DATA[1000:], None, whole=True)
    assert b"".join(here.uploads.pieces(owner, NAME)) == DATA
    here.uploads.drop(owner, NAME)
    assert here.upload_files.after("", 100) == []


@pytest.mark.parametrize("settings", ["s3"], indirect=True)
def test_without_that_rule_bytes_would_be_mixed(
    settings: Settings, both: tuple[Server, Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the same race with the rule taken out ends in what nobody sent."""

    def careless(self: Uploads, session: Any, owner: str, sha256: str, before: Any, now: Any) -> Any:
        from gems_platform.uploads.repository import own

        row = own(session, owner, sha256, self._clock.now())
        row.offset, row.sure, row.parts = now
        return row

    monkeypatch.setattr(Uploads, "_move", careless)
    with pytest.raises(pytest.fail.Exception, match="DID NOT RAISE"):
        test_a_write_that_was_overtaken_counts_for_nothing(settings, HandClock(), both, monkeypatch)


def _parts(context: Any, owner: str) -> str:
    from gems_platform.uploads.repository import parts

    with context.db.read() as session:
        return parts(session, owner, NAME)


_DIES = """
import json, os, signal, sys
from pathlib import Path
from gems_platform.accounts.repository import ensure_account
from gems_platform.clock import SystemClock
from gems_platform.db import Database
from gems_platform.media.opening import open_stores
from gems_platform.media.service import Media
from gems_platform.settings import Settings

told = json.loads(sys.stdin.readline())
data, point, owner = bytes.fromhex(told["data"]), told["point"], "0x" + "aa" * 20
keys = dict.fromkeys(("hub_signer_key", "hub_payer_key", "relayer_key"), bytes(31) + b"\\1")
settings = Settings(**{**told["settings"], **keys, "data_dir": Path(told["data_dir"])})
db = Database(settings.store)
with db.write() as session:
    ensure_account(session, owner, 1)
store, _ = open_stores(settings)
media = Media(settings, db, SystemClock(), store)

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

with media.bringing(owner, told["name"], len(data)) as coming:
    coming.incoming.write(data[: len(data) // 2])
    if point == "half":
        coming.incoming._file.flush()
        die()
    coming.incoming.write(data[len(data) // 2 :])
    if point == "kept":
        db.run = die
    coming.keep()
"""


@pytest.mark.parametrize(
    ("settings", "point"),
    [
        ("disk", "half"),
        ("s3", "kept"),
        pytest.param("disk", "kept", marks=pytest.mark.long),
        pytest.param("s3", "half", marks=pytest.mark.long),
    ],
    indirect=["settings"],
)
async def test_a_process_killed_in_the_middle_leaves_nothing_to_see(
    settings: Settings, http: aiohttp.ClientSession, point: str
) -> None:
    """With half of the file here, and with all of it in the store and no row: not seen, swept in time, sent again."""
    if settings.store_url:
        pytest.skip("the process that dies uses a file of its own")
    given = {
        name: getattr(settings, name)
        for name in (
            "chain_id",
            "rpc_url",
            "gem",
            "channels",
            "campaigns",
            "media_url",
            "media_endpoint",
            "media_region",
        )
    }
    told = {
        "settings": given, "data_dir": str(settings.data_dir), "data": DATA.hex(), "name": NAME, "point": point,
    }  # fmt: skip
    died = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", _DIES], input=json.dumps(told).encode() + b"\n", timeout=60
    )
    assert died.returncode == -9
    clock = HandClock(int(time.time()))
    running = await serve(settings, clock=clock, ticking=False)
    context = running.app.state.context
    anna = await Person(http, running.url, context.settings, key("anna")).sign_in()
    assert (await fetched(anna, NAME))[0] == 404
    assert await code_of(anna.post("/v1/media/from-upload", {"upload": NAME})) == "upload_incomplete"
    assert names(context) == ([] if point == "half" else [NAME])
    assert context.sweeper.sweep() == 0  # too young: it may be on its way
    clock.at += settings.media_left_s + 60
    assert context.sweeper.sweep() == (0 if point == "half" else 1)
    assert names(context) == []
    await anna.sign_in()
    await anna.ask("PUT", f"/v1/media/{NAME}", raw=DATA)
    clock.at += 2 * settings.media_left_s
    assert context.sweeper.sweep() == 0
    assert (await fetched(anna, NAME))[1] == DATA
    await running.close()


async def test_nobody_brings_what_is_being_swept_and_nobody_sweeps_what_is_brought(
    settings: Settings, clock: HandClock, http: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = await serve(settings, clock=clock, ticking=False)
    context = running.app.state.context
    anna = await Person(http, running.url, context.settings, key("anna")).sign_in()
    clock.at = int(time.time()) + settings.media_left_s + 60
    await anna.sign_in()
    with context.media.bringing(anna.address, NAME, len(DATA)) as coming:
        coming.incoming.write(DATA)
        coming.incoming.finish()
        context.media.store.keep(coming.incoming)  # in the store, old by the clock, not in a row yet
        assert context.sweeper.sweep() == 0
    delete = context.media.store.delete
    asked = []

    def meanwhile(sha256: str) -> None:
        with pytest.raises(MediaUnavailable), context.media.bringing(anna.address, sha256, 1):
            asked.append("taken")  # it would be dropped under its owner's hands
        delete(sha256)

    monkeypatch.setattr(context.media.store, "delete", meanwhile)
    assert context.sweeper.sweep() == 1
    assert asked == [] and names(context) == []
    with context.db.read() as session:
        assert repository.holders(session, NAME, clock.now()) == []
    await running.close()


@pytest.mark.parametrize("settings", ["s3"], indirect=True)
async def test_no_platform_sweeps_what_is_anothers(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """Two platforms at one prefix by mistake: the second sees no row for any file of the first."""
    late = HandClock(int(time.time()) + settings.media_left_s + 60)
    one = await serve(settings, clock=late, ticking=False)
    stranger = replace(
        settings, data_dir=settings.data_dir / "x", store_url="", hub_payer_key=key("stranger")
    )
    other = await serve(stranger, clock=late, ticking=False)
    mine, others = one.app.state.context, other.app.state.context
    with mine.media.store.begin(NAME) as coming:
        coming.write(DATA)
        coming.finish()
        mine.media.store.keep(coming)
    assert mine.media.store.is_of(f"{settings.chain_id} {settings.hub_payer}")
    assert others.sweeper.sweep() == 0 and "belongs to another platform" in caplog.text
    assert names(mine) == [NAME] and mine.sweeper.sweep() == 1
    await one.close()
    await other.close()


@pytest.mark.parametrize("settings", ["s3"], indirect=True)
async def test_parts_that_belong_to_no_upload_are_swept(
    settings: Settings, clock: HandClock, http: aiohttp.ClientSession
) -> None:
    running = await serve(settings, clock=clock, ticking=False)
    context = running.app.state.context
    anna = await Person(http, running.url, context.settings, key("anna")).sign_in()
    await upload(anna, DATA, upto=200_000)
    context.upload_files.write(anna.address, NAME, 200_000, b"written, never said", "")
    context.upload_files.write(anna.address, "0" * 64, 0, b"of no upload", "")
    before = len(context.upload_files.after("", 100))
    assert context.sweeper.sweep() == 0 if clock.at < time.time() + settings.media_left_s else True
    clock.at = int(time.time()) + settings.media_left_s + 60
    context.sweeper.sweep()
    left = context.upload_files.after("", 100)
    assert len(left) < before and all(NAME in thing.key for thing in left)
    await running.close()


class _Breaking:
    """A client whose answers break off after some bytes; the rest is asked for by range."""

    def __init__(self, data: bytes, each: int) -> None:
        self._data, self._each, self.asked = data, each, 0

    def get_object(self, *, Range: str, **_: str) -> dict[str, Any]:
        self.asked += 1
        first, last = (int(part) for part in Range.removeprefix("bytes=").split("-"))
        return {"Body": _Body(self._data[first : last + 1], self._each)}


class _Body:
    def __init__(self, data: bytes, each: int) -> None:
        self._data, self._each = data, each

    def iter_chunks(self, size: int) -> Iterator[bytes]:
        from botocore.exceptions import ReadTimeoutError

        yield self._data[: self._each]
        if len(self._data) > self._each:
            raise ReadTimeoutError(endpoint_url="")

    def close(self) -> None:
        """Nothing is open."""


def test_a_stream_that_breaks_off_goes_on_where_it_broke_but_not_for_ever() -> None:
    data = hashlib.sha512(b"x").digest() * 3
    client = _Breaking(data, 70)
    assert b"".join(Bucket(client, "b", "").stream("k", 0, len(data))) == data
    assert client.asked == 3
    with pytest.raises(MediaUnavailable):
        b"".join(Bucket(_Breaking(data, 10), "b", "").stream("k", 0, len(data)))


def test_a_store_that_hangs_takes_only_so_many_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever comes beyond them is refused soon, so that what needs no media goes on."""
    leave, inside = threading.Event(), threading.Semaphore(0)

    class Hanging:
        def head_object(self, **_: str) -> dict[str, int]:
            inside.release()
            leave.wait(20)
            return {"ContentLength": 1}

    monkeypatch.setattr(bucket_file, "_TURN_S", 0.01)
    bucket = Bucket(Hanging(), "b", "")
    waiting = [threading.Thread(target=bucket.size, args=("k",)) for _ in range(bucket_file.AT_ONCE)]
    for one in waiting:
        one.start()
    for _ in waiting:
        assert inside.acquire(timeout=10)
    with pytest.raises(MediaUnavailable):
        bucket.size("k")
    leave.set()
    for one in waiting:
        one.join(10)
    assert bucket.size("k") == 1
