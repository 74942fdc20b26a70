# SPDX-License-Identifier: Apache-2.0
"""A label taken after a region was made is for the next one; a region chosen on purpose gets it."""

from __future__ import annotations

from tests.qml.tasks.bench import Bench
from tests.qml.tasks.conftest import BOXES, OpenBench


def labels(bench: Bench) -> list[str]:
    """The label of each box."""
    return [value["rectanglelabels"][0] for value in bench.values("box")]


def test_the_next_label_is_for_the_next_box(open_bench: OpenBench) -> None:
    bench = open_bench(BOXES)
    bench.painted()
    bench.key("c")
    bench.drag((10, 10), (30, 30))
    assert str(bench.model.selected) != "" and not bench.model.relabels
    bench.key("d")
    assert labels(bench) == ["Cat"] and str(bench.model.selected) == ""
    bench.drag((50, 50), (70, 70))
    assert labels(bench) == ["Cat", "Dog"]


def test_the_same_label_again_changes_nothing(open_bench: OpenBench) -> None:
    bench = open_bench(BOXES)
    bench.painted()
    bench.drag((10, 10), (30, 30))
    made = str(bench.model.selected)
    bench.key("c")
    assert labels(bench) == ["Cat"] and str(bench.model.selected) == made


def test_a_box_chosen_on_purpose_gets_the_label(open_bench: OpenBench) -> None:
    bench = open_bench(BOXES)
    bench.painted()
    bench.drag((10, 10), (30, 30))
    bench.click_at(20, 20)
    assert bench.model.relabels
    bench.key("d")
    assert labels(bench) == ["Dog"]
