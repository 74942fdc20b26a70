# SPDX-License-Identifier: Apache-2.0
"""What is kept of how somebody wants tasks shown, and marks and warnings as strangers write them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gems_desktop.adapters.store import SqliteStore
from gems_desktop.services.outside import clean_warning, kept_mark, told_mark
from gems_desktop.services.ports import Tx
from gems_desktop.services.settings import ALLOWED, fits
from gems_desktop.services.task_view import folded, keep_folded, keep_wishes, wishes_of

ONE, TWO = "<View/>", "<View><View/></View>"


async def test_keys_and_folding_are_kept(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path)
    await store.open()
    await store.open_sealed(bytearray(32))
    wishes = (("mood", "Good", "g"), ("mood", "“Bad”", "ß"))
    await store.run(lambda tx: keep_wishes(tx, ONE, wishes))
    await store.run(lambda tx: keep_folded(tx, "0x1", True))
    await store.close()
    store = SqliteStore(tmp_path)
    await store.open()
    await store.open_sealed(bytearray(32))
    assert await store.run(lambda tx: wishes_of(tx, ONE)) == wishes
    assert await store.run(lambda tx: wishes_of(tx, TWO)) == ()
    assert await store.run(lambda tx: folded(tx, "0x1")) is True
    assert await store.run(lambda tx: folded(tx, "0x2")) is None
    await store.run(lambda tx: keep_wishes(tx, ONE, ()))
    await store.run(lambda tx: keep_folded(tx, "0x1", False))
    assert await store.run(lambda tx: wishes_of(tx, ONE)) == ()
    assert await store.run(lambda tx: folded(tx, "0x1")) is False

    def many(tx: Tx) -> None:
        for n in range(600):
            keep_folded(tx, f"0x{n + 2}", True)

    await store.run(many)
    assert await store.run(lambda tx: folded(tx, "0x1")) is None  # the oldest are forgotten
    assert await store.run(lambda tx: folded(tx, "0x601")) is True
    await store.close()


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        {},
        [],
        "mark",
        {"x": 10, "y": 20, "width": 30},
        {"kind": "point", "on": "a" * 500, "x": 1, "y": 1},
    ],
)
def test_what_is_no_mark_is_dropped(wrong: Any) -> None:
    assert told_mark(wrong) == ""


def test_a_mark_is_kept_as_it_was() -> None:
    mark = {"kind": "time", "on": "sound", "start": 0.1, "end": 2}
    assert kept_mark(told_mark(mark)) == mark and json.loads(told_mark(mark)) == mark
    assert kept_mark("") is None


def test_warnings_are_cleaned() -> None:
    found = clean_warning("[sexual] \u202eHidden\nwords")
    assert found is not None and found.categories == ("sexual",)
    assert "\u202e" not in found.words and "\n" not in found.words
    assert clean_warning("") is None


def test_categories_are_from_the_list() -> None:
    assert isinstance(ALLOWED["hidden_content"], frozenset)
    assert fits("hidden_content", ["hate", "other"]) and fits("hidden_content", [])
    assert not fits("hidden_content", ["nonsense"]) and not fits("hidden_content", "hate")
