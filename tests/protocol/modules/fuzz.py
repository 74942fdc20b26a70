# SPDX-License-Identifier: Apache-2.0
"""A seeded fuzzer of the module language: configs, tasks, answers and edits, sound, damaged and hostile.

Everything comes from one seed, so that a case that fails is made again by its number. What may happen is in `settle`:
a refusal by name or a result; nothing else, not for long, and the same each time.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from gems_protocol.errors import MalformedMessage
from gems_protocol.modules import (
    ConfigRefused,
    EditRefused,
    Module,
    agreement,
    answer_hash,
    apply,
    bind,
    check,
    parse,
    parse_answer,
    problems,
    start,
    task_problems,
)
from gems_protocol.modules import keys as module_keys
from gems_protocol.modules.check import row_problems
from gems_protocol.modules.start import hand
from gems_protocol.modules.visible import shown
from tests.protocol.modules.fuzz_answers import answer, data, edit
from tests.protocol.modules.fuzz_configs import config

SECONDS = 0.5  # of computing for one config


@dataclass
class Tally:
    """What happened: how many of each end, and the slowest case."""

    ends: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0  # seconds of computing of a whole case: config, task, answers and edits
    which: int = 0
    config: float = 0.0  # and of a config alone


def settle(r: random.Random, tally: Tally) -> None:
    """One config with a task, answers and edits; anything but a refusal by name or a result fails."""
    text = config(r)
    began = time.process_time()
    report = check(text)
    tally.config = max(tally.config, took := time.process_time() - began)
    assert took < SECONDS, "a config took too long"
    try:
        module = parse(text)
    except ConfigRefused as refused:
        assert refused.reasons and not report.usable and report.reasons == refused.reasons
        assert all(reason.strip() and len(reason) < 2000 for reason in refused.reasons)
        tally.ends["config refused"] += 1
        return
    assert report.usable and report.variables == module.variables() and report.notes == module.notes
    assert parse(text) == module
    assert all(node.to_name for node in module.controls())
    tally.ends["config"] += 1
    task = data(r, module)
    told = task_problems(module, task)
    assert all(isinstance(problem, str) and 0 < len(problem) < 2000 for problem in told)
    assert bool(row_problems(module, task)) or not told
    try:
        bound = bind(module, task)
    except ValueError as error:
        assert type(error) is ValueError and str(error).strip() and told
        tally.ends["task refused"] += 1
        bound = module
    given = module_keys.assign(bound)
    assert len(set(given.values())) == len(given)
    hand(bound)
    begun = start(bound, task)
    assert parse_answer(begun, bound) == begun
    for _ in range(3):
        _answered(r, bound, begun, tally)


def _answered(r: random.Random, module: Module, results: list[dict[str, Any]], tally: Tally) -> None:
    given = answer(r, module)
    try:
        parsed = parse_answer(given, module)
        tally.ends["answer"] += 1
    except MalformedMessage:
        tally.ends["answer refused"] += 1
        parsed = results
    for _ in range(4):
        try:
            parsed = apply(parsed, edit(r, module, parsed), module)
            tally.ends["edit"] += 1
        except EditRefused:
            tally.ends["edit refused"] += 1
    assert all(problem.strip() for problem in problems(parsed, module))
    assert len(answer_hash(parsed)) == 32
    selected = str(r.choice(parsed).get("id", "")) if parsed else "r1"
    assert shown(module, parsed, selected) <= {node.place for node in module.nodes}
    there = agreement(parsed, results, module)
    assert 0 <= there <= 1 and agreement(results, parsed, module) == there


def run(seed: int, cases: range) -> Tally:
    """Settle these cases; a failing one names its number."""
    tally = Tally()
    for number in cases:
        began = time.process_time()
        try:
            settle(random.Random(seed * 1_000_003 + number), tally)
        except Exception as error:
            error.add_note(f"fuzz seed {seed}, case {number}")
            raise
        took = time.process_time() - began
        if took > tally.slowest:
            tally.slowest, tally.which = took, number
    return tally


def cases(seed: int, count: int) -> Iterator[str]:
    """The configs of a run, to look at."""
    for number in range(count):
        yield config(random.Random(seed * 1_000_003 + number))
