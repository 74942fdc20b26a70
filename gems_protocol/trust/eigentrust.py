# SPDX-License-Identifier: Apache-2.0
"""EigenTrust over requesters: how far a requester's judged tasks may count, for graphs that fit in Python.

Trust walks from the pre-trusted requesters to workers whose work was judged good for them, and from those to
the other requesters they worked for. It weighs requesters and is never a worker's score, since that would
reward volume. The same for ten million edges: `gems_platform.trust.graph`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gems_protocol.trust.effective import KAPPA
from gems_protocol.trust.score import Outcome
from gems_protocol.trust.weights import RequesterWeights

ALPHA = 0.3  # the part of every step that returns to the pre-trusted
QUANTILE = 0.25  # trust-weighted quantile of density that counts fully
TOLERANCE = 1e-12
MOST_STEPS = 10_000
EXACT = 1 - 1e-9  # a sum that is the quantile but for rounding has reached it


@dataclass(frozen=True, slots=True)
class Edge:
    """How much of a requester's trust a worker earned: `weight` >= 0 (`local_trust`)."""

    requester: str
    worker: str
    weight: float


@dataclass(frozen=True, slots=True)
class RequesterTrust:
    """trust: e_r, which sums to 1 over requesters. workers: where it lies half a step later.

    volume: the sum of each requester's edges. density: trust per volume, without requesters of no volume.
    """

    trust: Mapping[str, float]
    workers: Mapping[str, float]
    volume: Mapping[str, float]
    density: Mapping[str, float]


def local_trust(passes: float, fails: float, kappa: float = KAPPA) -> float:
    """s_rw = min(kappa, max(0, passes - fails)) of one requester and worker."""
    return min(kappa, max(0.0, passes - fails))


def edges_of(judged: Iterable[tuple[str, Outcome]], kappa: float = KAPPA) -> list[Edge]:
    """One edge for each requester and worker from (worker, outcome); nobody trusts themselves."""
    pairs: dict[tuple[str, str], int] = {}
    for worker, outcome in judged:
        if worker != outcome.requester:
            key = (outcome.requester, worker)
            pairs[key] = pairs.get(key, 0) + (1 if outcome.accepted else -1)
    return [Edge(*pair, local_trust(balance, 0, kappa)) for pair, balance in sorted(pairs.items())]


def plain(
    edges: Iterable[tuple[str, str, float]], pretrusted: Mapping[str, float], alpha: float
) -> dict[str, float]:
    """EigenTrust as published (Kamvar 2003): e = (1 - alpha) C^T e + alpha p, those without edges give to p."""
    rows = [(giver, taker, weight) for giver, taker, weight in edges if weight > 0]
    names = sorted({name for giver, taker, _ in rows for name in (giver, taker)} | set(pretrusted))
    given = _sums((giver, weight) for giver, _, weight in rows)
    shares = [(giver, taker, weight / given[giver]) for giver, taker, weight in rows]
    prior = _prior(names, pretrusted)
    trust = dict(prior)
    for _ in range(MOST_STEPS):
        following = dict.fromkeys(names, 0.0)
        for giver, taker, part in shares:
            following[taker] += trust[giver] * part
        trust, moved = _returned(following, trust, prior, alpha)
        if moved < TOLERANCE:
            break
    return trust


def requester_trust(
    edges: Sequence[Edge], pretrusted: Mapping[str, float], alpha: float = ALPHA
) -> RequesterTrust:
    """e = (1 - alpha) (C D)^T e + (alpha + dangling) p: C requester to worker, D worker to requester.

    Raises ValueError when nobody is pre-trusted: trust has to begin somewhere.
    """
    rows = sorted((edge for edge in edges if edge.weight > 0), key=lambda edge: (edge.requester, edge.worker))
    names = sorted({edge.requester for edge in edges} | set(pretrusted))
    volume = _sums((edge.requester, edge.weight) for edge in rows)
    received = _sums((edge.worker, edge.weight) for edge in rows)
    prior = _prior(names, pretrusted)
    trust, workers = dict(prior), dict.fromkeys(received, 0.0)
    for _ in range(MOST_STEPS):
        workers = dict.fromkeys(received, 0.0)
        for edge in rows:
            workers[edge.worker] += trust[edge.requester] * (edge.weight / volume[edge.requester])
        following = dict.fromkeys(names, 0.0)
        for edge in rows:
            following[edge.requester] += workers[edge.worker] * (edge.weight / received[edge.worker])
        trust, moved = _returned(following, trust, prior, alpha)
        if moved < TOLERANCE:
            break
    full = {name: volume.get(name, 0.0) for name in names}
    density = {name: trust[name] / full[name] for name in names if full[name] > 0}
    return RequesterTrust(trust, workers, full, density)


def quantile_density(found: RequesterTrust, quantile: float = QUANTILE) -> float:
    """rho: the density below which requesters hold `quantile` of the trust (of those with any volume)."""
    order = sorted(found.density, key=lambda name: (found.density[name], name))
    whole = 0.0
    for name in order:
        whole += found.trust[name]
    below = 0.0
    for name in order:
        below += found.trust[name]
        if below >= quantile * whole * EXACT and found.density[name] > 0:
            return found.density[name]
    return 0.0


def evidence_weights(found: RequesterTrust, rho: float) -> dict[str, float]:
    """u_r = min(1, density / rho). Without volume: 1 for a requester that is trusted all the same, else 0."""
    weights = {}
    for name, trust in found.trust.items():
        density = found.density.get(name)
        if density is None or rho <= 0:
            weights[name] = 1.0 if trust > 0 else 0.0
        else:
            weights[name] = min(1.0, density / rho)
    return weights


def requester_weights(
    edges: Sequence[Edge], pretrusted: Mapping[str, float], alpha: float = ALPHA, unknown: float = 1.0
) -> RequesterWeights:
    """u_r of every requester; `unknown`: of one that had no judged task when this was computed."""
    found = requester_trust(edges, pretrusted, alpha)
    return RequesterWeights(evidence_weights(found, quantile_density(found)), unknown)


def _sums(parts: Iterable[tuple[str, float]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for name, weight in parts:
        found[name] = found.get(name, 0.0) + weight
    return found


def _prior(names: Sequence[str], pretrusted: Mapping[str, float]) -> dict[str, float]:
    whole = sum(pretrusted[name] for name in sorted(pretrusted))
    if whole <= 0 or any(weight < 0 for weight in pretrusted.values()):
        raise ValueError("at least one requester must be trusted beforehand")
    return {name: pretrusted.get(name, 0.0) / whole for name in names}


def _returned(
    following: dict[str, float], trust: dict[str, float], prior: dict[str, float], alpha: float
) -> tuple[dict[str, float], float]:
    """One step's end: what arrived, times 1 - alpha; the rest (alpha, and what dangled) goes to the prior."""
    arrived = 0.0
    for name in following:
        arrived += following[name]
    back = 1 - (1 - alpha) * arrived
    fresh = {name: (1 - alpha) * following[name] + back * prior[name] for name in following}
    moved = 0.0
    for name in fresh:
        moved += abs(fresh[name] - trust[name])
    return fresh, moved
