# SPDX-License-Identifier: Apache-2.0
"""No order of calls on Campaigns and Judge loses or makes a unit, and the runs really go everywhere."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.contracts.campaign_evidence import Evidence
from tests.contracts.campaign_machine import CampaignMachine
from tests.contracts.campaign_model import CampaignModel, Standing, Where
from tests.contracts.dispute import STATES
from tests.contracts.judge_model import Books
from tests.contracts.world import deployed
from tests.helpers.seeds import caught, seeded, until_all_is_visited

_LONG = os.environ.get("GEMS_LONG") == "1"
_RULES = (
    *("fund", "redeem", "start_withdraw", "finish_withdraw", "claim", "appeal", "arbitrate", "finalize"),
    *("finalize appealed", "finalize billed", "post_release", "prove_redo", "show_bill", "anchor"),
    *("claim_silent", "settle_silent", "answer_silent", "answer_votes", "prove_equivocation"),
    *("add_collateral", "start_collateral_exit", "finish_collateral_exit"),
    *("overturned", "upheld by a panel", "paid by a bond", "reserve used up"),
)
_REFUSALS = (
    *(
        "day's cap",
        "window over",
        "window not over",
        "not a higher round",
        "judged before",
        "not enough left",
    ),
    *("index not funded", "index accepted already", "a verdict is pending", "not what stands"),
    *("nothing pending", "nothing to appeal", "no further round", "not the requester", "not the arbiter"),
    *("exit started", "delay not over", "exit open"),
)


@pytest.fixture(scope="module")
def evidence() -> Iterator[Evidence]:
    """One deployment, and all that is signed for it."""
    with deployed() as world:
        yield Evidence(world)


def run(
    evidence: Evidence, number: int, examples: int, seen: Counter[str], model: type[Books] = Books
) -> None:
    """Run the machine from a seed; count how often it was where."""
    kind = type("Machine", (CampaignMachine,), {"evidence": evidence, "model": model, "seen": seen})
    phases = (Phase.explicit, Phase.generate, Phase.shrink) if _LONG else (Phase.generate,)
    run_state_machine_as_test(
        kind if _LONG else seeded(kind, number),
        settings=settings(
            max_examples=examples,
            stateful_step_count=60,
            deadline=None,
            database=None,
            phases=phases,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_no_order_of_calls_loses_a_unit(evidence: Evidence) -> None:
    """GEMS_LONG=1 makes it look much longer, and at other runs each time."""
    seen: Counter[str] = Counter()
    wanted = [*STATES, *_RULES, *(f"Campaigns: {text}" for text in _REFUSALS)]
    until_all_is_visited(
        lambda number: run(evidence, number, 400 if _LONG else 30, seen),
        lambda: [name for name in wanted if not seen[name]],
    )
    if _LONG or os.environ.get("GEMS_SHOW"):
        print(sorted(seen.items()))


class ForgetsBonds(Books):
    """A model that thinks that an appeal is free."""

    def appeal(self, c: CampaignModel, where: Where, shown: Standing | None, by: str) -> None:
        super().appeal(c, where, shown, by)
        task = c.task(where)
        assert task.standing is not None
        self.move("campaigns", by, task.standing.bond)
        task.standing = replace(task.standing, bond=0)


class ForgetsTheReserve(Books):
    """A model that thinks that every voter is paid out of the escrow."""

    def seats(self, c: CampaignModel) -> int:
        return 21


class ForgetsTheAshes(Books):
    """A model that thinks that a breach costs once."""

    def charge(self, to: str, owed: int) -> None:
        self.pay(to, owed)


@pytest.mark.parametrize("model", [ForgetsBonds, ForgetsTheReserve, ForgetsTheAshes])
def test_control_a_wrong_model_is_caught(evidence: Evidence, model: type[Books]) -> None:
    assert caught(lambda number: run(evidence, number, 30, Counter(), model), AssertionError)
