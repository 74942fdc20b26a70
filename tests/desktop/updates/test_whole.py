# SPDX-License-Identifier: Apache-2.0
"""An update from beginning to end, over HTTP and from a folder; cuts, spoilt patches, full disks and wrong clocks."""

from __future__ import annotations

import datetime
import errno
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from gems_desktop.adapters import update_install
from gems_desktop.adapters.proxy import Proxy
from gems_desktop.adapters.update_layout import off_reason
from gems_desktop.adapters.update_usable import settle
from gems_desktop.services.ports_updates import UpdateFailed, UpdateStopped
from gems_desktop.services.updating import Updating
from tests.desktop.updates.publisher import NOW, Machine, Publisher, Serving, tree


def bring(machine: Machine, folder: str = "") -> list[int]:
    """Look and bring; the progress that was told."""
    updates, told = machine.updates(), []
    assert updates.look_now(folder, NOW) is not None
    updates.bring_now(told.append, lambda: False)
    return told


def trouble(machine: Machine, folder: str = "", now: int = NOW) -> str:
    """The trouble of a try, with nothing changed."""
    updates = machine.updates()
    with pytest.raises(UpdateFailed) as failed:
        updates.look_now(folder, now)
        updates.bring_now(lambda done: None, lambda: False)
    assert machine.start() == "0.1.0"
    assert "evil" not in f"{failed.value} {failed.value.safe} {failed.value.action}"
    return failed.value.trouble


async def test_an_update(machine: Machine, server: Serving, made: Path) -> None:
    updating = Updating(machine.updates(), lambda: NOW, lambda: False)
    seen: list[str] = []
    updating.on_change(lambda: seen.append(updating.facts().state))
    await updating.check()
    facts = updating.facts()
    assert (facts.state, facts.offered, facts.installed, facts.checked_at) == (
        "offered",
        "0.2.0",
        "0.1.0",
        NOW,
    )
    assert server.total("blobs") == server.total("patches") == 0
    assert 30_000 < facts.size < 35_000 < 1_000_000 < facts.whole_size

    await updating.download()
    facts = updating.facts()
    assert (facts.state, facts.done) == ("ready", facts.size)
    assert server.total("targets/blobs") + server.total("targets/patches") == facts.size, "what was told"
    assert server.total("patches") < 1_000, "three bytes of a megabyte"
    assert server.total("metadata") + server.total("stable") < 15_000
    assert list(dict.fromkeys(seen)) == ["unknown", "offered", "downloading", "ready"]

    assert tree(machine.layout.folder("0.2.0")) == tree(made / "built/0.2.0")
    assert machine.start("--a", "b c") == "0.2.0 --a b c"
    mode = stat.S_IMODE((machine.home / ".updates").stat().st_mode)
    assert mode == stat.S_IMODE((machine.home / ".updates/metadata").stat().st_mode) == 0o700

    settle(machine.layout, "0.2.0")
    assert not machine.layout.on_trial() and machine.versions() == {"0.1.0", "0.2.0"}
    assert machine.updates("0.2.0").look_now("", NOW) is None
    again = Updating(machine.updates(), lambda: NOW, lambda: False)
    await again.begin()
    assert (again.facts().state, again.facts().offered) == ("ready", "0.2.0"), (
        "the old window knows what waits"
    )


def test_from_a_folder_without_any_server(machine: Machine, server: Serving, publisher: Publisher) -> None:
    server.status = 500
    assert bring(machine, str(publisher.folder))
    assert machine.start() == "0.2.0" and server.total() == 0
    assert trouble_of_a_missing_folder(machine) == "offline"


def trouble_of_a_missing_folder(machine: Machine) -> str:
    with pytest.raises(UpdateFailed) as failed:
        machine.updates().look_now(str(machine.folder / "gone"), NOW)
    return failed.value.trouble


def test_a_folder_with_something_else_is_no_source(machine: Machine, tmp_path: Path) -> None:
    (tmp_path / "stick" / "metadata").mkdir(parents=True)
    assert trouble(machine, str(tmp_path / "stick")) == "source"
    os.mkfifo(tmp_path / "stick" / "metadata" / "timestamp.json")
    assert trouble(machine, str(tmp_path / "stick")) == "source"


@pytest.mark.parametrize("ranges", [True, False])
def test_a_cut_download_goes_on(machine: Machine, server: Serving, ranges: bool) -> None:
    server.ranges, server.cut = ranges, {"blobs": 12_345}
    updates = machine.updates()
    first = updates.look_now("", NOW)
    with pytest.raises(UpdateFailed) as failed:
        updates.bring_now(lambda done: None, lambda: False)
    assert failed.value.trouble == "offline" and machine.start() == "0.1.0"
    here = server.total("blobs") + server.total("patches")
    server.cut = {}
    second = machine.updates().look_now("", NOW)
    assert first is not None and second is not None and second.size == first.size - here
    bring(machine)
    if ranges:
        assert server.total("blobs") + server.total("patches") == first.size, "nothing came twice"
    assert machine.start() == "0.2.0"


def test_it_stops_when_told_and_keeps_what_came(machine: Machine, server: Serving) -> None:
    updates = machine.updates()
    first = updates.look_now("", NOW)
    with pytest.raises(UpdateStopped):
        updates.bring_now(lambda done: None, lambda: server.total("blobs") > 0)
    assert machine.start() == "0.1.0"
    second = machine.updates().look_now("", NOW)
    assert first is not None and second is not None and second.size < first.size


async def test_cancel_shows_the_rest_of_the_offer(machine: Machine, server: Serving) -> None:
    updating = Updating(machine.updates(), lambda: NOW, lambda: False)
    await updating.check()
    whole = updating.facts().size
    stop = updating.on_change(updating.cancel)  # at the first change: when it begins
    await updating.download()
    facts = updating.facts()
    assert facts.state == "offered" and 0 < facts.size < whole
    asked = server.total("metadata")
    fetched = server.total("targets/blobs") + server.total("targets/patches")
    assert facts.size == whole - fetched and server.total("metadata") == asked
    stop()
    await updating.download()
    assert updating.facts().state == "ready" and machine.start() == "0.2.0"


@pytest.mark.parametrize("spoil", ["other", "longer"])
def test_a_spoilt_patch_is_given_up_for_the_file(machine: Machine, server: Serving, spoil: str) -> None:
    patch = next((server.folder / "targets/patches").iterdir())
    content = patch.read_bytes()
    patch.write_bytes(bytes(len(content)) if spoil == "other" else content + b"!")
    if spoil == "longer":
        assert trouble(machine) == "refused"  # more bytes than were signed for
        return
    told = bring(machine)
    assert told[-1] > 1_000_000 and machine.start() == "0.2.0"


def test_what_was_spoilt_by_an_earlier_try_is_fetched_anew(machine: Machine, publisher: Publisher) -> None:
    blobs = machine.layout.blobs("0.2.0")
    blobs.mkdir()
    for path in (publisher.folder / "targets/blobs").iterdir():
        (blobs / path.name).write_bytes(bytes(path.stat().st_size // 2))
    bring(machine)
    assert machine.start() == "0.2.0"


def test_a_folder_that_lies_there_is_not_believed(machine: Machine, made: Path) -> None:
    target = machine.layout.folder("0.2.0")
    shutil.copytree(made / "built/0.2.0", target, symlinks=True)
    (target / "_internal/same.txt").write_bytes(b"evil")
    (target / "_internal/extra.so").write_bytes(b"evil")
    bring(machine)
    assert tree(target) == tree(made / "built/0.2.0") and machine.start() == "0.2.0"


def test_no_room_is_said_before_anything_is_fetched(
    machine: Machine, server: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(machine.folder)
    monkeypatch.setattr(update_install.shutil, "disk_usage", lambda path: usage._replace(free=1 << 20))
    assert trouble(machine) == "disk" and server.total("blobs") == 0


def test_a_disk_that_fills_up_leaves_a_whole_version(
    machine: Machine, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, left = os.fsync, [0]

    def full(handle: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, "full")
        real(handle)

    for room in range(1, 40):
        left[0] = room
        updates = machine.updates()
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", full)
            try:
                updates.look_now("", NOW)
                updates.bring_now(lambda done: None, lambda: False)
                break
            except UpdateFailed as failed:
                assert failed.trouble == "disk"
        started = machine.start()
        assert started in ("0.1.0", "0.2.0")
        assert tree(machine.layout.folder(started)) == tree(made / "built" / started)
    assert room > 5 and machine.start() == "0.2.0"


@pytest.mark.parametrize(("year", "reason"), [(1970, "clock"), (2100, "clock"), (2027, "expired")])
def test_a_wrong_clock_is_a_trouble_and_no_crash(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, year: int, reason: str
) -> None:
    from tuf.ngclient._internal import trusted_metadata_set

    year = datetime.datetime.now(datetime.UTC).year + 1 if year == 2027 else year
    at = datetime.datetime(year, 12, 30, tzinfo=datetime.UTC)

    class Clock(datetime.datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return at

    class Module:
        datetime, timezone = Clock, datetime.timezone

    monkeypatch.setattr(trusted_metadata_set, "datetime", Module)
    assert trouble(machine, now=int(at.timestamp())) == reason


def test_troubles_of_the_source(machine: Machine, server: Serving) -> None:
    server.status = 503
    assert trouble(machine) == "offline"
    server.status = 302  # a hotel's page that asks to log in; it is not followed
    assert trouble(machine) == "offline"
    server.status = 410
    assert trouble(machine) == "source"
    server.status, server.altered = 0, {"timestamp.json": b"<html>Update now at evil.example</html>"}
    assert trouble(machine) == "source"
    (machine.shipped / "source.json").write_text('{"url": "http://nowhere.invalid"}')
    assert trouble(machine) == "offline"
    (machine.shipped / "source.json").write_text("spoilt")
    assert trouble(machine) == "source"


def test_it_goes_through_the_users_proxy(machine: Machine, server: Serving) -> None:
    (machine.shipped / "source.json").write_text('{"url": "http://updates.invalid"}')
    updates = machine.updates(proxy=Proxy(server.url))
    assert updates.look_now("", NOW) is not None
    updates.bring_now(lambda done: None, lambda: False)
    assert machine.start() == "0.2.0" and server.as_proxy > 5


async def test_looking_by_itself(machine: Machine, server: Serving) -> None:
    now, metered = [NOW], [True]
    updating = Updating(machine.updates(), lambda: now[0], lambda: metered[0])
    await updating.set_checks(False)
    metered[0] = False
    await updating.look_daily()
    assert updating.facts().state == "unknown" and not server.sent
    await updating.set_checks(True)
    metered[0] = True
    await updating.look_daily()
    assert not server.sent
    metered[0] = False
    await updating.look_daily()
    assert updating.facts().state == "offered" and server.sent
    kept = await machine.updates().standing()
    assert kept.checks and kept.checked_at == NOW
    fresh = Updating(machine.updates(), lambda: now[0], lambda: False)
    server.sent.clear()
    now[0] += 3_600
    await fresh.look_daily()
    assert not server.sent, "once a day"


def test_why_a_copy_does_not_update_itself(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    assert off_reason(machine.layout, machine.shipped) == ""
    assert off_reason(machine.layout, machine.folder) == "built_without"
    assert off_reason(None, machine.shipped) == "built_without"
    monkeypatch.setattr("sys.frozen", True, raising=False)
    assert off_reason(None, machine.shipped, "/usr/lib/gems-desktop/gems-desktop") == "system"
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert off_reason(machine.layout, machine.shipped) == "read_only"


def test_nothing_heavy_is_loaded_before_a_check() -> None:
    code = """
import asyncio, sys
from gems_desktop.adapters.updates import Updates
from gems_desktop.adapters.update_usable import mark_usable
from gems_desktop.services.updating import Updating
updating = Updating(Updates(), lambda: 0, lambda: False)
asyncio.run(updating.begin())
mark_usable()
assert updating.facts().state == "off" and updating.facts().off_reason == "built_without", updating.facts()
asyncio.run(updating.check())
found = {"tuf", "securesystemslib", "urllib3", "backports.zstd", "cryptography"} & set(sys.modules)
assert not found, found
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
