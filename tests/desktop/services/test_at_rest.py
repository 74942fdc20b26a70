# SPDX-License-Identifier: Apache-2.0
"""Profiles that did and judged real work hold none of it in plain text: tasks, notes, appeals, what was told."""

from __future__ import annotations

from pathlib import Path

from tests.desktop.services.conftest import Open
from tests.desktop.services.test_lies import delivered, judged
from tests.platform.world import World

WHY = "Surely the second sentence is a question."


def told_in(folder: Path, *words: str) -> list[tuple[str, str]]:
    """(file, word) of every word that can be read in a file of the profile."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [(path.name, word) for path in files for word in words if word.encode() in path.read_bytes()]


async def test_real_work_is_unreadable_in_the_profiles(live: World, opened: Open, tmp_path: Path) -> None:
    miner = await opened("miner")
    await delivered(live, miner)
    await judged(live, opened, verdict="reject")
    await miner.sync.pull()
    rejected = next(item for item in await miner.work.outbox() if item.state.name == "REJECTED")
    assert rejected.note == "Look again."
    await miner.work.appeal(rejected.item_id, WHY)
    people = tmp_path / "profiles"
    for _ in ("open", "closed"):
        assert told_in(people, "Sentence ", "Look again.", WHY) == []
        for name in ("miner", "verifier 0", "verifier 1"):
            await (await opened(name)).close()
    assert told_in(people, "Sentence ", "Look again.", WHY) == []
    assert told_in(people, "campaign_id")  # what is not sealed is there to be found
