# SPDX-License-Identifier: Apache-2.0
"""Out of the bond in steps: both sides agree to the unit, and neither ever risks more than one step."""

from __future__ import annotations

from dataclasses import replace

import pytest
from eth_utils.crypto import keccak

from gems_protocol import hub_channel as hub
from gems_protocol.amount import ZERO, Amount
from gems_protocol.channel import (
    DAY_S,
    Config,
    Reason,
    Refused,
    VoucherAccepted,
    WorkerChannel,
    debit,
    owe,
    receive_voucher,
    with_bond_target,
)
from gems_protocol.errors import MoveNotAllowed
from gems_protocol.hub_channel import Credited, HubChannel
from gems_protocol.lines import Line, LineKind
from gems_protocol.messages import Debit
from gems_protocol.unbonding import (
    UnbondAccepted,
    Unbonding,
    accept_unbond,
    open_step,
    step_hash,
    step_line,
    unbond,
)
from tests.helpers.protocol_terms import CHANNELS, key, who

CONFIG = Config(who("payer"), who("signer"), who("worker"), 30 * DAY_S, 1)
ID = CONFIG.channel_id()
DEPOSIT, STEP = Amount(1000), Amount(40)
FIRST = (Line(bytes(32), 0, 0, 0, LineKind.REWARD, Amount(100)),)


def sides() -> tuple[WorkerChannel, HubChannel]:
    """Both sides with a bond of 100 out of the first pay."""
    mine = owe(WorkerChannel(CONFIG, DEPOSIT, bond_target=Amount(100)), FIRST)
    return pay(mine, HubChannel(CONFIG, DEPOSIT, bond_target=Amount(100)), FIRST)


def pay(mine: WorkerChannel, theirs: HubChannel, lines: tuple[Line, ...]) -> tuple[WorkerChannel, HubChannel]:
    credited = hub.credit(theirs, lines)
    assert isinstance(credited, Credited)
    signature = credited.voucher.sign(CHANNELS, key("signer"))
    got = receive_voucher(mine, credited.voucher, signature, credited.lines, CHANNELS, DEPOSIT, False)
    assert isinstance(got, VoucherAccepted), got
    return got.channel, credited.channel


def step(mine: WorkerChannel, units: int) -> Unbonding:
    found = unbond(mine, Amount(units), STEP)
    assert isinstance(found, Unbonding), found
    return found


def accept(
    theirs: HubChannel, found: Unbonding, *, by: str = "worker", number: int = 0, most: Amount = STEP
) -> UnbondAccepted | Refused:
    signature = found.debit.sign(CHANNELS, key(by))
    line = replace(found.line, index=number or found.step)
    return accept_unbond(theirs, found.debit, signature, CHANNELS, line, most)


def test_the_whole_bond_moves_step_by_step_and_no_sum_changes() -> None:
    mine, theirs = sides()
    mine = with_bond_target(mine, ZERO)
    theirs = replace(theirs, bond_target=ZERO)
    for units in (40, 40, 20):
        before = mine.pockets.sum - mine.debited
        found = step(mine, units)
        taken = accept(theirs, found)
        assert isinstance(taken, UnbondAccepted)
        assert taken.line == found.line == step_line(ID, found.step, Amount(units))
        mine, theirs = pay(found.channel, taken.channel, (taken.line,))
        assert mine.pockets == theirs.pockets and mine.debited == theirs.debited
        assert mine.pockets.sum - mine.debited == before, "the deposit covers it as before"
    assert (mine.claimable, mine.bond_free, mine.unbonded) == (Amount(100), ZERO, 3)
    assert unbond(mine, Amount(1), STEP) == Refused(Reason.BOND, Amount(1))
    more = (Line(bytes(32), 1, 0, 0, LineKind.REWARD, Amount(7)),)
    mine, theirs = pay(owe(mine, more), theirs, more)
    assert mine.claimable == Amount(107), "with a lower standing order the bond does not fill again"


def test_a_higher_standing_order_fills_the_bond_again() -> None:
    mine, theirs = sides()
    found = step(mine, 40)
    taken = accept(theirs, found)
    assert isinstance(taken, UnbondAccepted)
    mine, theirs = pay(found.channel, taken.channel, (taken.line,))
    more = (Line(bytes(32), 1, 0, 0, LineKind.REWARD, Amount(50)),)
    mine, theirs = pay(owe(mine, more), theirs, more)
    assert (mine.claimable, mine.bond_free) == (Amount(50), Amount(100))


def test_a_step_waits_for_the_voucher_of_the_one_before() -> None:
    mine, theirs = sides()
    found = step(mine, 10)
    assert open_step(found.channel) == found.line
    assert unbond(found.channel, Amount(1), STEP) == Refused(Reason.STEP_OPEN)
    taken = accept(theirs, found)
    assert isinstance(taken, UnbondAccepted)
    assert accept(taken.channel, found) == taken, "a copy changes nothing"
    ahead = step(replace(found.channel, owed=()), 10)
    assert accept(taken.channel, ahead) == Refused(Reason.STEP_OPEN)
    mine, theirs = pay(found.channel, taken.channel, (taken.line,))
    assert open_step(mine) is None
    assert accept(theirs, found) == Refused(Reason.SEQUENCE), "a step is taken once"


def test_what_neither_side_signs() -> None:
    mine, theirs = sides()
    assert unbond(mine, Amount(41), STEP) == Refused(Reason.STEP_SIZE, Amount(1))
    assert unbond(mine, Amount(101), DEPOSIT) == Refused(Reason.BOND, Amount(1))
    assert unbond(replace(mine, closing=True), Amount(1), STEP) == Refused(Reason.CLOSING)
    with pytest.raises(MoveNotAllowed):
        unbond(mine, ZERO, STEP)
    found = step(mine, 40)
    assert accept(theirs, found, by="thief") == Refused(Reason.SIGNATURE)
    assert accept(theirs, found, number=2) == Refused(Reason.ASSIGNMENTS)
    assert accept(theirs, found, most=Amount(39)) == Refused(Reason.STEP_SIZE, Amount(1))
    assert accept(replace(theirs, closing=True), found) == Refused(Reason.CLOSING)
    assert accept(replace(theirs, config=replace(CONFIG, salt=2)), found) == Refused(Reason.CHANNEL)
    assert accept(replace(theirs, unbonded=1), found) == Refused(Reason.SEQUENCE)
    assert accept(replace(theirs, debited=Amount(30)), found) == Refused(Reason.SUM, Amount(-30)), "not 10"
    other = replace(found, line=replace(found.line, campaign_id=bytes(32)))
    assert accept(theirs, other) == Refused(Reason.ASSIGNMENTS)
    staked = debit(mine, Amount(80), bytes(32))
    assert not isinstance(staked, Refused)
    assert unbond(staked.channel, Amount(21), STEP) == Refused(Reason.BOND, Amount(1)), "stakes stay put"
    poor = replace(theirs, pockets=replace(theirs.pockets, bonded=Amount(39)))
    assert accept(poor, found) == Refused(Reason.BOND, Amount(1))


@pytest.mark.parametrize("difference", [-1, 1])
def test_a_voucher_that_pays_a_step_by_another_sum_is_refused(difference: int) -> None:
    mine, theirs = sides()
    found = step(mine, 40)
    taken = accept(theirs, found)
    assert isinstance(taken, UnbondAccepted)
    credited = hub.credit(taken.channel, (taken.line,))
    assert isinstance(credited, Credited)
    wrong = replace(credited.voucher, paid=credited.voucher.paid + difference)
    signed = wrong.sign(CHANNELS, key("signer"))
    got = receive_voucher(found.channel, wrong, signed, credited.lines, CHANNELS, DEPOSIT, False)
    assert got == Refused(Reason.SUM, Amount(difference))


def test_a_step_is_never_taken_for_a_batch_of_assignments() -> None:
    """The hash names the channel and the number; the hub takes no stake for it and no step for a stake."""
    mine, theirs = sides()
    found = step(mine, 10)
    hashes = {step_hash(ID, 1), step_hash(ID, 2), step_hash(bytes(32), 1)}
    assert len(hashes) == 3 and found.debit.assignment_hash == step_hash(ID, 1)
    spelled = keccak(keccak(b"gems.unbond") + ID + (1).to_bytes(32, "big"))
    assert step_hash(ID, 1) == spelled, "the form of docs/protocol.md"
    stake = Debit(ID, 10, bytes(32))
    signature = stake.sign(CHANNELS, key("worker"))
    assert accept_unbond(theirs, stake, signature, CHANNELS, found.line, STEP) == Refused(Reason.ASSIGNMENTS)
    mine_signed = found.debit.sign(CHANNELS, key("worker"))
    batch = hub.accept_debit(theirs, found.debit, mine_signed, CHANNELS, Amount(10), bytes(32))
    assert batch == Refused(Reason.ASSIGNMENTS)
