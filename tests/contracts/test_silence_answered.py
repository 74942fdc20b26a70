# SPDX-License-Identifier: Apache-2.0
"""A hub that judged the work is not silent: votes that do not accept it end a silent claim, whatever the policy."""

from __future__ import annotations

from typing import Any

import boa
import pytest

from gems_protocol.messages import BatchVote, Panel, Vote
from tests.contracts.dispute import OTHER, RESULT, Task, campaign, low, verifiers
from tests.contracts.signing import key
from tests.contracts.world import DAY, GEM, World

PANEL = verifiers(3)
THIRD = b"\x53" * 32


@pytest.fixture
def silent(world: World) -> Task:
    """A task of whose judgement nothing was heard for eleven days, claimed from the collateral."""
    task = Task(world, campaign(world, collateral=10 * GEM), stake=GEM // 4, batch=3)
    received = boa.env.evm.patch.timestamp
    boa.env.time_travel(seconds=11 * DAY)
    task.claim_silent(received)
    return task


def answer(task: Task, said: dict[int, tuple[bytes, bool]], panel: Any = PANEL, by: Any = None) -> None:
    """Show votes by seat."""
    where = (task.terms.id(), task.index, task.attempt)
    names = tuple(low(one) for one in panel)
    rows = []
    for seat, (result, accept) in said.items():
        place, sig = task.signed(Vote(*where, 0, result, accept), BatchVote, (by or panel)[seat])
        rows.append((seat, result, accept, place, sig))
    sig = task.sig(Panel(*where, 0, names), task.hub)
    task.world.judge.answer_votes(*where, task.hub.address, 0, list(names), sig, rows)


@pytest.mark.parametrize(
    "said",
    [{0: (RESULT, False), 2: (RESULT, False)}, {0: (OTHER, True), 1: (THIRD, True)}],
    ids=["rejected", "blind, other answers"],
)
def test_votes_that_do_not_accept_end_a_silent_claim(
    silent: Task, said: dict[int, tuple[bytes, bool]]
) -> None:
    answer(silent, said)
    assert silent.world.judge.collateral(silent.terms.hub)[:2] == (10 * GEM, 0)
    boa.env.time_travel(seconds=3 * DAY)
    with boa.reverts("Judge: nothing pending"):
        silent.world.judge.settle_silent(silent.terms.id(), 0, 0)
    silent.claim(silent.verdict(PANEL, votes=[0, 1]))
    assert silent.state == "accepted", "it was no verdict: a quorum that accepts still counts"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({0: (RESULT, False)}, "Judge: too few votes"),
        ({0: (RESULT, False), 1: (RESULT, True)}, "Judge: it accepts"),
        ({1: (RESULT, False), 0: (RESULT, False)}, "Judge: seats not rising"),
    ],
)
def test_less_than_most_of_the_panel_is_no_answer(
    silent: Task, said: dict[int, tuple[bytes, bool]], why: str
) -> None:
    with boa.reverts(why):
        answer(silent, said)


def test_votes_of_others_and_of_the_miner_are_no_answer(silent: Task) -> None:
    both = {0: (RESULT, False), 1: (RESULT, False)}
    with boa.reverts("Judge: bad vote"):
        answer(silent, both, by=[key("somebody"), key("else")])
    with boa.reverts("Judge: miner on the panel"):
        answer(silent, both, panel=[silent.miner, *PANEL[:2]])
    with boa.reverts("Judge: no such seat"):
        answer(silent, {1: (RESULT, False)}, panel=PANEL[:1], by=PANEL)
