# SPDX-License-Identifier: Apache-2.0
"""What a campaign would pay and cost, and what a fair requester should think twice about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from gems_platform.client.floors import Floor, pay_per_hour
from gems_platform.client.requesting.draft import Draft
from gems_protocol.amount import Amount
from gems_protocol.audit import DAY_S, MILLION
from gems_protocol.staking import escrow_per_task
from gems_protocol.verification import NEWCOMER, Mix, policy_for
from gems_protocol.verification.evidence import Evidence
from gems_protocol.verification.planning import USUAL_VERIFIER, redundancy_is_cheaper

HOUR_S = 3600


@dataclass(frozen=True, slots=True)
class Preview:
    """Per task unless it says otherwise; `hourly` is a worker's pay at the expected time."""

    tasks: int
    reward: Amount
    review_reward: Amount
    stake: Amount
    escrow_each: Amount
    escrow: Amount
    hourly: Amount
    media_bytes: int
    warnings: tuple[str, ...]


def preview(draft: Draft, floor: Floor, seconds: int | None = None) -> Preview:
    """The preview of a draft; warns when an hour pays less than `floor`; raises MalformedMessage.

    seconds: what one task took in a trial, instead of the time that the draft expects.
    """
    took = draft.manifest.expected_seconds if seconds is None else seconds
    pay = draft.pay
    each = escrow_per_task(pay.mr, pay.panel, pay.vr)
    return Preview(
        tasks=len(draft.tasks),
        reward=pay.mr,
        review_reward=pay.vr,
        stake=pay.ms,
        escrow_each=each,
        escrow=each * len(draft.tasks),
        hourly=pay_per_hour(pay.mr, took),
        media_bytes=sum(path.stat().st_size for path in draft.media.values()),
        warnings=tuple(_warnings(draft, floor, took, seconds is not None)),
    )


def _warnings(draft: Draft, floor: Floor, seconds: int, tried: bool) -> Iterator[str]:
    pay, info = draft.pay, draft.manifest.policy
    policy = policy_for(info, pay.terms())
    rules = policy.others if isinstance(policy, Mix) else policy
    how = f"at {seconds} s a task, as tried" if tried else f"at the expected {seconds} s a task"
    low = floor.warning(pay.mr, seconds, how)
    if low is not None:
        yield low
    if rules.has_redo and pay.vr >= pay.mr:
        yield (
            "The reward is not above the floor: a verifier earns as much as the miner, and a redo earns nothing."
        )
    if info.name == "consensus" and redundancy_is_cheaper(pay.mr, pay.vr):
        yield (
            "Verifying pays so much that two agreeing verifiers cost more than votes until one answer leads by "
            f"two, for the same accuracy (if verifiers are {USUAL_VERIFIER:.0%} right). Evidence is cheaper."
        )
    if isinstance(rules, Evidence) and pay.vr < pay.mr:
        yield (
            f"A verifier answers blind, so does the whole task, but gets {pay.vr.exact()} GEM where the miner gets "
            f"{pay.mr.exact()}. Fewer people will verify; z 1 pays both alike."
        )
    if info.name in ("girm", "gram"):
        yield (
            f"{info.name.upper()} deters careless work, it does not correct honest errors: what no audit was drawn "
            "for is accepted."
        )
    if not rules.blind and info.name != "commissioned" and not draft.gold:
        yield (
            "Verifiers see the answer, and some will wave it through: add gold, tasks whose answer you know, so that "
            "they are measured."
        )
    if info.name == "commissioned":
        yield "Nothing is verified unless you commission it: what you do not look at is accepted as it is."
    if info.name == "gram":
        times = Fraction(pay.ms.units, pay.mr.units) if pay.mr else Fraction(0)
        yield (
            f"A miner must hold a bond of {pay.ms.exact()} GEM for each task, {float(times):.1f} times its reward; "
            "and only workers of grade A are offered it."
        )
    if isinstance(policy, Mix):
        yield (
            f"Workers with fewer than {policy.tasks} checked tasks enter under GIRM: their pay is cut by the fee, "
            "and their honest errors are not corrected."
        )
    if info.hold_s:
        yield (
            f"Accepted work is paid {_days(info.hold_s)} later, so that you can look at it first. Workers see this."
        )
    elif info.params.get("commission_ppm"):
        yield 'Accepted work is paid at once ("hold_s" is 0), so none of it can be commissioned or appealed.'
    if draft.seeds is not None and not policy.for_standing(NEWCOMER).draws_audits and not rules.draws_audits:
        yield f"Nothing is drawn under {info.name}: seeds of your own only cost you a command a day."
    if draft.gold and len(draft.gold) * MILLION < len(draft.tasks) * 50_000:
        yield "Fewer than 5 % of the tasks are gold: newcomers' hidden checks will run out."


def _days(seconds: int) -> str:
    return f"{seconds // DAY_S} days" if seconds >= 2 * DAY_S else f"{seconds // HOUR_S} hours"
