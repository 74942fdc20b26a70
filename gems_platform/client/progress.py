# SPDX-License-Identifier: Apache-2.0
"""A campaign's progress as a value: what the platform counts, and what follows from it for whoever watches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from gems_protocol.amount import Amount
from gems_protocol.reaching import PlatformLied
from gems_protocol.task_state import TaskState

HOUR_S = 3_600
OVER = frozenset(("paid", "answered", "cancelled", "exhausted"))
#: In the order of a task's life, for people.
STATES = tuple(state.value for state in TaskState)


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole`, with the 95 % Wilson bounds of the share."""

    part: int
    whole: int
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Progress:
    """One look at a campaign. Amounts are base units; times Unix seconds.

    tasks: state -> how many. done: of `total`, those that nothing more happens to, or that only wait for their pay.
    due: what the work so far costs; signed: what the requester signed for. rejections: reason -> votes. seconds:
    the median time of one task, None without any; measured: from how many answers.
    """

    campaign_id: str
    at: int
    state: str
    ends: int
    total: int
    tasks: Mapping[str, int]
    held: int
    submitted: int
    accepted: int
    rejected: int
    disagreement: Share
    rejections: Mapping[str, int]
    funded: Amount
    due: Amount
    signed: Amount
    redeemed: Amount
    submitted_last_hour: int
    judged_last_hour: int
    first_submission_at: int | None
    last_submission_at: int | None
    seconds: int | None
    measured: int
    expected_seconds: int
    reward: Amount

    @property
    def done(self) -> int:
        """Tasks that are over or accepted: only an objection could bring them back."""
        return sum(number for name, number in self.tasks.items() if name in OVER or name == "accepted")

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens: every task is over, or the campaign is and nobody is at any task."""
        left = self.total - sum(self.tasks.get(name, 0) for name in OVER)
        if self.state in ("ended", "cancelled"):
            left -= self.tasks.get("open", 0)
        return left <= 0

    @property
    def escrowed(self) -> Amount:
        """What is still in the escrow and not owed for work."""
        return Amount(max(0, self.funded.units - max(self.due.units, self.redeemed.units)))

    @property
    def hourly(self) -> Amount | None:
        """What an hour at work pays at the measured median; None before anything was measured."""
        return None if not self.seconds else self.reward.share(Fraction(HOUR_S, self.seconds))

    @property
    def seconds_left(self) -> int | None:
        """Seconds to the end at the pace of the last hour, or since the first answer; None without a pace."""
        if self.first_submission_at is None or self.is_over:
            return None
        span = max(60, min(HOUR_S, self.at - self.first_submission_at))
        pace = self.judged_last_hour or self.submitted_last_hour
        return None if not pace else -(-(self.total - self.done) * span // pace)


def progress_of(value: Any) -> Progress:
    """The platform's answer as a value; raises PlatformLied."""
    try:
        share, money, hour = value["disagreement"], value["money"], value["last_hour"]
        return Progress(
            campaign_id=str(value["campaign_id"]),
            at=int(value["at"]),
            state=str(value["state"]),
            ends=int(value["ends"]),
            total=int(value["tasks_total"]),
            tasks={str(name): int(number) for name, number in value["tasks"].items()},
            held=int(value["held"]),
            submitted=int(value["attempts"]["submitted"]),
            accepted=int(value["attempts"]["accepted"]),
            rejected=int(value["attempts"]["rejected"]),
            disagreement=Share(
                int(share["part"]), int(share["whole"]), float(share["lower"]), float(share["upper"])
            ),
            rejections={str(name): int(number) for name, number in value["rejections"].items()},
            funded=Amount.parse(money["funded"]),
            due=Amount.parse(money["due"]),
            signed=Amount.parse(money["signed"]),
            redeemed=Amount.parse(money["redeemed"]),
            submitted_last_hour=int(hour["submitted"]),
            judged_last_hour=int(hour["judged"]),
            first_submission_at=_time(value["first_submission_at"]),
            last_submission_at=_time(value["last_submission_at"]),
            seconds=_time(value["median_seconds"]),
            measured=int(value["measured"]),
            expected_seconds=int(value["expected_seconds"]),
            reward=Amount.parse(value["reward"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise PlatformLied("what it says of the campaign's progress is malformed.") from error


def _time(value: Any) -> int | None:
    return None if value is None else int(value)
