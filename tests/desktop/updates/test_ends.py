# SPDX-License-Identifier: Apache-2.0
"""What becomes of an update whose window, profile or offer is gone before it is done."""

from __future__ import annotations

import asyncio
import json
import shutil
import threading
import time
from pathlib import Path

import pytest

from gems_desktop.adapters import update_line
from gems_desktop.services.ports_updates import UpdateFailed
from gems_desktop.services.updating import Updating
from tests.desktop.updates.publisher import NOW, Machine, Publisher
from tests.desktop.updates.test_drips import DRIPS, dripping


def test_an_offer_from_before_a_newer_version_came_is_not_taken(
    machine: Machine, publisher: Publisher, made: Path, tmp_path: Path
) -> None:
    waits = machine.updates()
    assert waits.look_now("", NOW) is not None, "one window shows 0.2.0"
    third = tmp_path / "third"
    shutil.copytree(made / "built/0.2.0", third, symlinks=True)
    (third / "gems-desktop").write_text('#!/bin/sh\necho 0.3.0 "$@"\n')
    publisher.release(third, "0.3.0")
    other = machine.updates()
    assert other.look_now("", NOW) is not None
    other.bring_now(lambda done: None, lambda: False)
    with pytest.raises(UpdateFailed) as failed:
        waits.bring_now(lambda done: None, lambda: False)
    assert failed.value.trouble == "expired"
    assert machine.start() == "0.3.0" and machine.versions() == {"0.1.0", "0.3.0"}
    assert waits.look_now("", NOW) is not None, "asked again it finds the newer one"


async def test_a_download_goes_on_when_the_profile_is_changed(machine: Machine) -> None:
    updating = Updating(machine.updates(), lambda: NOW, lambda: False)
    await updating.check()
    asked = asyncio.get_running_loop().create_task(updating.download())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert updating.facts().state == "downloading"
    asked.cancel()
    done = asyncio.Event()
    updating.on_change(lambda: done.set() if updating.facts().state != "downloading" else None)
    await asyncio.wait_for(done.wait(), 20)
    assert updating.facts().state == "ready" and machine.start() == "0.2.0"


async def test_the_end_waits_for_no_server(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(update_line, "_POLL_S", 0.02)
    with dripping(*DRIPS["header"]) as where:
        (machine.shipped / "source.json").write_text(json.dumps({"url": f"http://{where}"}))
        updating = Updating(machine.updates(), lambda: NOW, lambda: False)
        asked = asyncio.get_running_loop().create_task(updating.check())
        while not any("_watch" in thread.name for thread in threading.enumerate()):
            await asyncio.sleep(0.02)
        began = time.monotonic()
        await updating.end()
        await asked
        assert time.monotonic() - began < 3 and updating.facts().trouble == "offline"
