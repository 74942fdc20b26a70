# SPDX-License-Identifier: Apache-2.0
"""Who gets what on each way through a task under Evidence, GRAM, commissioned verification and a mix.

Every settlement is also derived from its evidence as a client does it (see `protocol_play.Life`).
"""

from __future__ import annotations

import pytest

from gems_protocol import ledger
from gems_protocol.amount import ZERO, Amount
from gems_protocol.errors import MalformedMessage, MoveNotAllowed
from gems_protocol.ledger import Transfer, Why, balances
from gems_protocol.task import Task, TaskState, appeal_bond, covers, open_task
from gems_protocol.task_events import (
    Appealed,
    AuditNotDrawn,
    Cancelled,
    Commissioned,
    Event,
    Judged,
    Leased,
    LeaseExpired,
    PanelSeated,
    Settled,
    Submitted,
    VerifierMissed,
    Voted,
)
from gems_protocol.verification import NEWCOMER, NotOffered, Standing, policy_of
from tests.helpers import protocol_play
from tests.helpers.protocol_evidence import EXPERT
from tests.helpers.protocol_play import asked, blind_panel, first, got, panel, purses, returned
from tests.helpers.protocol_terms import terms

EVIDENCE = policy_of("evidence", {"rounds": 2, "commission_ppm": 500_000})
RICH = terms(panel=5)  # escrow 3.00: Mr 1.00 and ten Vr of 0.20; Ms 0.50, Vs 0.40
CERTAIN = Standing(gold_right=40, gold=40, grade=4)
GRAM = policy_of("gram", {"audit_ppm": 100_000, "commission_ppm": 200_000})
PENALTY = terms(ms="15")
ASKED = policy_of("commissioned", {"commission_ppm": 400_000})
MIX = policy_of("consensus", {"panel": 2, "quorum": 2, "entry_tasks": 10})
FREE = terms(z=1)

SENT, SENT_NEW = first(EVIDENCE, RICH, EXPERT), first(EVIDENCE, RICH)
ADOPTED = [*SENT, *blind_panel(EXPERT, a=1, b=1)]
AGREED = [*SENT, *blind_panel(EXPERT, a=0)]


def evidence(events: list[Event]) -> tuple[Task, list[Transfer]]:
    return protocol_play.play(events, EVIDENCE, RICH)


def test_evidence_stops_at_one_when_it_is_enough() -> None:
    task, moved = evidence([*AGREED, Settled()])
    assert (task.state, got(moved, "m"), got(moved, "a")) == (TaskState.PAID, "1.00", "0.20")
    assert returned(task, moved) == "1.80"
    assert purses(moved) == {}


def test_evidence_asks_on_until_it_is_enough() -> None:
    """A newcomer's answer and one newcomer's are 16/18 of three classes: below theta."""
    with pytest.raises(MoveNotAllowed, match="missing"):
        evidence([*SENT_NEW, *blind_panel(a=0)])
    task, moved = evidence([*SENT_NEW, *blind_panel(a=0, b=0), Settled()])
    assert (task.state, got(moved, "m")) == (TaskState.PAID, "1.00")
    assert ledger.stake_of("m") not in balances(moved), "a newcomer stakes nothing"
    assert returned(task, moved) == "1.60"


def test_evidence_adopts_the_verifiers_answer() -> None:
    task, moved = evidence([*ADOPTED, Settled()])
    assert (task.state, task.answer, task.attempt) == (TaskState.ANSWERED, 1, 0)
    assert [got(moved, name) for name in "mab"] == ["-0.50", "0.20", "0.20"]
    assert returned(task, moved) == "3.10", "Mr stays with the requester, who also gets Ms"
    assert purses(moved) == {}


def test_of_different_wrong_answers_only_the_standing_one_is_paid() -> None:
    task, moved = evidence([*SENT_NEW, *blind_panel(EXPERT, a=1, b=2, c=1), Settled()])
    assert (task.state, task.answer) == (TaskState.ANSWERED, 1)
    assert [got(moved, name) for name in "mabc"] == ["0.00", "0.20", "-0.40", "0.20"]


def test_a_newcomer_who_was_wrong_loses_only_the_pay() -> None:
    task, moved = evidence([*SENT_NEW, *blind_panel(EXPERT, a=1, b=1), Settled()])
    assert (task.state, got(moved, "m")) == (TaskState.ANSWERED, "0.00")


def test_out_of_verifiers_the_likeliest_answer_stands() -> None:
    undecided = blind_panel(a=1, b=0, c=1, d=0, e=1, f=2)[:-1]
    for last, state, miner in [(1, TaskState.ANSWERED, "0.00"), (0, TaskState.PAID, "1.00")]:
        task, moved = evidence([*SENT_NEW, *undecided, *asked("g", last), Judged(), Settled()])
        assert (task.state, got(moved, "m"), got(moved, "f")) == (state, miner, "-0.40")
        assert {got(moved, name) for name in ("ace" if last else "bd") + "g"} == {"0.20"}
        assert {got(moved, name) for name in ("bd" if last else "ace")} == {"-0.40"}
    with pytest.raises(MoveNotAllowed, match="seats"):
        evidence([*SENT_NEW, *undecided, *asked("g", 1), PanelSeated(("h",))])


def test_what_stays_undecided_is_accepted() -> None:
    task, moved = evidence([*SENT, *asked("a", 1), Judged(deadline_passed=True), Settled()])
    assert (task.state, got(moved, "m"), got(moved, "a")) == (TaskState.PAID, "1.00", "-0.40")
    late: list[Event] = [PanelSeated(("a",)), Judged(deadline_passed=True), Settled()]
    task, moved = evidence([*SENT, *late])
    assert (task.state, got(moved, "m"), got(moved, "a")) == (TaskState.PAID, "1.00", "0.00")
    task, moved = evidence([*SENT, Judged(deadline_passed=True), Settled()])
    assert (task.state, got(moved, "m"), returned(task, moved)) == (TaskState.PAID, "1.00", "2.00")


def test_a_blind_vote_is_nothing_but_its_answer() -> None:
    for wrong in (Voted("a", True, 1), Voted("a", False, 0)):
        with pytest.raises(MoveNotAllowed, match="blind"):
            evidence([*SENT, PanelSeated(("a",)), wrong])


def test_a_miner_wins_an_appeal_with_a_bond() -> None:
    task, _ = evidence(ADOPTED)
    assert appeal_bond(task) == Amount.gem("0.5"), "at most Ms, though three verifiers cost 0.60"
    task, moved = evidence([*ADOPTED, Appealed(Amount.gem("0.5"))])
    assert (task.state, purses(moved)["bond:worker:m"]) == (TaskState.APPEALED, "0.50")
    task, moved = evidence([*ADOPTED, Appealed(Amount.gem("0.5")), *blind_panel(c=0, d=0, e=1), Settled()])
    assert (task.state, task.answer) == (TaskState.PAID, 0)
    assert [got(moved, name) for name in "mabcde"] == ["1.00", "-0.40", "-0.40", "0.20", "0.20", "-0.40"]
    assert purses(moved) == {}
    assert {moved.amount.text() for moved in moved if moved.why is Why.BOND_BACK} == {"0.50"}


def test_a_miner_loses_an_appeal_and_the_first_rounds_answer_goes_on_standing() -> None:
    """The second panel says only that the miner is wrong; each of its members is paid for that."""
    task, moved = evidence([*ADOPTED, Appealed(Amount.gem("0.5")), *blind_panel(c=2, d=1, e=2), Settled()])
    assert (task.state, task.answer) == (TaskState.ANSWERED, 1)
    assert [got(moved, name) for name in "mabcde"] == ["-1.00", "0.20", "0.20", "0.20", "0.20", "0.20"]
    assert (returned(task, moved), purses(moved)) == ("3.00", {})


def test_a_newcomers_appeal_needs_no_bond() -> None:
    wrong = [*SENT_NEW, *blind_panel(EXPERT, a=1, b=1)]
    assert appeal_bond(evidence(wrong)[0]) == ZERO
    task, moved = evidence([*wrong, Appealed(ZERO), *blind_panel(c=0, d=0, e=0), Settled()])
    assert (task.state, got(moved, "m")) == (TaskState.PAID, "1.00")


def test_a_requester_appeals_an_acceptance_while_it_is_held() -> None:
    bond = Appealed(Amount.gem("0.6"))
    for wrong in (ZERO, Amount.gem("0.5")):
        with pytest.raises(MoveNotAllowed, match="bond"):
            evidence([*AGREED, Appealed(wrong)])
    task, moved = evidence([*AGREED, bond, *blind_panel(c=0, d=0, e=1), Settled()])
    assert (task.state, returned(task, moved)) == (TaskState.PAID, "1.80"), "1.80 - 0.40 + 0.40 lost by e"
    task, moved = evidence([*AGREED, bond, *blind_panel(c=1, d=1, e=0), Settled()])
    assert (task.state, task.attempt, task.answer) == (TaskState.OPEN, 1, 0)
    assert [got(moved, name) for name in "macde"] == ["-0.50", "-0.40", "0.20", "0.20", "-0.40"]
    with pytest.raises(MoveNotAllowed):
        evidence([*AGREED, Settled(), bond])


def test_nobody_appeals_twice_or_what_nobody_judged() -> None:
    judged = [*ADOPTED, Appealed(Amount.gem("0.5")), *blind_panel(c=1, d=1, e=1)]
    task, _ = evidence(judged)
    assert (task.state, appeal_bond(task)) == (TaskState.REJECTED, None)
    with pytest.raises(MoveNotAllowed, match="further panel"):
        evidence([*judged, Appealed(ZERO)])
    unseen = [*SENT, Judged(deadline_passed=True)]
    assert appeal_bond(evidence(unseen)[0]) is None
    alone = policy_of("evidence", {"rounds": 1})
    assert appeal_bond(protocol_play.play(ADOPTED, alone, RICH)[0]) is None


def test_an_appeal_that_nobody_judges_is_for_the_miner() -> None:
    for before, bond in [(ADOPTED, "0.5"), (AGREED, "0.6")]:
        events = [*before, Appealed(Amount.gem(bond)), Judged(deadline_passed=True), Settled()]
        task, moved = evidence(events)
        assert (task.state, got(moved, "m"), purses(moved)) == (TaskState.PAID, "1.00", {})


def gram(events: list[Event]) -> tuple[Task, list[Transfer]]:
    return protocol_play.play([*first(GRAM, PENALTY, CERTAIN), *events], GRAM, PENALTY)


def test_gram_pays_whoever_is_not_drawn_and_fines_whoever_is_wrong() -> None:
    task, moved = gram([AuditNotDrawn(), Settled()])
    assert (task.state, got(moved, "m"), returned(task, moved)) == (TaskState.PAID, "1.00", "1.20")
    task, moved = gram([*panel(a=True, b=True), Settled()])
    assert (task.state, got(moved, "m")) == (TaskState.PAID, "1.00")
    task, moved = gram([*panel(a=False, b=False), Settled()])
    assert (task.state, got(moved, "m")) == (TaskState.OPEN, "-15.00"), "no redo"
    assert purses(moved) == {}
    with pytest.raises(NotOffered):
        first(GRAM, PENALTY, EXPERT)


def test_a_gram_penalty_is_appealed_with_the_next_panels_pay() -> None:
    lost = panel(a=False, b=False)
    assert appeal_bond(gram(lost)[0]) == Amount.gem("0.6")
    task, moved = gram([*lost, Appealed(Amount.gem("0.6")), *panel(c=True, d=True, e=True), Settled()])
    assert (task.state, got(moved, "m")) == (TaskState.PAID, "1.00")
    task, moved = gram([*lost, Appealed(Amount.gem("0.6")), *panel(c=False, d=True, e=False), Settled()])
    assert got(moved, "m") == "-15.60"


def commissioned(events: list[Event], fee: str = "0.3") -> tuple[Task, list[Transfer]]:
    before = [*first(ASKED, FREE), AuditNotDrawn(), Commissioned(Amount.gem(fee))]
    return protocol_play.play([*before, *events], ASKED, FREE)


def test_commissioned_work_that_passes_is_paid_in_full() -> None:
    assert commissioned([PanelSeated(("a",))])[0].state is TaskState.COMMISSIONED
    task, moved = commissioned([*panel(a=True, b=True), Settled()])
    assert (task.state, task.poor, got(moved, "m")) == (TaskState.PAID, False, "1.00")
    assert (got(moved, "a"), got(moved, "b"), returned(task, moved)) == ("0.15", "0.15", "5.70")


def test_one_stranger_is_not_enough_to_find_work_poor() -> None:
    task, moved = commissioned([*panel(a=True, b=False), Settled()])
    assert (task.poor, got(moved, "m"), got(moved, "b")) == (False, "1.00", "0.15")
    alone: list[Event] = [PanelSeated(("a",)), Voted("a", False), Judged(deadline_passed=True), Settled()]
    task, moved = commissioned(alone)
    assert (task.poor, got(moved, "m"), got(moved, "a")) == (False, "1.00", "0.15")


def test_poor_work_loses_twice_the_fee_and_strangers_are_paid_all_the_same() -> None:
    task, moved = commissioned([*panel(a=False, b=False), Settled()])
    assert (task.state, task.poor, got(moved, "m")) == (TaskState.PAID, True, "0.40")
    assert (got(moved, "a"), got(moved, "b")) == ("0.15", "0.15")
    assert returned(task, moved) == "6.30", "0.60 more than when nothing is found, 0.30 more than without"
    assert purses(moved) == {}


def test_a_commission_that_nobody_takes_costs_nothing() -> None:
    task, moved = commissioned([Judged(deadline_passed=True), Settled()])
    assert (task.state, got(moved, "m"), returned(task, moved)) == (TaskState.PAID, "1.00", "6.00")
    missed: list[Event] = [PanelSeated(("a", "b")), VerifierMissed("a"), Judged(deadline_passed=True)]
    task, moved = commissioned([*missed, Settled()])
    assert (got(moved, "a"), got(moved, "b"), returned(task, moved)) == ("0.00", "0.00", "6.00")


def test_who_may_be_commissioned_and_for_how_much() -> None:
    for fee in ("0", "0.41"):
        with pytest.raises(MalformedMessage):
            commissioned([], fee)
    for again in (Commissioned(Amount.gem("0.1")), Appealed(ZERO)):
        with pytest.raises(MoveNotAllowed):
            commissioned([*panel(a=True, b=True), again])
    with pytest.raises(MoveNotAllowed):
        commissioned([PanelSeated(("a", "m"))])
    with pytest.raises(MoveNotAllowed):
        commissioned([PanelSeated(("a", "b", "c"))])
    _, moved = evidence([*AGREED, Commissioned(Amount.gem("0.5")), *panel(c=False, d=False), Settled()])
    assert [got(moved, name) for name in "macd"] == ["0.00", "0.20", "0.25", "0.25"]
    with pytest.raises(MoveNotAllowed, match="same work twice"):
        evidence([*AGREED, Commissioned(Amount.gem("0.5")), PanelSeated(("a",))])
    appealed = [*AGREED, Appealed(Amount.gem("0.6")), *blind_panel(c=0, d=0, e=0)]
    with pytest.raises(MoveNotAllowed, match="before"):
        evidence([*appealed, Commissioned(Amount.gem("0.5"))])
    with pytest.raises(MoveNotAllowed):
        evidence([*ADOPTED, Commissioned(Amount.gem("0.5"))])


def mixed(standing: Standing, events: list[Event]) -> tuple[Task, list[Transfer]]:
    return protocol_play.play([*first(MIX, FREE, standing), *events], MIX, FREE)


def test_a_mix_treats_newcomers_by_girm_and_the_rest_by_the_other() -> None:
    task, moved = mixed(NEWCOMER, [*panel(a=False, b=False, c=False, d=True, e=True), Settled()])
    assert (task.state, got(moved, "m"), got(moved, "d")) == (TaskState.OPEN, "0.00", "-0.40")
    task, moved = mixed(NEWCOMER, [AuditNotDrawn(), Settled()])
    assert (task.state, got(moved, "m")) == (TaskState.PAID, "0.1666")
    task, moved = mixed(EXPERT, [*panel(a=False, b=False), Settled()])
    assert (task.state, purses(moved)) == (TaskState.REDO, {"stake:m": "0.50"})
    with pytest.raises(MoveNotAllowed, match="judges every"):
        mixed(EXPERT, [AuditNotDrawn()])
    with pytest.raises(MoveNotAllowed, match="seats"):
        mixed(EXPERT, [PanelSeated(("a", "b", "c"))])


def test_after_a_newcomer_failed_another_may_try_under_the_other_policy() -> None:
    failed = [*panel(a=False, b=False, c=False, d=False, e=False), Settled()]
    second: list[Event] = [protocol_play.lease(MIX, FREE, EXPERT, "n"), Submitted()]
    task, moved = mixed(NEWCOMER, [*failed, *second, *panel(a=True, b=True), Settled()])
    assert (task.state, task.attempt, got(moved, "n")) == (TaskState.PAID, 1, "1.00")


def test_what_the_escrow_does_not_cover_is_not_offered() -> None:
    task = open_task(0, terms(), policy_of("girm", {}))
    for n, fits in [(0, True), (10, True), (100, False)]:
        standing = Standing(passes=n)
        quote = task.policy.quote(standing, terms())
        assert covers(task, quote, standing) is fits
        if not fits:
            with pytest.raises(MoveNotAllowed, match="cover"):
                protocol_play.play([Leased("m", quote, standing)], task.policy, terms())


@pytest.mark.parametrize(("n", "state"), [(202, TaskState.ACCEPTED), (120, TaskState.IN_REVIEW)])
def test_no_panel_is_called_that_the_escrow_cannot_pay(n: int, state: TaskState) -> None:
    """Two of four are owed already: an escrow of 7.00 holds ten times 0.68, but not ten times 0.75."""
    girm, standing = policy_of("girm", {"rounds": 3}), Standing(passes=n)
    split: list[Event] = [*panel(a=True, b=True, c=False, d=False)[:-1], Judged(deadline_passed=True)]
    task, _ = protocol_play.play([*first(girm, FREE, standing), *split], girm, FREE)
    assert task.state is state
    assert (task.reward * 10 > FREE.cost()) is (state is TaskState.ACCEPTED)


HALFWAY: dict[TaskState, list[Event]] = {
    TaskState.LEASED: SENT[:1],
    TaskState.SUBMITTED: SENT,
    TaskState.IN_REVIEW: [*SENT, *asked("a", 0, EXPERT)],
    TaskState.ACCEPTED: AGREED,
    TaskState.REJECTED: ADOPTED,
    TaskState.APPEALED: [*ADOPTED, Appealed(Amount.gem("0.5"))],
    TaskState.COMMISSIONED: [*AGREED, Commissioned(Amount.gem("0.5"))],
}
REST: dict[TaskState, list[Event]] = {
    TaskState.LEASED: [LeaseExpired()],
    TaskState.SUBMITTED: [*blind_panel(EXPERT, a=0), Settled()],
    TaskState.IN_REVIEW: [Judged(), Settled()],
    TaskState.ACCEPTED: [Settled()],
    TaskState.REJECTED: [Settled()],
    TaskState.APPEALED: [*blind_panel(c=0, d=0, e=0), Settled()],
    TaskState.COMMISSIONED: [*panel(c=True, d=True), Settled()],
}


@pytest.mark.parametrize("state", HALFWAY)
def test_cancelling_half_way_judges_and_pays_what_was_submitted(state: TaskState) -> None:
    task, _ = evidence(HALFWAY[state])
    assert task.state is state
    task, moved = evidence([*HALFWAY[state], Cancelled(), *REST[state]])
    expected = {TaskState.LEASED: TaskState.CANCELLED, TaskState.REJECTED: TaskState.ANSWERED}
    assert task.state is expected.get(state, TaskState.PAID)
    assert (task.remaining, purses(moved)) == (ZERO, {})
    assert got(moved, "m") == {TaskState.LEASED: "0.00", TaskState.REJECTED: "-0.50"}.get(state, "1.00")


def test_a_cancelled_task_is_neither_commissioned_nor_opened_again() -> None:
    with pytest.raises(MoveNotAllowed):
        evidence([*AGREED, Cancelled(), Commissioned(Amount.gem("0.5"))])
    overturned = [*AGREED, Appealed(Amount.gem("0.6")), Cancelled(), *blind_panel(c=1, d=1, e=1), Settled()]
    task, moved = evidence(overturned)
    assert (task.state, task.remaining, purses(moved)) == (TaskState.CANCELLED, ZERO, {})
