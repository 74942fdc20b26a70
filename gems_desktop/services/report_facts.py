# SPDX-License-Identifier: Apache-2.0
"""A requester report of the interface, strictly read into facts; bounds are computed here, not believed."""

from __future__ import annotations

from typing import Any, cast

from gems_desktop.services.errors import PlatformLied
from gems_desktop.services.facts import ChainCheck, RatingFacts, ReportFacts, Said, ShareFacts
from gems_desktop.services.saying import said
from gems_protocol.amount import Amount
from gems_protocol.audit import MILLION
from gems_protocol.errors import GemsError
from gems_protocol.requester import ASPECTS, WAIT_BOUNDS, share_fact
from gems_protocol.trust.requesters import explain_requester

_COUNTS = ("accepted", "rejected", "appealed", "overturned", "tasks_total")
_MORE = {
    "worker_appeals": "appealed_by_miners",
    "worker_appeals_won": "appeals_won_by_workers",
    "requester_appeals": "appealed_by_requester",
    "requester_appeals_won": "appeals_won_by_requester",
    "decisions_accepted": "decisions_accepted",
    "decisions_reverted": "decisions_reverted",
}
_TIMES = ("median_release_s", "p95_release_s", "median_task_s", "median_review_s")


def report_facts(value: dict[str, Any], chain: tuple[ChainCheck, ...] = ()) -> ReportFacts:
    """The facts; chain: what was compared with the chain. Raises PlatformLied when the report is malformed."""
    try:
        counts = {name: _count(value[name]) for name in _COUNTS}
        counts |= {name: _count(value.get(told, 0)) for name, told in _MORE.items()}
        found = ReportFacts(
            requester=value["requester"],
            practice=value["practice"] is True,
            paid_out=Amount.parse(value["paid_out"]),
            funded_now=Amount.parse(value["funded_now"]),
            pay_per_hour=_amount(value["pay_per_hour"]),
            verifier_pay_per_hour=_amount(value.get("verifier_pay_per_hour")),
            checked_on_chain=bool(chain) and all(check.agrees for check in chain),
            ratings=tuple(_rating(name, value.get("ratings") or {}) for name in ASPECTS),
            chain=chain,
            shares=(
                _share("accepted", counts["accepted"], counts["accepted"] + counts["rejected"]),
                _share("appeals_won_by_workers", counts["worker_appeals_won"], counts["worker_appeals"]),
                _share(
                    "decisions_reverted",
                    counts["decisions_reverted"],
                    counts["decisions_accepted"] + counts["decisions_reverted"],
                ),
            ),
            explanations=_explained(counts),
            waits=_waits(value.get("release_waits")),
            **cast(dict[str, Any], {name: _time(value.get(name)) for name in _TIMES} | counts),
        )
    except (KeyError, TypeError, ValueError, AttributeError, GemsError) as error:
        raise PlatformLied("a requester report is malformed.") from error
    return found


def _explained(counts: dict[str, int]) -> tuple[Said, ...]:
    """What there is to say; a first decision to reject is one that stood, or one that an appeal turned."""
    won = counts["worker_appeals_won"]
    rejected = counts["rejected"] + won - counts["requester_appeals_won"]
    found = explain_requester(counts["accepted"] + counts["rejected"], rejected, won)
    return tuple(said(reason) for reason in found)


def _count(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ValueError("not a count")
    return value


def _time(value: Any) -> int | None:
    return None if value is None else _count(value)


def _waits(value: Any) -> tuple[int, ...]:
    if value is None:  # a platform of before
        return ()
    if not isinstance(value, list) or len(value) != len(WAIT_BOUNDS) + 1:
        raise ValueError("not the groups of waits")
    return tuple(_count(one) for one in value)


def _amount(value: Any) -> Amount | None:
    return None if value is None else Amount.parse(value)


def _share(name: str, part: int, whole: int) -> ShareFacts:
    if part > whole:
        raise ValueError("more than all")
    found = share_fact(part, whole)
    return ShareFacts(name, part, whole, int(found.lower * MILLION), int(found.upper * MILLION))


def _rating(question: str, told: dict[str, Any]) -> RatingFacts:
    one = told.get(question) or {"count": 0, "good": 0, "median": 0}
    count, good, median = _count(one["count"]), _count(one["good"]), _count(one["median"])
    if median > 5:
        raise ValueError("not a mark")
    bound = _share(question, good, count).lower_ppm if count else 0
    return RatingFacts(question, count, median if count else None, good, bound)
