# SPDX-License-Identifier: Apache-2.0
"""What judged tasks are worth: u_r of each requester by EigenTrust, w_m of each kind, computed about hourly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy.orm import Session

from gems_platform.settings import Settings
from gems_platform.trust import graph, repository
from gems_platform.trust.tables import WeightRunRow
from gems_protocol.trust.difficulty import rasch_weight
from gems_protocol.trust.score import Outcome
from gems_protocol.trust.weights import DifficultyWeights, RequesterWeights

EVERY_S = 3600


@dataclass(frozen=True, slots=True)
class Weights:
    """All weights, computed from every outcome up to number `last_outcome`."""

    requesters: RequesterWeights
    kinds: DifficultyWeights
    last_outcome: int


def weights_for(session: Session, outcomes: Sequence[Outcome]) -> tuple[RequesterWeights, DifficultyWeights]:
    """The published weights as far as these outcomes need them; all equal before the first computation."""
    run = repository.weight_run(session)
    if run is None or not outcomes:
        return RequesterWeights(), DifficultyWeights()
    requesters = {outcome.requester for outcome in outcomes}
    return (
        RequesterWeights(repository.requester_weights(session, requesters), run.unknown),
        DifficultyWeights(repository.kind_weights(session, {outcome.family for outcome in outcomes})),
    )


def is_due(session: Session, now: int) -> bool:
    """Whether an hour has passed and something was judged since."""
    run = repository.weight_run(session)
    if run is not None and now - run.at < EVERY_S:
        return False
    return repository.last_number(session) != (0 if run is None else run.last_outcome)


def compute(session: Session, settings: Settings) -> Weights:
    """All weights from all outcomes; reads only, so that a large platform does it beside its writers.

    Trust begins at `settings.pretrusted_requesters`, or without any equally at every requester. Where an operator
    named some, a requester that nothing connects to them counts for nothing.
    """
    requesters = _requesters(session, settings)
    return Weights(requesters, _kinds(session, requesters), repository.last_number(session))


def keep(session: Session, found: Weights, now: int) -> None:
    """Publish weights in the place of those before."""
    run = WeightRunRow(id=1, at=now, last_outcome=found.last_outcome, unknown=found.requesters.unknown)
    repository.replace_weights(session, run, found.requesters.by_requester, found.kinds.by_kind)


def _requesters(session: Session, settings: Settings) -> RequesterWeights:
    """`graph.requester_weights` from the counts of each pair, in the same order of names."""
    pairs = repository.pair_counts(session)
    named = dict.fromkeys(settings.pretrusted_requesters, 1.0)
    names = sorted({pair.requester for pair in pairs} | named.keys())
    if not names:
        return RequesterWeights()
    people = sorted({pair.worker for pair in pairs})
    number = {name: place for place, name in enumerate(names)}
    place_of = {worker: place for place, worker in enumerate(people)}
    passes = np.array([pair.passes for pair in pairs], np.float64)
    counted = graph.Graph(
        np.array([number[pair.requester] for pair in pairs], np.intp),
        np.array([place_of[pair.worker] for pair in pairs], np.intp),
        passes,
        np.array([pair.trials for pair in pairs], np.float64) - passes,
        len(names),
        max(1, len(people)),
    )
    prior = np.array([named.get(name, 0.0) if named else 1.0 for name in names])
    found = graph.requester_trust(counted, prior).weights.tolist()
    return RequesterWeights(dict(zip(names, found, strict=True)), 0.0 if named else 1.0)


def _kinds(session: Session, requesters: RequesterWeights) -> DifficultyWeights:
    """`difficulty.difficulty_weights` from the counts of each kind and requester, summed in the same order."""
    kinds: dict[tuple[str, str], tuple[float, float]] = {}
    for found in repository.kind_counts(session):
        u = requesters.of(found.requester)
        passes, trials = kinds.get((found.family, found.difficulty), (0.0, 0.0))
        kinds[found.family, found.difficulty] = (passes + u * found.passes, trials + u * found.trials)
    return DifficultyWeights(
        {kind: rasch_weight(min(passes, trials), trials) for kind, (passes, trials) in kinds.items()}
    )
