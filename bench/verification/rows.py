# SPDX-License-Identifier: Apache-2.0
"""The rows of the table: each policy with its parameters, with or without known answers and cap."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bench.verification.product import Campaign, Rules
from bench.verification.redundancy import Answers, aggregated, lead, majority, reweighed, single
from bench.verification.world import CAP, World
from gems_protocol.verification import policy_of


@dataclass(frozen=True)
class Row:
    """One policy. gold: known answers anchor trust (and are charged). least: answers that items must have."""

    name: str
    run: Callable[[World], Answers]
    gold: bool = False
    cap: float | None = None
    family: str = "majority"
    least: int = 1


def product(
    name: str,
    policy: str,
    params: Mapping[str, int],
    *,
    gold: bool = True,
    cap: float | None = CAP,
    by: str = "accuracy",
    routed: bool = False,
    adopt: bool = False,
    passes: int = 0,
    again: bool = False,
) -> Row:
    """A row that the product's own policy decides; again: the votes are weighed once more at the end."""
    rules = Rules(policy_of(policy, params), by, routed, adopt, passes)

    def run(world: World) -> Answers:
        campaign = Campaign(world, rules)
        found = {item: campaign.task(item) for item in world.items}
        labour = sum(outcome.labour for outcome in found.values()) / len(found)
        if again:
            return reweighed(world, {item: outcome.votes for item, outcome in found.items()}), labour
        return {item: outcome.answer for item, outcome in found.items()}, labour

    kind = ", miner routed" if routed else ", no gold" if not gold else ", no cap" if cap is None else ""
    return Row(name, run, gold, cap, family=policy + kind)


def evidence(name: str, theta: int, most: int = 7, **options: Any) -> Row:
    """An Evidence row; theta in percent."""
    return product(name, "evidence", {"theta_ppm": theta * 10_000, "panel": most}, **options)


def _majority(most: int) -> Row:
    return Row(f"Majority of {most}", lambda world: majority(world, most), family="majority", least=most)


def _aggregated(most: int, gold: bool = False) -> Row:
    name = f"Dawid-Skene of {most}" + (" + gold" if gold else "")
    family = "Dawid-Skene + gold" if gold else "Dawid-Skene"
    return Row(name, lambda world: aggregated(world, most), gold, family=family, least=most)


TWO = {"panel": 2, "quorum": 2, "rounds": 3}

ROWS: tuple[Row, ...] = (
    *(_majority(most) for most in (1, 3, 5, 7, 9, 15)),
    *(_aggregated(most) for most in (3, 5, 9, 15)),
    _aggregated(5, gold=True),
    Row("Dawid-Skene of all", lambda world: aggregated(world, 99), family="Dawid-Skene"),
    Row("Sequential vote, lead of 2", lead, family="sequential vote"),
    product("Consensus 1+2, cold", "consensus", TWO, gold=False, cap=None, by="score"),
    product("Consensus 1+2, cold, adopt", "consensus", TWO, gold=False, cap=None, by="score", adopt=True),
    product("Consensus 1+2, random verifiers", "consensus", TWO, gold=False, cap=None, by="chance"),
    product("Consensus 1+2, gold, 5 % cap", "consensus", TWO, by="score"),
    product("Consensus 1+2, gold, no cap", "consensus", TWO, by="score", cap=None),
    product("GRAM 1 %", "gram", {"audit_ppm": 10_000}),
    product("GRAM 5 %", "gram", {"audit_ppm": 50_000}),
    product("GRAM 20 %", "gram", {"audit_ppm": 200_000}),
    product("GIRM, N from 0", "girm", {}),
    product("GIRM, N from 100", "girm", {}, passes=100),
    product("GIRM, N from 1000", "girm", {}, passes=1000),
    Row("Most trusted alone, 5 % cap", single, gold=True, cap=CAP, family="routing"),
    evidence("Evidence .95, random verifiers", 95, by="chance"),
    evidence("Evidence .90", 90),
    evidence("Evidence .95", 95),
    evidence("Evidence .90 without gold", 90, gold=False),
    evidence("Evidence .95 without gold", 95, gold=False),
    evidence("Evidence .90 without cap", 90, cap=None),
    evidence("Evidence .95 without cap", 95, cap=None),
    evidence("Evidence .80, miner routed", 80, routed=True),
    evidence("Evidence .90, miner routed", 90, routed=True),
    evidence("Evidence .95, miner routed", 95, routed=True),
    evidence("Evidence .80, miner routed, 10 % cap", 80, routed=True, cap=0.10),
    evidence("Evidence .90, miner routed, 10 % cap", 90, routed=True, cap=0.10),
    evidence("Evidence .90, miner routed, weighed again", 90, routed=True, again=True),
)

#: One parameter at a time, means only.
SWEEPS: tuple[Row, ...] = (
    *(evidence(f"theta .{theta}", theta) for theta in (80, 85, 90, 95, 98)),
    *(evidence(f"theta .{theta}, miner routed", theta, routed=True) for theta in (70, 80, 85, 90, 95, 98)),
    *(
        evidence(f"theta .{theta}, miner routed, 10 % cap", theta, routed=True, cap=0.1)
        for theta in (80, 85, 90, 95)
    ),
    *(evidence(f"theta .90, miner routed, at most {most}", 90, most, routed=True) for most in (1, 2, 3, 5)),
    *(evidence(f"theta .90, miner routed, {cap} % cap", 90, routed=True, cap=cap / 100) for cap in (2, 20)),
    evidence("theta .90, 10 % cap", 90, cap=0.1),
    evidence("theta .90, miner routed, no cap", 90, routed=True, cap=None),
    evidence("theta .90, miner routed, no gold", 90, routed=True, gold=False),
)
