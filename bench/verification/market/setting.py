# SPDX-License-Identifier: Apache-2.0
"""What a run of the market is given, and what it hands back."""

from __future__ import annotations

from dataclasses import dataclass, field

from bench.verification.market.people import Plan
from bench.verification.market.records import Trusting
from bench.verification.world import CAP
from gems_protocol.verification import Policy


@dataclass(frozen=True)
class Market:
    """How tasks are run. policy None: `redundancy` answers and a majority.

    routed: the most trusted mines. chosen: verifiers by trust, otherwise anybody. stakes: whether anything is lost.
    cap: of one worker's seats. gold: known answers, the first ten of every identity unpaid unless six are
    right, then 5 %.
    """

    name: str
    policy: Policy | None = None
    redundancy: int = 0
    trusting: Trusting = field(default_factory=Trusting)
    routed: bool = False
    chosen: bool = True
    stakes: bool = True
    cap: float = CAP
    gold: bool = False


@dataclass(frozen=True)
class Scenario:
    """Who attacks: `share` of the slots follow `plan`; from the first task, or after a quarter of the run.

    disguised: farmed tasks pretend to be hard ones.
    """

    name: str
    plan: Plan
    share: float
    late: bool
    disguised: bool = False


@dataclass(frozen=True)
class Result:
    """Over the second half of a run.

    honest, attackers: net per unit of work, None when there was none. ways: shares of REACT people at the end.
    """

    accuracy: float
    labour: float
    honest: float | None
    attackers: float | None
    ways: dict[str, float]
