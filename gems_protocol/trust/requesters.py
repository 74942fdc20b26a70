# SPDX-License-Identifier: Apache-2.0
"""What workers can expect of a requester: how often it rejects, how often that was overturned, how prompt it pays.

Shares with their bounds, from evidence alone; the report with money and times is `gems_protocol.requester`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from gems_protocol.trust.reasons import Code, Reason
from gems_protocol.trust.wilson import wilson

PROMPT_S = 48 * 3600
FEW = 5  # decisions below which no share is shown


class Judged(Protocol):
    """One judged attempt of a requester's campaigns (`gems_protocol.requester.TaskFact` is one); times in Unix
    seconds, released_at None while unpaid. overturned: a later round reversed the decision."""

    @property
    def accepted(self) -> bool:
        """Whether it ended accepted."""
        ...

    @property
    def appealed(self) -> bool:
        """Whether either side appealed."""
        ...

    @property
    def overturned(self) -> bool:
        """Whether a later round reversed the first decision."""
        ...

    @property
    def submitted_at(self) -> int:
        """When the work arrived."""
        ...

    @property
    def released_at(self) -> int | None:
        """When the funds were released."""
        ...


@dataclass(frozen=True, slots=True)
class SharePart:
    """`part` of `whole`, with the Wilson bounds of the share."""

    part: int
    whole: int
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class RequesterProfile:
    """decisions: judged attempts. rejected: of all. overturned: of the rejections, first decisions that were
    rejections and that a later round reversed. appealed: of all. prompt: accepted work paid within two days."""

    decisions: int
    rejected: SharePart
    overturned: SharePart
    appealed: SharePart
    prompt: SharePart


def share(part: int, whole: int) -> SharePart:
    """A share with its bounds; nothing of nothing has the bounds 0 and 1."""
    return SharePart(part, whole, *wilson(part, whole))


def requester_profile(facts: Sequence[Judged], now: int, prompt_s: int = PROMPT_S) -> RequesterProfile:
    """The profile from all judged attempts; unpaid work counts as late once `prompt_s` have passed at `now`."""
    # a first decision to reject is one that stood, or one that a later round turned into an acceptance
    first_rejected = [fact for fact in facts if fact.accepted == fact.overturned]
    due = [
        fact
        for fact in facts
        if fact.accepted and (fact.released_at is not None or now - fact.submitted_at > prompt_s)
    ]
    prompt = sum(
        fact.released_at is not None and fact.released_at - fact.submitted_at <= prompt_s for fact in due
    )
    return RequesterProfile(
        decisions=len(facts),
        rejected=share(len(first_rejected), len(facts)),
        overturned=share(sum(fact.overturned for fact in first_rejected), len(first_rejected)),
        appealed=share(sum(fact.appealed for fact in facts), len(facts)),
        prompt=share(prompt, len(due)),
    )


def explain_requester(found: RequesterProfile, prompt_s: int = PROMPT_S) -> tuple[Reason, ...]:
    """What there is to say, the most telling first; no share from fewer than five decisions."""
    if found.decisions == 0:
        return (Reason(Code.NO_DECISIONS),)
    if found.decisions < FEW:
        return (Reason.of(Code.FEW_DECISIONS, decisions=found.decisions),)
    said = [
        Reason.of(
            Code.REJECTS,
            rejected=found.rejected.part,
            decisions=found.rejected.whole,
            **_percents(found.rejected),
        )
    ]
    if found.overturned.whole >= FEW:
        said.append(
            Reason.of(
                Code.OVERTURNED,
                overturned=found.overturned.part,
                rejected=found.overturned.whole,
                **_percents(found.overturned),
            )
        )
    if found.prompt.whole:
        said.append(
            Reason.of(Code.PROMPT, prompt=found.prompt.part, due=found.prompt.whole, hours=prompt_s // 3600)
        )
    return tuple(said)


def _percents(found: SharePart) -> dict[str, int]:
    return {
        "percent": round(100 * found.part / found.whole),
        "low": round(100 * found.lower),
        "high": round(100 * found.upper),
    }
