# SPDX-License-Identifier: Apache-2.0
"""A task of another kind in the same scene: its renderers are read once Python is done, or both wait for ever."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject

from gems_protocol.modules import parse
from tests.qml.tasks.conftest import CHOICES, OpenBench

OTHERS: dict[str, tuple[str, dict[str, Any], str]] = {
    "spans": (
        '<View><Labels name="l" toName="t"><Label value="A"/></Labels><Text name="t" value="$t"/></View>',
        {"t": "Ann went to Paris."},
        "text-t",
    ),
    "rating": (
        '<View><Text name="t" value="$t"/><Rating name="r" toName="t"/></View>',
        {"t": "Some text"},
        "stars",
    ),
    "table": (
        '<View><Table name="t" value="$t"/><Number name="n" toName="t"/></View>',
        {"t": {"a": "b"}},
        "table",
    ),
    "pairwise": (
        '<View><Pairwise name="p" toName="a,b"/><Text name="a" value="$a"/><Text name="b" value="$b"/></View>',
        {"a": "One", "b": "Two"},
        "left",
    ),
}


@pytest.mark.parametrize("other", OTHERS)
def test_another_kind(open_bench: OpenBench, other: str) -> None:
    bench = open_bench(CHOICES)
    config, data, name = OTHERS[other]
    bench.model.open(parse(config), data, [])
    bench.settle()
    assert bench.named(name).isVisible()
    bench.model.open(parse(CHOICES), {"text": "It rains again."}, [])
    bench.settle()
    assert [item.property("text") for item in bench.of_type("TaskOption")][:3] == ["Happy", "Sad", "Angry"]


def test_nothing_piles_up(open_bench: OpenBench) -> None:
    bench = open_bench(CHOICES)
    task = bench.model

    def round_trip() -> int:
        for config, data, _ in OTHERS.values():
            task.open(parse(config), data, [])
            bench.settle()
        task.open(parse(CHOICES), {"text": "It rains again."}, [])
        for option in ("Happy", "Sad", "Happy"):
            task.toggle("mood", option)
        bench.settle()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return len(task.findChildren(QObject))

    round_trip()
    before = round_trip()
    assert round_trip() == before
