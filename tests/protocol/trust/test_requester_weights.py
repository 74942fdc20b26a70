# SPDX-License-Identifier: Apache-2.0
"""Requester weights: a farm's tasks count for next to nothing, and numpy gives the same as plain Python."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gems_platform.trust import graph
from gems_protocol.trust import eigentrust
from gems_protocol.trust.effective import KAPPA, effective
from gems_protocol.trust.eigentrust import Edge
from gems_protocol.trust.score import Outcome
from tests.protocol.trust.made import outcome

Judged = list[tuple[str, Outcome]]


def market(seed: int, requesters: int, workers: int, tasks: int) -> Judged:
    """Workers of different accuracy working for whoever comes."""
    chance = random.Random(seed)
    return [
        (
            f"w{(who := chance.randrange(workers))}",
            outcome(chance.random() < 0.55 + 0.4 * who / workers, at, f"r{chance.randrange(requesters)}"),
        )
        for at in range(tasks)
    ]


def farm(sybils: int, fake: int, honest: int) -> Judged:
    """Sybils with `honest` tasks for honest requesters, and `fake` ones waved through by one of three of their own."""
    found: Judged = []
    for sybil in range(sybils):
        found += [(f"s{sybil}", outcome(True, at, f"r{(7 * sybil + at) % 40}")) for at in range(honest)]
        found += [(f"s{sybil}", outcome(True, at, f"farm{sybil % 3}")) for at in range(fake)]
    return found


PRETRUSTED = {"r0": 1.0, "r1": 1.0, "r2": 1.0}


@given(st.integers(0, 10**6), st.integers(1, 8), st.integers(1, 12), st.integers(0, 200))
def test_both_ways_agree(seed: int, requesters: int, workers: int, tasks: int) -> None:
    judged = market(seed, requesters, workers, tasks)
    pretrusted = {"r0": 2.0, "elsewhere": 1.0}
    plain = eigentrust.requester_weights(eigentrust.edges_of(judged), pretrusted)
    arrays = graph.requester_weights(judged, pretrusted)
    assert dict(arrays.by_requester) == pytest.approx(dict(plain.by_requester), abs=1e-8)


def test_both_ways_agree_on_trust_and_evidence() -> None:
    judged = market(3, 20, 100, 5000) + farm(20, 50, 2)
    names = sorted({found.requester for _, found in judged})
    people = sorted({worker for worker, _ in judged})
    numbered = graph.pairs(
        np.array([names.index(found.requester) for _, found in judged]),
        np.array([people.index(worker) for worker, _ in judged]),
        np.array([found.accepted for _, found in judged]),
        len(names),
        len(people),
    )
    found = graph.requester_trust(numbered, np.array([PRETRUSTED.get(name, 0.0) for name in names]))
    plain = eigentrust.requester_trust(eigentrust.edges_of(judged), PRETRUSTED)
    assert dict(zip(names, found.trust.tolist(), strict=True)) == pytest.approx(dict(plain.trust), abs=1e-10)
    weights = eigentrust.requester_weights(eigentrust.edges_of(judged), PRETRUSTED)
    assert dict(zip(names, found.weights.tolist(), strict=True)) == pytest.approx(
        dict(weights.by_requester), abs=1e-8
    )
    s, n = graph.effective(numbered, found.weights)
    for number, worker in enumerate(people):
        mine = effective([entry for who, entry in judged if who == worker], weights)
        assert (s[number], n[number]) == (pytest.approx(mine.s, abs=1e-7), pytest.approx(mine.n, abs=1e-7))


def test_the_order_of_the_tasks_does_not_matter() -> None:
    judged = market(5, 6, 30, 800)
    mixed = list(judged)
    random.Random(1).shuffle(mixed)
    assert graph.requester_weights(judged, PRETRUSTED) == graph.requester_weights(mixed, PRETRUSTED)
    assert eigentrust.edges_of(judged) == eigentrust.edges_of(mixed)


def test_trust_sums_to_one_and_a_farm_holds_little() -> None:
    judged = market(11, 40, 300, 20_000) + farm(100, 200, 2)
    edges = eigentrust.edges_of(judged)
    found = eigentrust.requester_trust(edges, PRETRUSTED)
    assert sum(found.trust.values()) == pytest.approx(1)
    assert sum(found.workers.values()) <= 1 + 1e-9
    farmed = sum(found.trust[f"farm{number}"] for number in range(3))
    leaked = sum(
        found.trust[edge.requester] * edge.weight / found.volume[edge.requester]
        for edge in edges
        if edge.worker.startswith("s") and edge.requester.startswith("r")
    )
    assert 0 < farmed <= (1 - eigentrust.ALPHA) / eigentrust.ALPHA * leaked
    assert farmed < 0.05
    weights = eigentrust.requester_weights(edges, PRETRUSTED)
    honest = [weights.of(f"r{number}") for number in range(40)]
    assert sorted(honest)[2] > 0.8  # the 5 % quantile
    assert max(weights.of(f"farm{number}") for number in range(3)) < 0.35
    sybil = [entry for who, entry in judged if who == "s0"]
    assert effective(sybil).n == 2 + KAPPA
    assert effective(sybil, weights).n < 9
    assert effective(sybil, weights).lower < 0.70


def test_a_farm_without_honest_work_has_no_weight() -> None:
    judged = market(2, 10, 50, 3000) + farm(30, 100, 0)
    weights = eigentrust.requester_weights(eigentrust.edges_of(judged), PRETRUSTED)
    assert [weights.of(f"farm{number}") for number in range(3)] == [0.0, 0.0, 0.0]
    assert weights.of("never seen") == 1.0


def test_nobody_trusts_themselves() -> None:
    judged = [("r0", outcome(True, at, "r0")) for at in range(30)]
    assert eigentrust.edges_of(judged) == []
    assert graph.requester_weights(judged, PRETRUSTED).of("r0") == 1.0  # trusted beforehand, no volume


def test_one_pair_counts_at_most_kappa() -> None:
    judged = [("w", outcome(True, at, "r0")) for at in range(300)]
    assert eigentrust.edges_of(judged) == [Edge("r0", "w", KAPPA)]
    rejected = [("w", outcome(False, at, "r0")) for at in range(3)]
    assert eigentrust.edges_of(rejected) == [Edge("r0", "w", 0.0)]


def test_trust_has_to_begin_somewhere() -> None:
    with pytest.raises(ValueError, match="beforehand"):
        eigentrust.requester_trust([Edge("r", "w", 1.0)], {})
    with pytest.raises(ValueError, match="beforehand"):
        graph.requester_weights([("w", outcome())], {})
