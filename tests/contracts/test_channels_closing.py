# SPDX-License-Identifier: Apache-2.0
"""Channels: starting to close, debits, the forfeiture of a hub that hides a voucher, and the end."""

import boa
import pytest

from tests.contracts.relaying import relay
from tests.contracts.signing import NO_SIG, key
from tests.contracts.world import CLOSED, GEM, MONTH, World, now


def closed(world: World, paid: int = 0) -> tuple[str, str, str, int, int]:
    """A channel of 10 GEM that was closed after its worker got `paid`."""
    config = world.config()
    world.deposit(config, 10 * GEM)
    if paid:
        world.channels.claim(*world.voucher(config, paid))
    world.channels.start_close(config, (0, 0, 0), NO_SIG, sender=world.worker.address)
    world.env.time_travel(seconds=MONTH)
    world.channels.finish_close(config)
    return config


def test_a_closed_channel_stays_closed(world: World) -> None:
    config = closed(world, paid=3 * GEM)
    assert world.channel(config) == (10 * GEM, 3 * GEM, CLOSED)
    row = world.voucher(config, 5 * GEM, seq=2)
    held = world.balance(world.worker)
    assert world.channels.claim(*row) == 0
    auth, wsig = world.claim_auth(config, 3 * GEM, 0)
    with boa.reverts("Channels: nothing to claim"):
        relay(world, row, auth, wsig)
    world.channels.push_many(*(config[1], MONTH, 0, [config[2]], [9 * GEM]), sender=world.payer.address)
    with boa.reverts("Channels: closing or closed"):
        world.deposit(config, GEM)
    with boa.reverts("Channels: closing or closed"):
        world.channels.start_close(*row, sender=world.payer.address)
    with boa.reverts("Channels: not closing"):
        world.channels.finish_close(config)
    with boa.reverts("Channels: not closing"):
        world.channels.submit_debit(*world.debit(config, 1))
    assert (world.balance(world.worker), world.channel(config)) == (held, (10 * GEM, 3 * GEM, CLOSED))


def test_a_new_channel_of_the_same_two_does_not_know_old_vouchers(world: World) -> None:
    """Attack 2: opening again needs another id, for which no old voucher counts."""
    config = closed(world, paid=3 * GEM)
    old, again = world.voucher(config, 3 * GEM), world.config(salt=1)
    world.deposit(again, 10 * GEM)
    assert world.channels.claim(*old) == 0
    assert world.channels.claim(again, old[1], old[2]) == 0


def test_only_a_channel_that_exists_can_be_closed_and_only_by_its_two_sides(world: World) -> None:
    config = world.config()
    with boa.reverts("Channels: unknown channel"):
        world.channels.start_close(config, (0, 0, 0), NO_SIG, sender=world.worker.address)
    assert world.channels.claim(*world.voucher(config, GEM)) == 0
    world.deposit(config, GEM)
    for who in (world.signer, key("stranger")):
        with boa.reverts("Channels: not a party"):
            world.channels.start_close(config, (0, 0, 0), NO_SIG, sender=who.address)
    with boa.reverts("Channels: bad voucher"):
        world.channels.start_close(config, (0, 0, 1), NO_SIG, sender=world.payer.address)
    with boa.reverts("Channels: not closing"):
        world.channels.finish_close(config)
    with boa.reverts("Channels: not closing"):
        world.channels.submit_debit(*world.debit(config, 1))


def test_an_honest_close_pays_at_once_and_the_bond_less_debits_later(world: World) -> None:
    config = world.config()
    world.deposit(config, 10 * GEM)
    payer = world.balance(world.payer)
    world.channels.start_close(*world.voucher(config, 4 * GEM, 3 * GEM), sender=world.payer.address)
    assert world.balance(world.worker) == 4 * GEM
    assert world.channel(config)[2] == 1 << 255 | (now() + MONTH) << 192 | (3 * GEM) << 96
    with boa.reverts("Channels: closing or closed"):
        world.deposit(config, GEM)
    world.channels.submit_debit(*world.debit(config, 2 * GEM))
    world.channels.submit_debit(*world.debit(config, GEM))
    for row in (world.debit(config, 9 * GEM, by=world.payer), (*world.debit(config, GEM)[:3], NO_SIG)):
        with boa.reverts("Channels: bad debit"):
            world.channels.submit_debit(*row)
    world.env.time_travel(seconds=MONTH - 1)
    with boa.reverts("Channels: delay not over"):
        world.channels.finish_close(config)
    world.env.time_travel(seconds=1)
    world.channels.finish_close(config, sender=key("stranger").address)
    assert world.balance(world.worker) == 5 * GEM
    assert world.balance(world.payer) == payer + 5 * GEM
    assert world.balance(world.channels) == 0


def test_debits_above_the_bond_take_nothing_else(world: World) -> None:
    config = world.config()
    world.deposit(config, 10 * GEM)
    world.channels.start_close(*world.voucher(config, 4 * GEM, 3 * GEM), sender=world.worker.address)
    world.channels.submit_debit(*world.debit(config, 5 * GEM))
    world.env.time_travel(seconds=MONTH)
    world.channels.finish_close(config)
    assert world.balance(world.worker) == 4 * GEM


@pytest.mark.parametrize(("paid", "bonded"), [(5, 3), (4, 4), (5, 4)])
def test_a_hub_that_hides_a_higher_voucher_loses_the_rest(world: World, paid: int, bonded: int) -> None:
    """Attack 3: a higher paid, a higher bond, or both."""
    config = world.config()
    world.deposit(config, 10 * GEM)
    world.channels.start_close(*world.voucher(config, 4 * GEM, 3 * GEM, 1), sender=world.payer.address)
    world.channels.claim(*world.voucher(config, paid * GEM, bonded * GEM, 2))
    world.channels.submit_debit(*world.debit(config, 4 * GEM))
    world.env.time_travel(seconds=MONTH)
    world.channels.finish_close(config)
    assert world.balance(world.worker) == 10 * GEM


def test_a_relayer_may_show_the_higher_voucher_too(world: World) -> None:
    config = world.config()
    world.deposit(config, 10 * GEM)
    world.channels.start_close(config, (0, 0, 0), NO_SIG, sender=world.payer.address)
    relay(world, world.voucher(config, GEM), *world.claim_auth(config, 0, GEM // 2))
    world.env.time_travel(seconds=MONTH)
    world.channels.finish_close(config)
    assert (world.balance(world.worker), world.balance(world.relayer)) == (19 * GEM // 2, GEM // 2)


def test_lower_vouchers_and_pushes_while_closing_are_no_cheating(world: World) -> None:
    """Pushing while closing pays and is no voucher; a lower voucher shown changes nothing."""
    config = world.config()
    world.deposit(config, 10 * GEM)
    world.channels.start_close(*world.voucher(config, 4 * GEM, 3 * GEM, 2), sender=world.payer.address)
    assert world.channels.claim(*world.voucher(config, 3 * GEM, 3 * GEM, 1)) == 0
    world.channels.push_many(*(config[1], MONTH, 0, [config[2]], [5 * GEM]), sender=world.payer.address)
    assert world.channel(config)[2] >> 254 & 1 == 0
    world.env.time_travel(seconds=MONTH)
    world.channels.finish_close(config)
    assert world.balance(world.worker) == 8 * GEM


def test_a_worker_who_closes_may_show_more_later_without_any_penalty(world: World) -> None:
    config = world.config()
    world.deposit(config, 10 * GEM)
    world.channels.start_close(config, (0, 0, 0), NO_SIG, sender=world.worker.address)
    assert world.channels.claim(*world.voucher(config, 4 * GEM, 3 * GEM)) == 4 * GEM
    world.env.time_travel(seconds=MONTH)
    world.channels.finish_close(config)
    assert world.balance(world.worker) == 7 * GEM


def test_an_old_voucher_below_what_was_claimed_hides_no_bond(world: World) -> None:
    config = world.config()
    world.deposit(config, 10 * GEM)
    newest = world.voucher(config, 4 * GEM, 3 * GEM, 2)
    world.channels.claim(*newest)
    world.channels.start_close(*world.voucher(config, GEM, GEM, 1), sender=world.payer.address)
    assert world.channel(config)[1] == 4 * GEM
    world.channels.claim(*newest)
    world.env.time_travel(seconds=MONTH)
    world.channels.finish_close(config)
    assert world.balance(world.worker) == 10 * GEM
