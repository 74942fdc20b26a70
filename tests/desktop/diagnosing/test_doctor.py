# SPDX-License-Identifier: Apache-2.0
"""`gems doctor`: each fault of a set-up is found and said in words, and nothing is changed by looking."""

import asyncio
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from gems_desktop.adapters.profile import ProfileLock
from gems_desktop.adapters.proxy import Proxy
from gems_desktop.adapters.store import SqliteStore
from gems_desktop.cli import main
from gems_desktop.diagnosing import disk, reach, starts
from gems_desktop.diagnosing.finding import Level
from gems_desktop.diagnosing.sentences import TODO, WHAT
from gems_desktop.services.network import Network

NOBODY = ("0x" + "ab" * 20,) * 6


def codes(folder: Path) -> dict[str, Level]:
    return {finding.code: finding.level for finding in disk.examine(folder, "ana")}


@pytest.fixture
async def folder(tmp_path: Path) -> Path:
    made = tmp_path / "ana"
    made.mkdir(mode=0o700)
    store = SqliteStore(made)
    await store.open()
    await store.close()
    return made


async def test_a_sound_profile_is_said_to_be_sound(folder: Path) -> None:
    found = codes(folder)
    assert {"profile", "folder_closed", "space", "store_sound", "backups", "no_wallet"} == set(found)
    assert all(level is not Level.BAD for level in found.values())


async def test_looking_changes_nothing(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    list(disk.examine(folder, "ana"))
    after = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert {name: after[name] for name in before} == before


async def test_a_damaged_database_is_bad(folder: Path) -> None:
    file = folder / "gems.db"
    content = bytearray(file.read_bytes())
    content[100:4096] = bytes(3996)
    file.write_bytes(content)
    assert codes(folder)["store_damaged"] is Level.BAD


async def test_no_database_at_all_in_the_file_is_bad(folder: Path) -> None:
    (folder / "gems.db").write_bytes(b"this is no database" * 999)
    assert codes(folder)["store_damaged"] is Level.BAD


async def test_a_newer_database_is_named(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "gems.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    assert codes(folder)["store_newer"] is Level.BAD


async def test_the_network_is_asked_through_the_proxy_of_the_profile(folder: Path) -> None:
    for value, used in (("http://127.0.0.1:3128", "http://127.0.0.1:3128"), ("file:///etc", ""), (5, "")):
        options = json.dumps({"proxy": value})
        with closing(sqlite3.connect(folder / "gems.db")) as database, database:
            database.execute("INSERT OR REPLACE INTO settings VALUES ('options', ?)", (options,))
        assert disk.own_proxy(folder) == used
    asked: list[bytes] = []
    signer: Any = object()  # nobody signs in

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readline())
        writer.close()

    server = await asyncio.start_server(proxy, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        network = Network(
            "far", 1, ("http://node.example",), "http://platform.example", *NOBODY, practice=False
        )
        found = [one async for one in reach.examine(network, signer, proxy=Proxy(f"http://127.0.0.1:{port}"))]
    assert {one.code for one in found} >= {"offline", "node_offline"}
    assert all(
        any(host in line for line in asked) for host in (b"http://node.example", b"http://platform.example")
    )


async def test_a_spoilt_backup_is_named(folder: Path) -> None:
    (folder / "gems.db.backup1").write_bytes(b"x" * 5000)
    assert codes(folder)["backup_damaged"] is Level.BAD


async def test_a_folder_that_others_can_read_is_bad(folder: Path) -> None:
    folder.chmod(0o755)
    assert codes(folder)["folder_open"] is Level.BAD


async def test_an_open_profile_is_no_fault(folder: Path) -> None:
    lock = ProfileLock(folder)
    starts.begin(folder)
    try:
        found = codes(folder)
    finally:
        lock.release()
    assert found["in_use"] is Level.GOOD and "ended_badly" not in found


async def test_a_bad_end_is_noted(folder: Path) -> None:
    starts.begin(folder)
    assert codes(folder)["ended_badly"] is Level.NOTE


def test_a_spoilt_wallet_is_bad(tmp_path: Path) -> None:
    (tmp_path / "vault.json").write_text("{}")
    assert codes(tmp_path)["wallet_damaged"] is Level.BAD


def test_every_sentence_fits_its_values() -> None:
    assert all(what.endswith(".") or "{" in what for what in WHAT.values())
    assert TODO.keys() <= WHAT.keys() and not any("{" in todo for todo in TODO.values())


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("GEMS_HOME", str(tmp_path))
    monkeypatch.setenv("QT_QPA_PLATFORM", os.environ.get("QT_QPA_PLATFORM", "offscreen"))
    yield tmp_path


def test_the_command_ends_well_on_a_fresh_computer(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--offline"]) == 0
    said = capsys.readouterr().out
    assert "Nothing is wrong." in said and "does not exist on this computer yet" in said
    assert not list(home.iterdir()), "it makes nothing"


def test_the_command_names_what_is_bad(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "network.json").write_text("{}")
    assert main(["doctor", "--offline", "--json", "--network", str(home / "network.json")]) == 1
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["code"] for row in found if row["level"] == "bad"} == {"network_bad"}
