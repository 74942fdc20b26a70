# SPDX-License-Identifier: Apache-2.0
"""Hub and worker compute the same sums, and the worker refuses everything else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gems_protocol import hub_channel as hub
from gems_protocol.amount import ZERO, Amount
from gems_protocol.channel import (
    DAY_S,
    Config,
    Debited,
    Reason,
    Refused,
    VoucherAccepted,
    WorkerChannel,
    batch_settled,
    debit,
    delivered,
    owe,
    receive_voucher,
    split,
    with_bond_target,
)
from gems_protocol.errors import MalformedMessage, MoneyDiffers, MoveNotAllowed
from gems_protocol.hub_channel import Credited, DebitAccepted, HubChannel
from gems_protocol.lines import Line, LineKind
from gems_protocol.messages import Voucher
from tests.helpers.protocol_terms import CHANNELS, key, who

CONFIG = Config(who("payer"), who("signer"), who("worker"), 30 * DAY_S, 1)
DEPOSIT = Amount(1000)


def line(index: int, units: int, kind: LineKind = LineKind.REWARD) -> Line:
    return Line(bytes(32), index, 0, 0, kind, Amount(units))


def worker(target: int = 0, lines: tuple[Line, ...] = ()) -> WorkerChannel:
    return owe(WorkerChannel(CONFIG, DEPOSIT, bond_target=Amount(target)), lines)


def receive(
    channel: WorkerChannel, voucher: Voucher, lines: tuple[Line, ...], signer: str = "signer"
) -> VoucherAccepted | Refused:
    signature = voucher.sign(CHANNELS, key(signer))
    return receive_voucher(channel, voucher, signature, lines, CHANNELS, DEPOSIT, False)


def voucher(paid: int, bonded: int = 0, seq: int = 1, config: Config = CONFIG) -> Voucher:
    return Voucher(config.channel_id(), paid, bonded, seq)


ONE = (line(0, 100),)


def test_a_voucher_of_the_exact_sum_is_accepted_once() -> None:
    found = receive(worker(lines=ONE), voucher(100), ONE)
    assert isinstance(found, VoucherAccepted)
    assert (found.channel.claimable, found.channel.owed, found.lines) == (Amount(100), (), ONE)
    again = receive(found.channel, voucher(100), ONE)
    assert isinstance(again, VoucherAccepted)
    assert (again.channel, again.lines) == (found.channel, ())
    assert owe(found.channel, ONE) == found.channel


@pytest.mark.parametrize(
    ("paid", "bonded", "difference"), [(99, 0, -1), (101, 0, 1), (99, 1, 0), (0, 0, -100)]
)
def test_a_unit_short_or_too_much_is_refused_with_the_difference(
    paid: int, bonded: int, difference: int
) -> None:
    assert receive(worker(lines=ONE), voucher(paid, bonded), ONE) == Refused(Reason.SUM, Amount(difference))


def test_a_line_with_another_amount_is_refused() -> None:
    lie = (line(0, 99),)
    assert receive(worker(lines=ONE), voucher(99), lie) == Refused(Reason.SUM, Amount(-1))
    with pytest.raises(MoneyDiffers):
        owe(worker(lines=ONE), lie)


def test_what_is_not_owed_or_named_twice_is_not_settled() -> None:
    unknown = (line(7, 5),)
    for lines in (unknown, ONE + ONE):
        assert receive(worker(lines=ONE), voucher(100), lines) == Refused(Reason.UNKNOWN_LINE)


def test_forged_foreign_stale_and_closing_vouchers_are_refused() -> None:
    channel = worker(lines=ONE)
    assert receive(channel, voucher(100), ONE, signer="thief") == Refused(Reason.SIGNATURE)
    other = replace(CONFIG, salt=2)
    assert receive(channel, voucher(100, config=other), ONE) == Refused(Reason.CHANNEL)
    assert receive(channel, voucher(100, seq=0), ONE) == Refused(Reason.SEQUENCE)
    quick = replace(channel, config=replace(CONFIG, delay=29 * DAY_S))
    assert receive(quick, voucher(100, config=quick.config), ONE) == Refused(Reason.DELAY)
    assert receive(replace(channel, closing=True), voucher(100), ONE) == Refused(Reason.CLOSING)
    found = receive(channel, voucher(100), ONE)
    assert isinstance(found, VoucherAccepted)
    assert receive(found.channel, voucher(99, seq=2), ()) == Refused(Reason.SHRINKS, Amount(-1))
    assert receive(found.channel, voucher(100, 1, seq=1), ()) == Refused(Reason.SEQUENCE)


def test_more_than_the_confirmed_deposit_is_refused() -> None:
    much = (line(0, 1001),)
    assert receive(worker(lines=much), voucher(1001), much) == Refused(Reason.DEPOSIT, Amount(1))


def test_missed_vouchers_are_caught_up_with() -> None:
    lines = (line(0, 100), line(1, 50))
    found = receive(worker(lines=lines), voucher(150, seq=5), lines)
    assert isinstance(found, VoucherAccepted)
    assert found.channel.seq == 5


def test_a_voucher_under_the_former_standing_order_is_accepted() -> None:
    channel = with_bond_target(worker(target=0, lines=ONE), Amount(60))
    assert isinstance(receive(channel, voucher(100), ONE), VoucherAccepted)
    assert isinstance(receive(channel, voucher(40, 60), ONE), VoucherAccepted)
    assert receive(channel, voucher(50, 50), ONE) == Refused(Reason.SUM, ZERO)


@given(st.integers(0, 10**20), st.integers(0, 10**20), st.integers(0, 10**20))
def test_the_standing_order_splits_without_loss(amount: int, bonded: int, target: int) -> None:
    to_paid, to_bonded = split(Amount(amount), Amount(bonded), Amount(target))
    assert to_paid + to_bonded == Amount(amount)
    assert to_paid >= ZERO <= to_bonded
    assert bonded + to_bonded.units <= max(bonded, target)


def bonded(units: int) -> WorkerChannel:
    lines = (line(0, units),)
    found = receive(worker(target=units, lines=lines), voucher(0, units), lines)
    assert isinstance(found, VoucherAccepted)
    return found.channel


def test_stakes_come_from_the_bond_only_and_three_batches_at_a_time() -> None:
    channel = bonded(100)
    assert debit(channel, Amount(101), bytes(32)) == Refused(Reason.BOND, Amount(1))
    for number in range(3):
        found = debit(channel, Amount(10), bytes([number]) * 32)
        assert isinstance(found, Debited)
        channel = found.channel
        assert found.debit.debited == 10 * (number + 1)
    assert debit(channel, Amount(10), b"\x09" * 32) == Refused(Reason.LIMIT)
    assert isinstance(debit(batch_settled(channel, bytes(32)), Amount(10), b"\x09" * 32), Debited)
    assert debit(replace(channel, closing=True), Amount(1), bytes(32)) == Refused(Reason.CLOSING)
    with pytest.raises(MoveNotAllowed):
        debit(channel, ZERO, bytes(32))


def test_no_more_than_three_batches_wait_for_a_voucher() -> None:
    channel = worker()
    for number in range(3):
        assert channel.may_lease
        channel = delivered(channel, bytes([number]) * 32)
    assert not channel.may_lease
    assert batch_settled(channel, bytes(32)).may_lease


def test_the_hub_takes_only_the_right_debit() -> None:
    root = b"\x01" * 32
    mine = debit(bonded(100), Amount(10), root)
    assert isinstance(mine, Debited)
    credited = hub.credit(HubChannel(CONFIG, DEPOSIT, bond_target=Amount(100)), (line(0, 100),))
    assert isinstance(credited, Credited)
    theirs, signature = credited.channel, mine.debit.sign(CHANNELS, key("worker"))

    def judge(channel: HubChannel, amount: int = 10, named: bytes = root, by: bytes = signature) -> object:
        return hub.accept_debit(channel, mine.debit, by, CHANNELS, Amount(amount), named)

    found = judge(theirs)
    assert isinstance(found, DebitAccepted)
    assert (found.channel.debited, found.channel.bond_free) == (Amount(10), Amount(90))
    assert judge(found.channel) == DebitAccepted(found.channel)
    assert judge(theirs, amount=11) == Refused(Reason.SUM, Amount(-1))
    assert judge(theirs, named=bytes(32)) == Refused(Reason.ASSIGNMENTS)
    assert judge(theirs, by=mine.debit.sign(CHANNELS, key("thief"))) == Refused(Reason.SIGNATURE)
    assert judge(replace(theirs, closing=True)) == Refused(Reason.CLOSING)
    assert judge(replace(theirs, pockets=replace(theirs.pockets, bonded=Amount(9)))) == Refused(
        Reason.BOND, Amount(1)
    )
    assert judge(replace(theirs, config=replace(CONFIG, salt=9))) == Refused(Reason.CHANNEL)


def test_the_hub_pays_once_within_its_deposit_and_not_while_closing() -> None:
    first = hub.credit(HubChannel(CONFIG, DEPOSIT), ONE + ONE)
    assert isinstance(first, Credited)
    assert (first.voucher.paid, first.lines) == (100, ONE)
    again = hub.credit(first.channel, ONE)
    assert isinstance(again, Credited)
    assert (again.voucher, again.channel, again.lines) == (first.voucher, first.channel, ())
    assert hub.credit(first.channel, [line(1, 901)]) == Refused(Reason.DEPOSIT, Amount(1))
    assert hub.credit(replace(first.channel, closing=True), ONE) == Refused(Reason.CLOSING)


def test_the_hub_never_gives_a_fourth_batch() -> None:
    channel = HubChannel(CONFIG, DEPOSIT)
    for number in range(3):
        found = hub.give(channel, bytes([number]) * 32)
        assert isinstance(found, HubChannel)
        channel = found
    assert hub.give(channel, b"\x09" * 32) == Refused(Reason.LIMIT)
    assert hub.give(channel, bytes(32)) == channel
    assert isinstance(hub.give(hub.release(channel, bytes(32)), b"\x09" * 32), HubChannel)
    assert hub.give(replace(HubChannel(CONFIG), closing=True), bytes(32)) == Refused(Reason.CLOSING)


def test_lines_are_read_strictly() -> None:
    good = line(3, 5).to_json()
    assert Line.from_json(good) == line(3, 5)
    changes: list[dict[str, object]] = [
        {"amount": "0"}, {"amount": 5}, {"amount": "-1"}, {"kind": "gift"}, {"index": -1}, {"round": True}, {"x": 1},
    ]  # fmt: skip
    for change in changes:
        with pytest.raises(MalformedMessage):
            Line.from_json({**good, **change})


STEPS = st.lists(
    st.tuples(
        st.integers(1, 200),
        st.sampled_from(list(LineKind)),
        st.sampled_from(["owe", "pay", "stake", "twice"]),
    ),
    max_size=15,
)


@settings(max_examples=40)
@given(STEPS, st.integers(0, 300))
def test_both_sides_agree_to_the_unit_whatever_happens(
    steps: list[tuple[int, LineKind, str]], target: int
) -> None:
    mine = worker(target)
    theirs = HubChannel(CONFIG, DEPOSIT, bond_target=Amount(target))
    waiting: list[Line] = []
    for number, (units, kind, what) in enumerate(steps):
        if what == "stake":
            found = debit(mine, Amount(units), bytes([number]) * 32)
            if isinstance(found, Debited):
                signature = found.debit.sign(CHANNELS, key("worker"))
                taken = hub.accept_debit(
                    theirs, found.debit, signature, CHANNELS, Amount(units), bytes([number]) * 32
                )
                assert isinstance(taken, DebitAccepted)
                mine, theirs = found.channel, taken.channel
            continue
        waiting.append(line(number, units, kind))
        mine = owe(mine, waiting)
        if what == "owe":
            continue
        credited = hub.credit(theirs, waiting)
        if isinstance(credited, Refused):
            assert credited.reason is Reason.DEPOSIT
            break
        before, theirs, waiting = mine, credited.channel, []
        got = receive(mine, credited.voucher, credited.lines)
        assert isinstance(got, VoucherAccepted)
        mine = got.channel
        assert mine.pockets == theirs.pockets
        assert mine.debited == theirs.debited
        assert mine.pockets.paid >= before.pockets.paid
        assert mine.pockets.bonded >= before.pockets.bonded
        assert mine.claimable <= mine.pockets.paid <= mine.pockets.sum
        if what == "twice":
            assert hub.credit(theirs, credited.lines) == Credited(theirs, credited.voucher, ())
