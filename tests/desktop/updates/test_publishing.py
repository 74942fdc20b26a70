# SPDX-License-Identifier: Apache-2.0
"""`python packaging/updates`: what a release calls, holders who sign apart, the same bytes each time."""

from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path
from types import ModuleType

import pytest

from tests.desktop.updates.publisher import NOW, ROOT, TARGET, Machine, Publisher, Serving, serving, tree


@pytest.fixture(scope="module")
def command() -> ModuleType:
    path = ROOT / "packaging" / "updates" / "update_command.py"
    spec = importlib.util.spec_from_file_location("updates_command", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(command: ModuleType, *arguments: object) -> int:
    code: int = command.main([str(argument) for argument in arguments])
    return code


def published(command: ModuleType, made: Path, repository: Path) -> None:
    keys = ("--keys", made / "keys", "--repository", repository)
    assert run(command, "init", *keys) == 0
    for version in ("0.1.0", "0.2.0"):
        built = made / "built" / version
        name = TARGET.removeprefix("stable/").removesuffix(".json.xz")
        assert (
            run(command, "add-release", *keys, "--built", built, "--version", version, "--system", name) == 0
        )
    assert run(command, "refresh-timestamp", *keys) == 0


def test_the_commands_make_what_a_client_takes_and_the_same_each_time(
    command: ModuleType, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOW))
    published(command, made, tmp_path / "a")
    published(command, made, tmp_path / "b")
    assert tree(tmp_path / "a") == tree(tmp_path / "b")
    with serving(tmp_path / "a") as server:
        client = tmp_path / "client"
        assert (
            run(command, "client", "--repository", tmp_path / "a", "--url", server.url, "--out", client) == 0
        )
        assert json.loads((client / "source.json").read_text()) == {"url": server.url, "built_at": NOW}
        machine = Machine(tmp_path / "machine", client / "root.json", server.url, made / "built/0.1.0")
        updates = machine.updates()
        assert updates.look_now("", NOW) is not None
        updates.bring_now(lambda done: None, lambda: False)
        assert machine.start() == "0.2.0"


def test_a_lower_version_is_not_released(command: ModuleType, made: Path, tmp_path: Path) -> None:
    shutil.copytree(made / "two", tmp_path / "two")
    keys = ("--keys", made / "keys", "--repository", tmp_path / "two")
    system = TARGET.removeprefix("stable/").removesuffix(".json.xz")
    before = tree(tmp_path / "two")
    with pytest.raises(SystemExit, match=r"0\.2\.0 is published"):
        run(
            command,
            "add-release",
            *keys,
            "--built",
            made / "built/0.1.0",
            "--version",
            "0.1.9",
            "--system",
            system,
        )
    assert tree(tmp_path / "two") == before


def test_keys_are_their_owners_alone_and_never_replaced(command: ModuleType, tmp_path: Path) -> None:
    assert run(command, "init-keys", "--keys", tmp_path / "keys") == 0
    names = sorted(path.name for path in (tmp_path / "keys").iterdir())
    assert len(names) == 8 and all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "keys").iterdir())
    with pytest.raises(FileExistsError):
        run(command, "init-keys", "--keys", tmp_path / "keys")


def test_holders_sign_apart_from_each_other(
    command: ModuleType, made: Path, machine: Machine, publisher: Publisher, tmp_path: Path
) -> None:
    holders = [tmp_path / "ann", tmp_path / "ben"]
    for n, holder in enumerate(holders, 1):
        holder.mkdir()
        shutil.copy(publisher.keys / f"targets-{n}.pem", holder)
    online = tmp_path / "online"
    online.mkdir()
    for role in ("snapshot", "timestamp"):
        shutil.copy(publisher.keys / f"{role}-1.pem", online)
    before = tree(publisher.folder / "metadata")
    there = ("--repository", publisher.folder)
    release = ("--built", made / "built/0.2.0", "--version", "0.3.0", "--system", "linux-x86_64")
    assert run(command, "add-release", *there, "--keys", holders[0], *release) == 3
    assert tree(publisher.folder / "metadata") == before, "nothing is served with one signature"
    assert run(command, "sign", *there, "--role", "targets", "--keys", holders[0]) == 3, (
        "twice the same is one"
    )
    assert run(command, "sign", *there, "--role", "targets", "--keys", holders[1]) == 0
    assert run(command, "publish", *there, "--keys", online) == 0
    offer = machine.updates().look_now("", NOW)
    assert offer is not None and offer.version == "0.3.0"


def test_a_timestamp_is_refreshed_with_the_online_key_alone(
    machine: Machine, publisher: Publisher, tmp_path: Path, server: Serving
) -> None:
    online = tmp_path / "online"
    online.mkdir()
    shutil.copy(publisher.keys / "timestamp-1.pem", online)
    before = publisher.at().newest("timestamp").signed.version
    publisher.at().refresh([online])
    assert publisher.at().newest("timestamp").signed.version == before + 1
    assert machine.updates().look_now("", NOW) is not None and server.total("blobs") == 0
