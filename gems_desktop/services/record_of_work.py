# SPDX-License-Identifier: Apache-2.0
"""My own record, from final verdicts that were checked here: outcomes for trust, and N for fees.

A task counts once and when it is final: a second try takes the place of the first one's rejection.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from gems_desktop.services.facts import ItemState
from gems_desktop.services.offers import Campaign, stored_campaign
from gems_desktop.services.ports import Tx
from gems_desktop.services.records import CampaignRecord, FormerRecord, ItemRecord
from gems_protocol.trust.profile import Profile, profile
from gems_protocol.trust.score import Outcome
from gems_protocol.trust.weights import (
    EQUAL_DIFFICULTY,
    EQUAL_REQUESTERS,
    DifficultyWeights,
    RequesterWeights,
)
from gems_protocol.verification.commissioned import after_commissioned_failure
from gems_protocol.verification.girm import after_failure, after_pass

_HANDED_IN = (
    ItemState.SEALED.name,  # it may have arrived without its receipt
    ItemState.SENDING.name,
    ItemState.DELIVERED.name,
    ItemState.ACCEPTED.name,
    ItemState.REJECTED.name,
    ItemState.DISPUTED.name,
    ItemState.PAID.name,
)

_READ = (
    *("item_id", "campaign_id", "index", "attempt", "outcome", "judged", "judged_at", "changed_at", "fee"),
    *("poor", "redo_of"),
)


@dataclass(frozen=True, slots=True)
class _Entry:
    """What counts of one task of mine that has a final verdict."""

    item_id: str
    campaign_id: str
    index: int
    attempt: int
    outcome: int
    judged: bool
    judged_at: int
    changed_at: int
    fee: int
    poor: bool
    redo_of: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """One task of mine that is final and was judged. paid_to_look: x / Mr where strangers found it poor."""

    outcome: Outcome
    paid_to_look: Fraction | None = None


@dataclass(frozen=True, slots=True)
class MyRecord:
    """Every result of mine, oldest first."""

    results: tuple[Result, ...]

    @property
    def outcomes(self) -> list[Outcome]:
        """For score and profile."""
        return [result.outcome for result in self.results]

    @property
    def passes(self) -> int:
        """N: audited passes, less what the failure rules took."""
        return audited_passes(self.results)

    def settled_in(self, family: str) -> tuple[int, int]:
        """(right, all) of the judged tasks in a module family."""
        found = [result.outcome.accepted for result in self.results if result.outcome.family == family]
        return sum(found), len(found)


def record_version(tx: Tx) -> tuple[int, int]:
    """Another one whenever my record may be another: by its rows, and by the campaigns that are known."""
    return tx.version("record"), tx.count(CampaignRecord)


def my_record(tx: Tx) -> MyRecord:
    """Every judged and final task of mine; work that nobody verified does not count. Kept until it changes."""
    return tx.memo("my_record", record_version(tx), lambda: _read(tx))


def _read(tx: Tx) -> MyRecord:
    handed_in = tx.rows(
        ItemRecord, ("campaign_id", "index", "attempt", "redo_of"), kind="work", state=_HANDED_IN
    )
    items = [_entry(row) for row in tx.rows(ItemRecord, _READ, kind="work", final=True)]
    here = {item.item_id for item in items}
    elsewhere = [former for former in tx.find(FormerRecord) if former.item_id not in here]
    tries = {(campaign, index, attempt) for campaign, index, attempt, _ in handed_in}
    tries |= {(former.campaign_id, former.index, former.attempt) for former in elsewhere}
    redone = {redo_of for _, _, _, redo_of in handed_in if redo_of}
    about = {record.campaign_id: stored_campaign(record) for record in tx.find(CampaignRecord)}
    ended = [*items, *(_former(former) for former in elsewhere if former.outcome)]
    found = []
    for entry in sorted(ended, key=lambda entry: entry.judged_at):
        campaign = about.get(entry.campaign_id)
        if not entry.judged or entry.item_id in redone or _place(entry, 1) in tries or campaign is None:
            continue
        again = _place(entry, -1) in tries or bool(entry.redo_of)
        found.append(_result(entry, campaign, again))
    return MyRecord(tuple(found))


def _entry(row: tuple[Any, ...]) -> _Entry:
    about = dict(zip(_READ, row, strict=True))
    return _Entry(**about | {"fee": int(about["fee"])})


def _former(former: FormerRecord) -> _Entry:
    about = {name: getattr(former, name) for name in _READ if name not in ("fee", "redo_of")}
    return _Entry(**about, fee=former.fee.units)


def my_profile(tx: Tx, told: dict[str, Any]) -> Profile:
    """My whole profile by the weights that the platform publishes in `told`; kept until it changes."""
    version = (record_version(tx), json.dumps(told.get("weights"), sort_keys=True))
    return tx.memo("my_profile", version, lambda: profile(my_record(tx).outcomes, *weights(told)))


def _place(entry: _Entry, later: int = 0) -> tuple[str, int, int]:
    """Which attempt at which task; nobody gets a task twice but for a second try at it."""
    return entry.campaign_id, entry.index, entry.attempt + later


def _result(entry: _Entry, campaign: Campaign, again: bool) -> Result:
    accepted = entry.outcome > 0 and not entry.poor
    module = campaign.manifest.module
    outcome = Outcome(
        campaign_id=bytes.fromhex(entry.campaign_id[2:]),
        index=entry.index,
        requester=campaign.terms.requester,
        accepted=accepted,
        first_try=accepted and not again,
        judged_at=entry.changed_at,  # the record's judged_at is the place in the order of verdicts
        family=module.family,
        difficulty=module.difficulty,
        attempt=entry.attempt,
        redone=accepted and again,
    )
    return Result(outcome, Fraction(entry.fee, campaign.terms.mr.units) if entry.poor else None)


def my_outcomes(tx: Tx) -> list[Outcome]:
    """The outcomes of my record, oldest first."""
    return my_record(tx).outcomes


def audited_passes(results: Sequence[Result]) -> int:
    """N over results in their order: one more for each pass, half at a rejection, less at a paid look that failed."""
    n = 0
    for result in results:
        if result.paid_to_look is not None:
            n = after_commissioned_failure(n, result.paid_to_look)
        else:
            n = after_pass(n, True) if result.outcome.accepted else after_failure(n)
    return n


def my_reviews(tx: Tx) -> tuple[int, int]:
    """(settled votes of mine, those that a verdict overturned)."""
    votes = tx.tally(ItemRecord, ("outcome",), kind="review", final=True)
    return sum(count for _, count in votes), sum(count for outcome, count in votes if outcome < 0)


def weights(told: dict[str, Any]) -> tuple[RequesterWeights, DifficultyWeights]:
    """The weights that the platform publishes; equal ones when it published none."""
    kept = told.get("weights")
    if not kept:
        return EQUAL_REQUESTERS, EQUAL_DIFFICULTY
    kinds = {(family, difficulty): weight for family, difficulty, weight in kept["kinds"]}
    return RequesterWeights(dict(kept["requesters"])), DifficultyWeights(kinds)
