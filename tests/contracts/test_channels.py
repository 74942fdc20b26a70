# SPDX-License-Identifier: Apache-2.0
"""Channels: opening, claiming, relaying, pushing and closing, with the attacks on them one by one."""

import boa
import pytest

from tests.contracts.relaying import relay
from tests.contracts.signing import NO_SIG, key
from tests.contracts.world import DAY, GEM, MAX_U96, MAX_U128, MONTH, NOBODY, World, channel_id, now


def test_the_id_is_the_hash_of_the_config(world: World) -> None:
    config = world.config(salt=7)
    assert world.channels.channel_id(config) == channel_id(config)


def test_deposits_open_and_top_up_and_say_so(world: World) -> None:
    workers = [key(f"w{i}").address for i in range(3)]
    head = (world.signer.address, MONTH, 1)
    world.channels.deposit_many(*head, workers, [1, 2, 3], sender=world.payer.address)
    event = world.channels.get_logs()[0]
    world.channels.deposit_many(*head, [workers[0]] * 2, [10, 20], sender=world.payer.address)
    for worker, amount in zip(workers, (31, 2, 3), strict=True):
        config = (world.payer.address, head[0], worker, MONTH, 1)
        assert world.channel(config) == (amount, 0, 0)
    assert world.balance(world.channels) == 36
    config = (world.payer.address, head[0], workers[0], MONTH, 1)
    assert (event.id, event.payer, event.worker) == (channel_id(config), world.payer.address, workers[0])
    assert (event.signer, event.delay, event.salt, event.amount) == (*head, 1)


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"signer": NOBODY}, "Channels: no signer"),
        ({"delay": 7 * DAY - 1}, "Channels: delay outside 7 to 90 days"),
        ({"delay": 90 * DAY + 1}, "Channels: delay outside 7 to 90 days"),
        ({"amounts": []}, "Channels: lengths differ"),
        ({"amounts": [0]}, "Channels: zero amount"),
        ({"workers": [NOBODY]}, "Channels: bad worker"),
        ({"amounts": [2**126 - 1]}, "Gem: balance too small"),
        ({"amounts": [2**126]}, "Channels: amount too large"),
        ({"amounts": [MAX_U128]}, "Channels: amount too large"),
    ],
)
def test_bad_deposits_are_refused(world: World, change: dict[str, object], text: str) -> None:
    row = {"signer": world.signer.address, "delay": MONTH, "salt": 0, "workers": [world.worker.address]}
    with boa.reverts(text):
        world.channels.deposit_many(*({**row, "amounts": [1]} | change).values(), sender=world.payer.address)


def test_the_contract_itself_can_be_no_worker_and_no_recipient(world: World) -> None:
    itself = str(world.channels.address)
    with boa.reverts("Channels: bad worker"):
        world.deposit((world.payer.address, world.signer.address, itself, MONTH, 0), GEM)
    config = world.config()
    world.deposit(config, GEM)
    for to in (itself, NOBODY):
        auth, wsig = world.claim_auth(config, 0, 0, to=to)
        with boa.reverts("Channels: bad recipient"):
            world.channels.claim_auth(*world.voucher(config, 1), auth, wsig, sender=world.relayer.address)


@pytest.mark.parametrize("delay", [7 * DAY, 90 * DAY])
def test_the_shortest_and_longest_delay_work(world: World, delay: int) -> None:
    """Attacks 3 and 40: 7 to 90 days, far above the time a sequencer can censor."""
    config = world.config(delay=delay)
    world.deposit(config, 1)
    assert world.channel(config) == (1, 0, 0)


def test_anybody_claims_for_the_worker_once(world: World) -> None:
    """Attack 19: a stale voucher or a second time pays nothing; the money goes to the worker alone."""
    config = world.config()
    world.deposit(config, 10 * GEM)
    row = world.voucher(config, 3 * GEM)
    assert world.channels.claim(*row, sender=key("stranger").address) == 3 * GEM
    (event,) = [log for log in world.channels.get_logs() if type(log).__name__ == "Claimed"]
    assert (event.id, event.amount, event.seq) == (channel_id(config), 3 * GEM, 1)
    assert world.channels.claim(*row) == 0
    assert world.channels.claim(*world.voucher(config, 2 * GEM, seq=9)) == 0
    assert world.channels.claim(*world.voucher(config, 4 * GEM, seq=2)) == GEM
    assert world.balance(world.worker) == 4 * GEM
    assert world.channel(config) == (10 * GEM, 4 * GEM, 0)


def test_a_voucher_above_the_deposit_is_worth_more_after_a_top_up(world: World) -> None:
    """Attack 5: more than the deposit is never paid, and the rest not lost."""
    config = world.config()
    world.deposit(config, 2 * GEM)
    row = world.voucher(config, 5 * GEM)
    assert world.channels.claim(*row) == 2 * GEM
    assert world.channels.claim(*row) == 0
    world.deposit(config, 4 * GEM)
    assert world.channels.claim(*row) == 3 * GEM
    assert world.channel(config) == (6 * GEM, 5 * GEM, 0)


def test_one_bad_row_does_not_spoil_a_batch_of_a_hundred(world: World) -> None:
    """Attack 20: bad rows are skipped, the batch goes on."""
    workers = [key(f"w{i}") for i in range(100)]
    world.channels.deposit_many(
        world.signer.address,
        MONTH,
        0,
        [worker.address for worker in workers],
        [GEM] * 100,
        sender=world.payer.address,
    )
    rows = [world.voucher(world.config(worker), GEM) for worker in workers]
    rows[13] = (rows[13][0], rows[13][1], rows[13][2].twin())
    rows[57] = (rows[57][0], (GEM + 1, 0, 1), rows[57][2])
    rows[58] = ((NOBODY, NOBODY, NOBODY, 0, 0), (MAX_U128, MAX_U96, 0), NO_SIG)
    world.channels.claim_many(*[list(column) for column in zip(*rows, strict=True)])
    paid = [world.balance(worker) for worker in workers]
    assert [i for i, amount in enumerate(paid) if amount != GEM] == [13, 57, 58]
    assert sum(paid) == 97 * GEM == 100 * GEM - world.balance(world.channels)
    with boa.reverts("Channels: lengths differ"):
        world.channels.claim_many([rows[0][0]], [rows[0][1]], [])


def test_the_widest_amounts_fit(world: World) -> None:
    """The edges of uint128, uint96 and uint64."""
    config = world.config()
    world.deposit(config, 10 * GEM)
    assert world.channels.claim(*world.voucher(config, MAX_U128, MAX_U96, 2**64 - 1)) == 10 * GEM
    other = world.config(salt=1)
    world.deposit(other, GEM)
    world.channels.start_close(*world.voucher(other, 0, MAX_U96, 2**64 - 1), sender=world.worker.address)
    world.channels.submit_debit(*world.debit(other, MAX_U96))
    bits = world.channel(other)[2]
    assert bits == (now() + MONTH) << 192 | MAX_U96 << 96 | MAX_U96


def test_a_deposit_cannot_leave_its_bits(world: World) -> None:
    config = world.config()
    world.deposit(config, GEM)
    with boa.reverts():
        world.deposit(config, MAX_U128)
    assert world.channel(config) == (GEM, 0, 0)


def test_a_relayer_claims_for_its_fee_once(world: World) -> None:
    """Attacks 16 and 17: one fee for one authorization, and for the relayer it names."""
    config, to = world.config(), key("second address").address
    world.deposit(config, 10 * GEM)
    row = world.voucher(config, 3 * GEM)
    auth, wsig = world.claim_auth(config, 0, GEM, to=to)
    with boa.reverts("Channels: not the relayer"):
        relay(world, row, auth, wsig, by=key("bot"))
    assert relay(world, row, auth, wsig) == 3 * GEM
    assert (world.balance(to), world.balance(world.relayer)) == (2 * GEM, GEM)
    with boa.reverts("Channels: bad authorization"):
        relay(world, world.voucher(config, 4 * GEM, seq=2), auth, wsig)
    auth, wsig = world.claim_auth(config, 3 * GEM, GEM)
    with boa.reverts("Channels: nothing to claim"):
        relay(world, row, auth, wsig)


def test_a_relayed_claim_must_be_what_the_worker_signed(world: World) -> None:
    config = world.config()
    world.deposit(config, 10 * GEM)
    row = world.voucher(config, 3 * GEM)
    auth, wsig = world.claim_auth(config, 0, GEM)
    changed = [
        (key("thief").address, *auth[1:]),
        (*auth[:2], 2 * GEM, auth[3]),
        (*auth[:3], auth[3] + 1),
    ]
    for other in changed:
        with boa.reverts("Channels: bad authorization"):
            relay(world, row, other, wsig)
    for sig in (wsig.twin(), NO_SIG, world.claim_auth(config, 0, GEM, by=world.signer)[1]):
        with boa.reverts("Channels: bad authorization"):
            relay(world, row, auth, sig)
    with boa.reverts("Channels: fee above amount"):
        relay(world, row, *world.claim_auth(config, 0, 3 * GEM + 1))
    late = world.claim_auth(config, 0, GEM, deadline=now() - 1)
    with boa.reverts("Channels: authorization expired"):
        relay(world, row, *late)
    assert relay(world, row, *world.claim_auth(config, 0, 3 * GEM, deadline=now())) == 3 * GEM
    assert (world.balance(world.worker), world.balance(world.relayer)) == (0, 3 * GEM)


def test_a_plain_claim_in_front_makes_the_relayed_one_fail(world: World) -> None:
    """Attack 18: the worker is paid in full, free of charge."""
    config = world.config()
    world.deposit(config, 10 * GEM)
    row, signed = world.voucher(config, 3 * GEM), world.claim_auth(config, 0, GEM)
    world.channels.claim(*row)
    with boa.reverts("Channels: bad authorization"):
        relay(world, row, *signed)
    assert world.balance(world.worker) == 3 * GEM


def test_pay_day_needs_no_signature_and_skips_what_is_paid(world: World) -> None:
    workers = [key(f"w{i}") for i in range(4)]
    names, head = [worker.address for worker in workers], (world.signer.address, MONTH, 0)
    world.channels.deposit_many(*head, names[:3], [5, 5, 5], sender=world.payer.address)
    world.channels.claim(*world.voucher(world.config(workers[0]), 4))
    world.channels.push_many(*head, names, [3, 4, 9, 9], sender=world.payer.address)
    assert [world.balance(worker) for worker in workers] == [4, 4, 5, 0]
    world.channels.push_many(*head, names, [5, 5, 5, 5], sender=key("stranger").address)
    assert [world.balance(worker) for worker in workers] == [4, 4, 5, 0]
    assert world.channels.claim(*world.voucher(world.config(workers[1]), 5)) == 1
    with boa.reverts("Channels: lengths differ"):
        world.channels.push_many(*head, names, [1], sender=world.payer.address)
