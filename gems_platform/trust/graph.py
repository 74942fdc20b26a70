# SPDX-License-Identifier: Apache-2.0
"""EigenTrust over requesters for the whole platform: `gems_protocol.trust.eigentrust` in numpy.

Ten million judged tasks fit in memory and take seconds; every array names its shape, people are numbered from 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gems_protocol.trust.effective import KAPPA
from gems_protocol.trust.eigentrust import ALPHA, EXACT, MOST_STEPS, QUANTILE, TOLERANCE
from gems_protocol.trust.score import Outcome
from gems_protocol.trust.weights import RequesterWeights

Numbers = NDArray[np.intp]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Graph:
    """Pairs of requester and worker, ordered by both: who (from 0), and the judged tasks of the pair.

    All four arrays have one entry per pair; requesters, workers: how many there are of each.
    """

    requester: Numbers
    worker: Numbers
    passes: Floats
    fails: Floats
    requesters: int
    workers: int


@dataclass(frozen=True, slots=True)
class Trust:
    """trust, density, weights: e_r, e_r per volume (0 without volume) and u_r, one for each requester.

    steps: how many iterations it took.
    """

    trust: Floats
    density: Floats
    weights: Floats
    steps: int


def pairs(
    requester: Numbers, worker: Numbers, accepted: NDArray[np.bool_], requesters: int, workers: int
) -> Graph:
    """The graph of judged tasks, one entry each in the three arrays, in any order."""
    key = requester * workers + worker
    order = np.argsort(key, kind="stable")
    key = key[order]
    starts = (
        np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1]))) if key.size else np.zeros(0, np.intp)
    )
    found = key[starts]
    trials = np.diff(np.append(starts, key.size)).astype(np.float64)
    passes = np.add.reduceat(accepted[order], starts, dtype=np.float64) if key.size else np.zeros(0)
    return Graph(found // workers, found % workers, passes, trials - passes, requesters, workers)


def requester_trust(
    graph: Graph,
    pretrusted: Floats,
    alpha: float = ALPHA,
    kappa: float = KAPPA,
    tolerance: float = TOLERANCE,
) -> Trust:
    """e, density and u_r; pretrusted: a weight >= 0 for each requester.

    Raises ValueError when nobody is pre-trusted. The error of trust is at most `tolerance` / alpha.
    """
    whole = float(pretrusted.sum())
    if whole <= 0 or bool((pretrusted < 0).any()):
        raise ValueError("at least one requester must be trusted beforehand")
    prior = pretrusted / whole
    balance = graph.passes - graph.fails
    kept = balance > 0
    requester, worker, s = graph.requester[kept], graph.worker[kept], np.minimum(kappa, balance[kept])
    del balance, kept
    volume = _sums(requester, s, graph.requesters)
    received = _sums(worker, s, graph.workers)
    giving, taking = _inverse(volume), _inverse(received)
    trust, steps, moved = prior, 0, np.inf
    while moved >= tolerance and steps < MOST_STEPS:
        held = _sums(worker, s * (trust * giving)[requester], graph.workers)
        arrived = _sums(requester, s * (held * taking)[worker], graph.requesters)
        following = (1 - alpha) * arrived + (1 - (1 - alpha) * float(arrived.sum())) * prior
        moved = float(np.abs(following - trust).sum())
        trust = following
        steps += 1
    density = trust * giving
    return Trust(trust, density, evidence_weights(trust, volume, density), steps)


def evidence_weights(trust: Floats, volume: Floats, density: Floats, quantile: float = QUANTILE) -> Floats:
    """u_r = min(1, density / rho), rho being the trust-weighted quantile of density."""
    there = np.flatnonzero(volume > 0)
    order = there[np.argsort(density[there], kind="stable")]
    below = np.cumsum(trust[order])
    enough = (
        np.flatnonzero((below >= quantile * below[-1] * EXACT) & (density[order] > 0))
        if order.size
        else there
    )
    rho = float(density[order[enough[0]]]) if enough.size else 0.0
    without = np.where(trust > 0, 1.0, 0.0)
    if rho <= 0:
        return without
    return np.where(volume > 0, np.minimum(1.0, density / rho), without)


def effective(graph: Graph, weights: Floats, kappa: float = KAPPA) -> tuple[Floats, Floats]:
    """(s, n) of every worker: effective evidence without difficulty, one entry each."""
    trials = graph.passes + graph.fails
    counted = weights[graph.requester] * np.minimum(kappa, trials)
    n = _sums(graph.worker, counted, graph.workers)
    s = _sums(graph.worker, counted * (graph.passes / trials), graph.workers)
    return np.minimum(s, n), n


def requester_weights(
    judged: Iterable[tuple[str, Outcome]],
    pretrusted: Mapping[str, float],
    alpha: float = ALPHA,
    unknown: float = 1.0,
) -> RequesterWeights:
    """u_r of every requester from (worker, outcome); nobody trusts themselves. See the protocol's twin."""
    numbers: dict[str, int] = {}
    people: dict[str, int] = {}
    rows: list[tuple[int, int, bool]] = []
    for worker, outcome in judged:
        if worker != outcome.requester:
            requester = numbers.setdefault(outcome.requester, len(numbers))
            rows.append((requester, people.setdefault(worker, len(people)), outcome.accepted))
    for name in pretrusted:
        numbers.setdefault(name, len(numbers))
    # numbered by name, so that sums run in the same order whatever order the tasks came in
    requester_at, worker_at = _by_name(numbers), _by_name(people)
    table = np.array(rows, dtype=np.intp).reshape(-1, 3)
    graph = pairs(
        requester_at[table[:, 0]],
        worker_at[table[:, 1]],
        table[:, 2].astype(np.bool_),
        len(numbers),
        max(1, len(people)),
    )
    names = sorted(numbers)
    found = requester_trust(graph, np.array([pretrusted.get(name, 0.0) for name in names]), alpha)
    return RequesterWeights(dict(zip(names, found.weights.tolist(), strict=True)), unknown)


def _by_name(numbers: Mapping[str, int]) -> Numbers:
    place = np.zeros(len(numbers), np.intp)
    for rank, name in enumerate(sorted(numbers)):
        place[numbers[name]] = rank
    return place


def _sums(place: Numbers, values: Floats, places: int) -> Floats:
    return np.bincount(place, values, places).astype(np.float64, copy=False)


def _inverse(sums: Floats) -> Floats:
    return np.divide(1.0, sums, out=np.zeros_like(sums), where=sums > 0)
