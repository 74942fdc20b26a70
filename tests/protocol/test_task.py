# SPDX-License-Identifier: Apache-2.0
"""The life of a task under consensus and GIRM: who gets what on each way through it."""

from __future__ import annotations

import pytest

from gems_protocol import ledger
from gems_protocol.amount import ZERO, Amount
from gems_protocol.campaign import Terms
from gems_protocol.errors import MoveNotAllowed
from gems_protocol.ledger import Transfer, balances
from gems_protocol.task import ALLOWED, Task, TaskState, open_task, step
from gems_protocol.task_events import (
    Appealed,
    AuditNotDrawn,
    Cancelled,
    Event,
    Judged,
    Leased,
    LeaseExpired,
    PanelSeated,
    RedoTaken,
    RedoWindowPassed,
    Returned,
    Settled,
    Submitted,
    VerifierMissed,
    Voted,
)
from gems_protocol.verification import Policy, Standing, policy_of
from tests.helpers import protocol_play
from tests.helpers.protocol_play import got, panel
from tests.helpers.protocol_terms import terms

CONSENSUS = policy_of("consensus", {"panel": 2, "quorum": 2, "rounds": 3})
GIRM = policy_of("girm", {"rounds": 3})
FREE = terms(z=1)  # Vr = Mr: covers six times Mr, as GIRM needs


def play(
    events: list[Event], policy: Policy = CONSENSUS, campaign: Terms | None = None
) -> tuple[Task, list[Transfer]]:
    return protocol_play.play(events, policy, campaign or terms())


def lease(miner: str = "m", policy: Policy = CONSENSUS, campaign: Terms | None = None, n: int = 0) -> Leased:
    return protocol_play.lease(policy, campaign or terms(), Standing(passes=n), miner)


FIRST: list[Event] = [lease(), Submitted()]


def test_accepted_at_first() -> None:
    task, moved = play([*FIRST, *panel(a=True, b=True), Settled()])
    assert task.state is TaskState.PAID
    assert (got(moved, "m"), got(moved, "a"), got(moved, "b")) == ("1.00", "0.20", "0.20")
    assert balances(moved)[ledger.requester(task.requester)].text() == "0.80"


def test_a_rejected_task_is_redone_and_pays_mr_less_vr() -> None:
    again: list[Event] = [RedoTaken(), Submitted(), *panel(c=True, d=True), Settled()]
    task, moved = play([*FIRST, *panel(a=False, b=False), Settled(), *again])
    assert (task.state, task.attempt) == (TaskState.PAID, 1)
    assert got(moved, "m") == "0.80"
    assert {got(moved, name) for name in "abcd"} == {"0.20"}


@pytest.mark.parametrize(
    "ending",
    [
        [RedoWindowPassed()],
        [RedoTaken(), LeaseExpired()],
        [RedoTaken(), Returned()],
        [RedoTaken(), Submitted(), *panel(c=False, d=False), Settled()],
    ],
)
def test_no_good_redo_forfeits_the_stake_and_opens_the_task(ending: list[Event]) -> None:
    task, moved = play([*FIRST, *panel(a=False, b=False), Settled(), *ending])
    assert task.state is TaskState.OPEN
    assert got(moved, "m") == "-0.50"
    assert task.attempt == 2  # the second try was signed: nobody else gets its number
    task = step(task, lease("n")).task
    assert task.miner == "n"


def test_a_split_panel_gets_a_new_larger_panel_of_others() -> None:
    split: list[Event] = [*FIRST, *panel(a=True, b=False)]
    task, _ = play(split)
    assert (task.state, task.round, task.panel.size, task.panel.quorum) == (TaskState.IN_REVIEW, 1, 3, 2)
    for unfit in ("a", "b", "m"):
        with pytest.raises(MoveNotAllowed):
            step(task, PanelSeated((unfit,)))
    task, moved = play([*split, *panel(c=True, d=True, e=False), Settled()])
    assert task.state is TaskState.PAID
    assert [got(moved, name) for name in "abcde"] == ["0.20", "-0.40", "0.20", "0.20", "-0.40"]


def test_a_missing_verifier_is_replaced_and_keeps_the_stake() -> None:
    events: list[Event] = [
        PanelSeated(("a", "b")),
        Voted("a", True),
        VerifierMissed("b"),
        PanelSeated(("c",)),
        Voted("c", True),
    ]
    task, moved = play([*FIRST, *events, Judged(), Settled()])
    assert task.state is TaskState.PAID
    assert got(moved, "b") == "0.00"
    task, _ = play([*FIRST, PanelSeated(("a", "b")), VerifierMissed("b")])
    with pytest.raises(MoveNotAllowed):
        step(task, PanelSeated(("b",)))


def test_silence_is_acceptance() -> None:
    task, moved = play([*FIRST, PanelSeated(("a", "b")), *[Judged(deadline_passed=True)] * 2])
    assert (task.state, task.verdict) == (TaskState.ACCEPTED, True)
    assert (got(moved, "a"), got(moved, "b")) == ("0.00", "0.00")
    task, moved = play([*FIRST, PanelSeated(("a",)), Judged(True), Judged(True), Settled()])
    assert task.state is TaskState.PAID
    assert (got(moved, "m"), got(moved, "a")) == ("1.00", "0.00")


def test_an_expired_first_lease_costs_nothing() -> None:
    for event in (LeaseExpired(), Returned()):
        task, moved = play([lease(), event])
        assert (task.state, task.attempt, got(moved, "m")) == (TaskState.OPEN, 1, "0.00")


def test_cancelling_lets_open_work_end_and_returns_the_rest() -> None:
    task, moved = play([Cancelled()])
    assert task.state is TaskState.CANCELLED
    assert balances(moved)[ledger.requester(task.requester)] == terms().cost()
    task, _ = play([lease(), Cancelled(), LeaseExpired()])
    assert task.state is TaskState.CANCELLED
    task, moved = play([*FIRST, Cancelled(), *panel(a=True, b=True), Settled()])
    assert (task.state, got(moved, "m")) == (TaskState.PAID, "1.00")


def test_an_appeal_instead_of_the_redo_needs_no_bond_and_forfeits_the_redo() -> None:
    lost: list[Event] = [*FIRST, *panel(a=False, b=False)]
    with pytest.raises(MoveNotAllowed):
        play([*lost, Appealed(Amount.gem("0.5"))])
    task, moved = play([*lost, Appealed(ZERO), *panel(c=True, d=True, e=True), Settled()])
    assert task.state is TaskState.PAID
    assert [got(moved, name) for name in "mabc"] == ["1.00", "-0.40", "-0.40", "0.20"]
    task, moved = play([*lost, Appealed(ZERO), *panel(c=False, d=True, e=False), Settled()])
    assert (task.state, task.attempt) == (TaskState.OPEN, 2)
    assert [got(moved, name) for name in "mabcde"] == ["-0.50", "0.20", "0.20", "0.20", "-0.40", "0.20"]


def test_a_requester_appeals_with_the_next_panels_pay() -> None:
    won: list[Event] = [*FIRST, *panel(a=True, b=True)]
    for wrong in (ZERO, Amount.gem("0.5")):
        with pytest.raises(MoveNotAllowed):
            play([*won, Appealed(wrong)])
    bond = Appealed(Amount.gem("0.6"))
    task, moved = play([*won, bond, *panel(c=True, d=True, e=True), Settled()])
    assert (task.state, got(moved, "m")) == (TaskState.PAID, "1.00")
    assert balances(moved)[ledger.requester(task.requester)].text() == "0.20"
    task, moved = play([*won, bond, *panel(c=False, d=False, e=True), Settled()])
    assert task.state is TaskState.REDO
    assert [got(moved, name) for name in "mabcde"] == ["-0.50", "-0.40", "-0.40", "0.20", "0.20", "-0.40"]


def test_girm_pays_after_the_fee_and_has_no_redo() -> None:
    offer = lease(policy=GIRM, campaign=FREE, n=100)
    task, moved = play([offer, Submitted(), AuditNotDrawn(), Settled()], GIRM, FREE)
    assert (task.state, task.audited) == (TaskState.PAID, False)
    assert Amount.gem(got(moved, "m")) < terms().mr
    votes = panel(a=False, b=False, c=False, d=True, e=False)
    task, moved = play([offer, Submitted(), *votes, Settled()], GIRM, FREE)
    assert (task.state, got(moved, "m"), got(moved, "d")) == (TaskState.OPEN, "0.00", "-0.40")
    with pytest.raises(MoveNotAllowed):
        play([*FIRST, AuditNotDrawn()])


def test_a_task_ends_when_its_escrow_covers_no_more_attempts() -> None:
    campaign = terms(ms="0")
    task = open_task(0, campaign, CONSENSUS)
    moved: list[Transfer] = []
    for turn in range(9):
        events: list[Event] = [Leased(f"m{turn}", CONSENSUS.quote(Standing(), campaign)), Submitted()]
        events += [*panel(**{f"a{turn}": False, f"b{turn}": False}), Settled(), RedoWindowPassed()]
        for event in events:
            if task.is_over:
                break
            after = step(task, event)
            task, moved = after.task, [*moved, *after.transfers]
    assert task.state is TaskState.EXHAUSTED
    assert task.remaining == ZERO


def test_states_have_sentences_and_ends_allow_nothing() -> None:
    assert all(state.sentence.endswith(".") for state in TaskState)
    assert set(ALLOWED) == set(TaskState)
    for state in (TaskState.PAID, TaskState.ANSWERED, TaskState.CANCELLED, TaskState.EXHAUSTED):
        assert not ALLOWED[state]


def test_moves_outside_the_table_are_refused() -> None:
    for event in (Submitted(), Settled(), Judged(), Voted("a", True), RedoTaken()):
        with pytest.raises(MoveNotAllowed):
            play([event])
    greedy = Leased("m", CONSENSUS.quote(Standing(), terms(mr="2")))
    with pytest.raises(MoveNotAllowed):
        play([greedy])
    with pytest.raises(MoveNotAllowed):
        play([*FIRST, PanelSeated(("a", "b", "c"))])
    with pytest.raises(MoveNotAllowed):
        play([*FIRST, PanelSeated(("a", "b")), Voted("a", True), Voted("a", False)])
