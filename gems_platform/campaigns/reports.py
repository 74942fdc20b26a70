# SPDX-License-Identifier: Apache-2.0
"""The requester report from the platform's own ledger, by the protocol's rule."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from gems_platform.campaigns import report_repository as evidence
from gems_platform.campaigns import repository
from gems_platform.campaigns.facts import facts
from gems_platform.campaigns.report_repository import Key
from gems_platform.campaigns.tables import CampaignRow
from gems_platform.matching import tallies
from gems_platform.ratings import repository as ratings
from gems_platform.ratings import service as rating_service
from gems_platform.settings import Settings
from gems_protocol.amount import Amount
from gems_protocol.ledger import Why, escrow
from gems_protocol.requester import Counting, RequesterReport, ReviewFact, ShareFact, TaskFact, rated

_Kept = dict[str, tuple[int, int, RequesterReport]]
_MOST_KEPT = 1_000  # requesters whose reports a process keeps
#: Of each store: requester -> (newest movement, base units paid out, report).
_KEPT: WeakKeyDictionary[Engine, _Kept] = WeakKeyDictionary()


def report_of(session: Session, settings: Settings, requester: str) -> dict[str, Any]:
    """What a requester's past says, with what its escrows hold now; shares with their counts and bounds."""
    campaigns = repository.of_requester(session, requester)
    paid_out, found = _past(session, requester)
    marks = rated(rating_service.as_ratings(ratings.of_requester(session, requester)))
    return {
        "requester": requester,
        "paid_out": str(paid_out),
        "accepted": found.accepted,
        "rejected": found.rejected,
        "appealed": found.appealed,
        "appealed_by_miners": found.appealed_by_miners,
        "appealed_by_requester": found.appealed_by_requester,
        "appeals_won_by_workers": found.appeals_won_by_workers,
        "appeals_won_by_requester": found.appeals_won_by_requester,
        "overturned": found.overturned,
        "decisions_accepted": found.decisions_accepted,
        "decisions_reverted": found.decisions_reverted,
        "median_release_s": found.median_release_s,
        "p95_release_s": found.p95_release_s,
        "release_waits": list(found.waits),
        "median_task_s": found.median_task_s,
        "median_review_s": found.median_review_s,
        "pay_per_hour": _units(found.pay_per_hour),
        "verifier_pay_per_hour": _units(found.verifier_pay_per_hour),
        "reviews": found.reviews,
        "shares": {
            "accepted": _share(found.accept_share),
            "appeals_won_by_workers": _share(found.won_share),
            "decisions_reverted": _share(found.reverted_share),
        },
        "ratings": rating_service.shown(marks),
        "funded_now": str(sum(_locked(row) for row in campaigns)),
        "tasks_total": sum(row.tasks_total for row in campaigns if row.state != "draft"),
        "practice": settings.is_practice(requester),
    }


def _share(found: ShareFact) -> dict[str, Any]:
    return asdict(found)


def _units(amount: Amount | None) -> str | None:
    return None if amount is None else str(amount)


def _past(session: Session, requester: str) -> tuple[int, RequesterReport]:
    """(base units paid out, report), computed again only when money moved: every verdict moves some.

    Nothing is kept from a session that writes, since it may change nothing in the end.
    """
    store = session.get_bind()
    engine = store if isinstance(store, Engine) else store.engine
    newest = evidence.version(session, requester)
    kept = _KEPT.setdefault(engine, {})
    known = kept.get(requester)
    if known is None or known[0] != newest:
        known = (newest, *_compute(session, requester))
        if not engine.get_execution_options().get("writes", False):
            while len(kept) >= _MOST_KEPT:
                kept.pop(next(iter(kept)), None)
            kept[requester] = known
    return known[1], known[2]


def _compute(session: Session, requester: str) -> tuple[int, RequesterReport]:
    """A few campaigns at a time: what is held is theirs, and not all that the requester ever had done."""
    counting, paid_out = Counting(), 0
    for names in evidence.groups(session, requester):
        paid_out += _count(session, names, counting)
    return paid_out, counting.report()


def _count(session: Session, names: Sequence[str], counting: Counting) -> int:
    """Count what these campaigns left behind; the base units that they paid out."""
    spent: dict[Key, int] = defaultdict(int)
    rewarded: dict[Key, int] = defaultdict(int)
    fees: dict[tuple[Key, str], int] = defaultdict(int)
    for moved in evidence.movements(session, names):
        pot = f"escrow:{moved.key[0]}"
        spent[moved.key] += ((moved.source == pot) - (moved.target == pot)) * moved.amount
        if moved.why == Why.REWARD.value:
            rewarded[moved.key] += moved.amount
        elif moved.why == Why.REVIEW_PAY.value:
            fees[moved.key, moved.target] += moved.amount
    votes: Counter[Key] = Counter()
    reverted: Counter[Key] = Counter()
    for seat in evidence.reviewed(session, names):
        votes[seat.key] += 1
        reverted[seat.key] += not seat.agreed
        fee = fees.get((seat.key, f"worker:{seat.verifier}"), 0)
        if fee:
            counting.add_review(ReviewFact(Amount(fee), _each(seat.voted_at - seat.taken_at, seat.size)))
    appealed = evidence.appeals(session, names)
    for done in evidence.ended(session, names):
        party, won = appealed.get(done.key, ("", False))
        submitted = done.submitted_at or done.leased_at
        counting.add(
            TaskFact(
                campaign_id=bytes.fromhex(done.key[0][2:]),
                index=done.key[1],
                attempt=done.key[2],
                accepted=done.accepted,
                appealed=bool(party),
                overturned=won,
                paid=Amount(spent.get(done.key, 0)),
                reward=Amount(rewarded.get(done.key, 0)),
                submitted_at=submitted,
                released_at=done.judged_at if done.accepted else None,
                miner_seconds=_each(submitted - done.leased_at, done.size),
                appealed_by=party,
                decisions=votes[done.key],
                reverted=reverted[done.key],
            )
        )
    return sum(spent.values())


def _each(seconds: int, size: int) -> int:
    """The time of one of `size` tasks that were taken and sent together, at least a second."""
    return max(1, seconds // size)


def _locked(row: CampaignRow) -> int:
    return max(0, row.funded - row.redeemed)


def unsigned(session: Session, row: CampaignRow) -> int:
    """Base units that the hub has promised to workers, or will for work that is held, beyond the requester's Spends."""
    campaign = facts(row)
    due = tallies.spent_of(session, row.id)
    held = repository.held(session, row.id) * campaign.policy.attempt_cost(campaign.terms).units
    return max(0, due + held - min(row.spend_signed, row.funded))


def spend_due(session: Session, row: CampaignRow) -> tuple[int, list[dict[str, Any]]]:
    """What left the escrow for work so far, less what forfeits brought back; with a line for each movement."""
    pot = escrow(facts(row).campaign_id)
    lines, due = [], 0
    for moved in evidence.movements(session, [row.id], in_order=True):
        sign = (moved.source == pot) - (moved.target == pot)
        if sign == 0:
            continue
        due += sign * moved.amount
        lines.append(
            {
                "index": moved.key[1],
                "attempt": moved.key[2],
                "round": moved.round,
                "why": moved.why,
                "amount": str(sign * moved.amount),
            }
        )
    return max(0, due), lines
