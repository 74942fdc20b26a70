# SPDX-License-Identifier: Apache-2.0
"""All queries about outcomes, weights and removals."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from gems_platform.trust.tables import (
    KindWeightRow,
    OutcomeRow,
    ReinstatedRow,
    RemovalAppealRow,
    RequesterWeightRow,
    WeightRunRow,
)
from gems_protocol.trust.score import Outcome

_PAGE = 10_000


class Passing(NamedTuple):
    """What N is computed from, of one outcome."""

    accepted: bool
    poor: bool
    commission: int
    mr: int


class PairCount(NamedTuple):
    """How many tasks of one requester and worker were judged, and how many were right."""

    requester: str
    worker: str
    trials: int
    passes: int


class KindCount(NamedTuple):
    """How many tasks of one kind and requester were judged, and how many were right on the first try."""

    family: str
    difficulty: str
    requester: str
    trials: int
    passes: int


def add(session: Session, row: OutcomeRow) -> None:
    """Keep an outcome."""
    session.add(row)
    session.flush()


def of_worker(session: Session, worker: str) -> Sequence[OutcomeRow]:
    """A worker's outcomes, oldest first."""
    return session.scalars(
        select(OutcomeRow).where(OutcomeRow.worker == worker).order_by(OutcomeRow.id)
    ).all()


def outcomes(session: Session, worker: str, *, family: str | None = None, after: int = 0) -> list[Outcome]:
    """A worker's outcomes as the protocol's values, oldest first; `after`: only those with a higher number."""
    query = select(*_COLUMNS).where(OutcomeRow.worker == worker, OutcomeRow.id > after)
    if family is not None:
        query = query.where(OutcomeRow.family == family)
    return [_outcome(found) for found in session.execute(query.order_by(OutcomeRow.id))]


def passing(session: Session, worker: str) -> list[Passing]:
    """What a worker's N is computed from, oldest first, over all families."""
    query = select(OutcomeRow.accepted, OutcomeRow.poor, OutcomeRow.commission, OutcomeRow.mr)
    found = session.execute(query.where(OutcomeRow.worker == worker).order_by(OutcomeRow.id))
    return [Passing(*row) for row in found]


def last_number(session: Session, worker: str | None = None) -> int:
    """The number of the newest outcome (of a worker), 0 without any."""
    query = select(func.max(OutcomeRow.id))
    if worker is not None:
        query = query.where(OutcomeRow.worker == worker)
    return session.scalar(query) or 0


def everybody(session: Session) -> Iterator[tuple[str, Outcome]]:
    """(worker, outcome) of all outcomes, in order."""
    query = select(OutcomeRow.worker, *_COLUMNS).order_by(OutcomeRow.id).execution_options(yield_per=_PAGE)
    for worker, *found in session.execute(query):
        yield worker, _outcome(found)


def pair_counts(session: Session) -> list[PairCount]:
    """Judged tasks of every requester and worker, in the order of both; nobody with themselves."""
    passes = func.count().filter(OutcomeRow.accepted.is_(True))
    query = select(OutcomeRow.requester, OutcomeRow.worker, func.count(), passes)
    query = query.where(OutcomeRow.requester != OutcomeRow.worker)
    query = query.group_by(OutcomeRow.requester, OutcomeRow.worker)
    found = session.execute(query.order_by(OutcomeRow.requester, OutcomeRow.worker))
    return [PairCount(*row) for row in found]


def kind_counts(session: Session) -> list[KindCount]:
    """Judged tasks of every family, difficulty and requester, in the order of these."""
    kind = (OutcomeRow.family, OutcomeRow.difficulty, OutcomeRow.requester)
    passes = func.count().filter(OutcomeRow.first_try.is_(True))
    found = session.execute(select(*kind, func.count(), passes).group_by(*kind).order_by(*kind))
    return [KindCount(*row) for row in found]


def weight_run(session: Session) -> WeightRunRow | None:
    """The last computation of the weights."""
    return session.get(WeightRunRow, 1)


def requester_weights(session: Session, requesters: Collection[str]) -> dict[str, float]:
    """u_r of some requesters."""
    query = select(RequesterWeightRow.requester, RequesterWeightRow.weight)
    found = session.execute(query.where(RequesterWeightRow.requester.in_(sorted(requesters))))
    return {row[0]: row[1] for row in found}


def kind_weights(session: Session, families: Collection[str]) -> dict[tuple[str, str], float]:
    """w_m of some families' kinds."""
    query = select(KindWeightRow.family, KindWeightRow.difficulty, KindWeightRow.weight)
    found = session.execute(query.where(KindWeightRow.family.in_(sorted(families))))
    return {(family, difficulty): weight for family, difficulty, weight in found}


def replace_weights(
    session: Session,
    run: WeightRunRow,
    requesters: Mapping[str, float],
    kinds: Mapping[tuple[str, str], float],
) -> None:
    """Put the weights of a new computation in the place of the old ones."""
    session.execute(delete(RequesterWeightRow))
    session.execute(delete(KindWeightRow))
    session.merge(run)
    session.add_all(RequesterWeightRow(requester=name, weight=w) for name, w in requesters.items())
    session.add_all(KindWeightRow(family=f, difficulty=d, weight=w) for (f, d), w in kinds.items())
    session.flush()


def reinstated(session: Session, worker: str) -> ReinstatedRow | None:
    """When and from which outcome on a worker was let back."""
    return session.get(ReinstatedRow, worker)


def put_reinstated(session: Session, row: ReinstatedRow) -> None:
    """Keep that a worker was let back, in the place of an earlier time."""
    session.merge(row)
    session.flush()


def last_appeal(session: Session, worker: str) -> RemovalAppealRow | None:
    """A worker's newest appeal against removal."""
    query = select(RemovalAppealRow).where(RemovalAppealRow.worker == worker)
    return session.scalars(query.order_by(RemovalAppealRow.id.desc()).limit(1)).first()


def open_appeals(session: Session) -> Sequence[RemovalAppealRow]:
    """Appeals that the operator has not answered, oldest first."""
    query = select(RemovalAppealRow).where(RemovalAppealRow.answered_at.is_(None))
    return session.scalars(query.order_by(RemovalAppealRow.id)).all()


def add_appeal(session: Session, row: RemovalAppealRow) -> None:
    """Keep an appeal."""
    session.add(row)
    session.flush()


_COLUMNS = (
    OutcomeRow.campaign_id,
    OutcomeRow.index,
    OutcomeRow.attempt,
    OutcomeRow.requester,
    OutcomeRow.accepted,
    OutcomeRow.first_try,
    OutcomeRow.judged_at,
    OutcomeRow.family,
    OutcomeRow.difficulty,
    OutcomeRow.redone,
)


def _outcome(values: Iterable[Any]) -> Outcome:
    """From the values of `_COLUMNS`: a row's own `index` would be that of a tuple."""
    campaign_id, index, attempt, requester, accepted, first_try, judged_at, family, difficulty, redone = (
        values
    )
    return Outcome(
        campaign_id=bytes.fromhex(campaign_id[2:]),
        index=index,
        requester=requester,
        accepted=accepted,
        first_try=first_try,
        judged_at=judged_at,
        family=family,
        difficulty=difficulty,
        attempt=attempt,
        redone=redone,
    )
