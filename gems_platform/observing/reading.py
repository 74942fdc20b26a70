# SPDX-License-Identifier: Apache-2.0
"""The queries behind the figures. Some go over every channel: whoever calls decides how often (looking.py)."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from gems_platform.campaigns.tables import CampaignRow
from gems_platform.channels.sending_tables import IntentRow
from gems_platform.channels.tables import ChannelRow, LineRow, RelayedClaimRow
from gems_platform.channels.upkeep_tables import RelayedTransferRow
from gems_platform.matching.tables import SpentRow, TallyRow
from gems_platform.matching.tallies import SEATS
from gems_platform.observing.figures import WAITING, CampaignFigures, Money, Queue, StoreFigures
from gems_platform.reviews.tables import SeatRow
from gems_platform.settings import Settings
from gems_platform.tasks.tables import AssignmentRow, BatchRow, TaskRow

SHOWN = 200  # campaigns that are told one by one, open ones and new ones first
_AT_ONCE = 2000
_LIVE = ("sent", "mined")
Titles = dict[str, tuple[str, int]]  # of campaigns: their title and their end, which never change


def read(session: Session, settings: Settings, titles: Titles, version: str, now: int) -> StoreFigures:
    """Everything, from one moment of the store; `titles` is filled with what was not known."""
    states, spent = _task_states(session), _spent(session)
    by_state = {
        row[0]: row[1]
        for row in session.execute(select(CampaignRow.state, func.count()).group_by(CampaignRow.state))
    }
    return StoreFigures(
        at=now,
        campaigns=_campaigns(session, titles, states, spent),
        campaigns_total=sum(by_state.values()),
        campaigns_by_state=by_state,
        queue=_queue(session, states),
        money=_money(session, sum(spent.values())),
        late=_late(session, settings, now),
        version=version,
    )


def _task_states(session: Session) -> Mapping[str, Counter[str]]:
    """By campaign, from its running counts: no task is looked at."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    query = select(TallyRow.campaign_id, TallyRow.kind, func.sum(TallyRow.n)).where(TallyRow.kind != SEATS)
    for campaign_id, state, count in session.execute(query.group_by(TallyRow.campaign_id, TallyRow.kind)):
        found[campaign_id][state] = int(count)
    return found


def _spent(session: Session) -> Mapping[str, int]:
    """By campaign: base units that left its escrow for work."""
    found: Counter[str] = Counter()
    query = select(SpentRow.campaign_id, SpentRow.units).execution_options(yield_per=_AT_ONCE)
    for campaign_id, units in session.execute(query):
        found[campaign_id] += units
    return found


def _campaigns(
    session: Session, titles: Titles, states: Mapping[str, Counter[str]], spent: Mapping[str, int]
) -> tuple[CampaignFigures, ...]:
    order = (case((CampaignRow.state == "open", 0), else_=1), CampaignRow.created_at.desc(), CampaignRow.id)
    query = select(
        CampaignRow.id,
        CampaignRow.state,
        CampaignRow.created_at,
        CampaignRow.funded,
    )
    rows = session.execute(query.order_by(*order).limit(SHOWN)).all()
    for known in titles.keys() - {row.id for row in rows}:
        del titles[known]
    for campaign_id in [row.id for row in rows if row.id not in titles]:
        titles[campaign_id] = _title(session, campaign_id)
    return tuple(
        CampaignFigures(
            id=row.id,
            title=titles[row.id][0],
            state=row.state,
            ends=titles[row.id][1],
            created_at=row.created_at,
            tasks=dict(states.get(row.id, {})),
            funded=row.funded,
            paid=spent.get(row.id, 0),
        )
        for row in rows
    )


def _title(session: Session, campaign_id: str) -> tuple[str, int]:
    query = select(CampaignRow.manifest, CampaignRow.terms).where(CampaignRow.id == campaign_id)
    manifest, terms = session.execute(query).one()
    return str(json.loads(manifest)["title"]), int(json.loads(terms)["ends"])


def _queue(session: Session, states: Mapping[str, Counter[str]]) -> Queue:
    totals: Counter[str] = Counter()
    for counted in states.values():
        totals.update(counted)
    seats = select(func.coalesce(func.sum(TaskRow.seats_wanted), 0)).where(TaskRow.seats_wanted > 0)
    owed = select(func.count(func.distinct(LineRow.worker)), func.count()).where(LineRow.seq.is_(None))
    workers, lines = session.execute(owed).one()
    return Queue(
        tasks_open=totals["open"],
        tasks_leased=totals["leased"],
        tasks_waiting=sum(totals[state] for state in WAITING),
        reviews_wanted=int(session.scalar(seats) or 0),
        workers_owed=workers,
        lines_owed=lines,
        claims_sent=_count(session, RelayedClaimRow, RelayedClaimRow.state == "sent"),
        transfers_sent=_count(session, RelayedTransferRow, RelayedTransferRow.state == "sent"),
        intents_pending=_count(session, IntentRow, IntentRow.state.in_(_LIVE)),
    )


def _count(session: Session, table: type[Any], where: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(table).where(where)) or 0


def _money(session: Session, paid: int) -> Money:
    escrow, signed, redeemed = _sums(
        session, CampaignRow.funded, CampaignRow.spend_signed, CampaignRow.redeemed
    )
    deposits, vouchered, claimed = _sums(session, ChannelRow.deposit, ChannelRow.paid, ChannelRow.claimed)
    (owed,) = _sums(session, LineRow.amount, where=LineRow.seq.is_(None))
    return Money(escrow, paid, signed, redeemed, deposits, vouchered, claimed, owed)


def _sums(
    session: Session, *columns: InstrumentedAttribute[int], where: ColumnElement[bool] | None = None
) -> list[int]:
    """Exact sums: amounts are text in the store, since no engine's integers hold them; so they are added up here."""
    query = select(*columns)
    if where is not None:
        query = query.where(where)
    found = [0] * len(columns)
    for row in session.execute(query.execution_options(yield_per=_AT_ONCE)):
        for place, amount in enumerate(row):
            found[place] += amount
    return found


def _late(session: Session, settings: Settings, now: int) -> dict[str, int]:
    """By name of what is due: how many seconds ago the oldest one should have been done; 0 for none."""
    grace = now - settings.grace_s
    judged = (TaskRow.state.in_(WAITING), TaskRow.seats_wanted > 0)
    oldest = {
        "unconfirmed_batches": (now, BatchRow.confirm_by, (BatchRow.state == "offered",)),
        "leases": (grace, AssignmentRow.due_at, (AssignmentRow.state == "leased",)),
        "reviews": (grace, SeatRow.due_at, (SeatRow.state == "leased",)),
        "rounds": (now, TaskRow.judge_by, judged),
        "verdicts": (now, TaskRow.settle_at, (TaskRow.settle_at.is_not(None),)),
        "chain": (now, IntentRow.at, (IntentRow.state == "sent",)),
    }
    found = {}
    for name, (due, column, where) in oldest.items():
        first = session.scalar(select(func.min(column)).where(*where, column < due))
        found[name] = 0 if first is None else due - first
    return found
