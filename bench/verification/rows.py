# SPDX-License-Identifier: Apache-2.0
"""The rows of the table: each policy with its parameters, with or without known answers and cap."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bench.verification.product import Campaign, Rules
from bench.verification.redundancy import Answers, aggregated, lead, majority, single
from bench.verification.world import World
from gems_protocol.verification import policy_of


@dataclass(frozen=True)
class Row:
    """One policy. gold: known answers anchor trust (and are charged). least: answers that items must have."""

    name: str
    run: Callable[[World], Answers]
    gold: bool = False
    capped: bool = False
    family: str = "product"
    least: int = 1


def product(
    name: str,
    policy: str,
    params: Mapping[str, int],
    *,
    gold: bool = True,
    capped: bool = True,
    by: str = "accuracy",
    routed: bool = False,
    adopt: bool = False,
    passes: int = 0,
) -> Row:
    """A row that the product's own policy decides."""
    rules = Rules(policy_of(policy, params), by, routed, adopt, passes)

    def run(world: World) -> Answers:
        campaign = Campaign(world, rules)
        found = {item: campaign.task(item) for item in world.items}
        labour = sum(outcome.labour for outcome in found.values()) / len(found)
        return {item: outcome.answer for item, outcome in found.items()}, labour

    return Row(name, run, gold, capped)


def _majority(most: int) -> Row:
    return Row(f"Majority of {most}", lambda world: majority(world, most), family="majority", least=most)


def _aggregated(most: int, gold: bool = False) -> Row:
    name = f"Dawid-Skene of {most}" + (" + gold" if gold else "")
    return Row(name, lambda world: aggregated(world, most), gold, family="Dawid-Skene", least=most)


TWO = {"panel": 2, "quorum": 2, "rounds": 3}

ROWS: tuple[Row, ...] = (
    *(_majority(most) for most in (1, 3, 5, 7, 9, 15)),
    *(_aggregated(most) for most in (3, 5, 9, 15)),
    _aggregated(5, gold=True),
    Row("Sequential vote, lead of 2", lead, family="sequential vote"),
    product("Consensus 1+2, cold", "consensus", TWO, gold=False, capped=False, by="score"),
    product("Consensus 1+2, cold, adopt", "consensus", TWO, gold=False, capped=False, by="score", adopt=True),
    product("Consensus 1+2, random verifiers", "consensus", TWO, gold=False, capped=False, by="chance"),
    product("Consensus 1+2, gold, 5 % cap", "consensus", TWO),
    product("Consensus 1+2, gold, no cap", "consensus", TWO, capped=False),
    product("GRAM 1 %", "gram", {"audit_ppm": 10_000}),
    product("GRAM 5 %", "gram", {"audit_ppm": 50_000}),
    product("GRAM 20 %", "gram", {"audit_ppm": 200_000}),
    product("GIRM, N from 0", "girm", {}),
    product("GIRM, N from 100", "girm", {}, passes=100),
    product("GIRM, N from 1000", "girm", {}, passes=1000),
    Row("Most trusted alone, 5 % cap", single, gold=True, capped=True, family="routing"),
    product("Evidence .95, random verifiers", "evidence", {"theta_ppm": 950_000}, by="chance"),
    product("Evidence .90", "evidence", {"theta_ppm": 900_000}),
    product("Evidence .95", "evidence", {"theta_ppm": 950_000}),
    product("Evidence .90 without gold", "evidence", {"theta_ppm": 900_000}, gold=False),
    product("Evidence .95 without gold", "evidence", {"theta_ppm": 950_000}, gold=False),
    product("Evidence .90 without cap", "evidence", {"theta_ppm": 900_000}, capped=False),
    product("Evidence .95 without cap", "evidence", {"theta_ppm": 950_000}, capped=False),
)
