# SPDX-License-Identifier: Apache-2.0
"""What judged tasks are worth: u_r of each requester by EigenTrust, w_m of each kind, computed about hourly."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from gems_platform.settings import Settings
from gems_platform.trust import graph, repository
from gems_platform.trust.tables import WeightRunRow
from gems_protocol.trust.difficulty import difficulty_weights
from gems_protocol.trust.score import Outcome
from gems_protocol.trust.weights import DifficultyWeights, RequesterWeights

EVERY_S = 3600


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


def refresh_if_due(session: Session, settings: Settings, now: int) -> bool:
    """Compute the weights when an hour has passed and something was judged since; whether it was done."""
    run = repository.weight_run(session)
    if run is not None and now - run.at < EVERY_S:
        return False
    newest = repository.last_number(session)
    if newest == (0 if run is None else run.last_outcome):
        return False
    refresh_weights(session, settings, now)
    return True


def refresh_weights(session: Session, settings: Settings, now: int) -> None:
    """Compute all weights from all outcomes.

    Trust begins at `settings.pretrusted_requesters`, or without any equally at every requester. Where an operator
    named some, a requester that nothing connects to them counts for nothing.
    """
    requesters = graph_weights(session, settings)
    kinds = difficulty_weights((found for _, found in repository.everybody(session)), requesters)
    run = WeightRunRow(id=1, at=now, last_outcome=repository.last_number(session), unknown=requesters.unknown)
    repository.replace_weights(session, run, dict(requesters.by_requester), dict(kinds.by_kind))


def graph_weights(session: Session, settings: Settings) -> RequesterWeights:
    """u_r of every requester with a judged task."""
    judged = list(repository.everybody(session))
    named = dict.fromkeys(settings.pretrusted_requesters, 1.0)
    pretrusted = named or dict.fromkeys((outcome.requester for _, outcome in judged), 1.0)
    if not pretrusted:
        return RequesterWeights()
    return graph.requester_weights(judged, pretrusted, unknown=0.0 if named else 1.0)
