# SPDX-License-Identifier: Apache-2.0
"""Configs, tasks, answers and edits from a seed: every one ends in a result or a refusal by name, soon."""

from __future__ import annotations

import random
import resource

import pytest

from gems_protocol.modules import ConfigRefused, parse
from tests.protocol.modules import fuzz
from tests.protocol.modules.fuzz_configs import large

ENDS = ("config", "config refused", "task refused", "answer", "answer refused", "edit", "edit refused")
MEMORY = 200_000  # kB that a run may take beyond what was taken before
CASE = 5.0  # seconds of computing: a config, a task and three answers of up to hundreds of regions


def within_bounds(seed: int, count: int) -> fuzz.Tally:
    """A run that kept its bounds and met every end, so that the generators do not go stale."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    tally = fuzz.run(seed, range(count))
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < MEMORY, f"{grown} kB more"
    assert tally.config < fuzz.SECONDS and tally.slowest < CASE, tally
    assert all(tally.ends[end] * 1000 >= count for end in ENDS), tally.ends
    return tally


def test_two_thousand() -> None:
    within_bounds(1, 2_000)


@pytest.mark.long
def test_a_hundred_thousand() -> None:
    tally = within_bounds(2, 100_000)
    assert tally.ends["config"] + tally.ends["config refused"] == 100_000
    assert tally.ends["answer"] + tally.ends["answer refused"] >= 100_000


def test_a_case_is_made_again_by_its_number() -> None:
    assert list(fuzz.cases(7, 50)) == list(fuzz.cases(7, 50)) != list(fuzz.cases(8, 50))


def test_what_breaks_names_its_case(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(config: str) -> None:
        raise RecursionError(config[:1])

    monkeypatch.setattr(fuzz, "check", broken)
    with pytest.raises(RecursionError) as raised:
        fuzz.run(3, range(1))
    assert raised.value.__notes__ == ["fuzz seed 3, case 0"]


def test_large_configs_are_sound() -> None:
    made = [large(random.Random(seed)) for seed in range(60)]
    sound = 0
    for config in made:
        try:
            parse(config)
            sound += 1
        except ConfigRefused:
            continue
    assert sound > 30
