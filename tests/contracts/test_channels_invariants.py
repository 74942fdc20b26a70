# SPDX-License-Identifier: Apache-2.0
"""I1 to I7, one named test each; test_channels_machine.py looks for orders of calls that break them."""

from typing import Any

import boa
import pytest

from tests.contracts.relaying import relay
from tests.contracts.signing import NO_SIG, key
from tests.contracts.world import CLOSED, GEM, MAX_U96, MAX_U128, MONTH, World, now

STATES = [
    "NONE",
    "OPEN",
    "CLOSING by the hub",
    "CLOSING by the worker",
    "cheated",
    "after the delay",
    "CLOSED",
]


def brought_to(world: World, state: str) -> Any:
    """A channel of 10 GEM in this state; 2 GEM claimed unless it was never opened."""
    config = world.config()
    if state == "NONE":
        return config
    world.deposit(config, 10 * GEM)
    world.channels.claim(*world.voucher(config, 2 * GEM))
    if state == "OPEN":
        return config
    party = world.worker if state == "CLOSING by the worker" else world.payer
    world.channels.start_close(*world.voucher(config, 2 * GEM, GEM), sender=party.address)
    if state == "cheated":
        world.channels.claim(*world.voucher(config, 2 * GEM, 2 * GEM, 2))
    if state in ("after the delay", "CLOSED"):
        world.env.time_travel(seconds=MONTH)
    if state == "CLOSED":
        world.channels.finish_close(config)
    return config


def owed(world: World, configs: list[Any]) -> int:
    """The sum of deposit - claimed over channels that are not closed."""
    rows = [world.channel(config) for config in configs]
    return sum(deposit - claimed for deposit, claimed, closing in rows if closing != CLOSED)


def test_I1_the_balance_is_what_open_channels_are_owed(world: World) -> None:
    configs = [world.config(salt=salt) for salt in range(4)]
    for i, config in enumerate(configs):
        world.deposit(config, (i + 5) * GEM)
        assert world.balance(world.channels) == owed(world, configs)
    world.channels.claim(*world.voucher(configs[0], 99 * GEM))
    for party, config in ((world.payer, configs[1]), (world.worker, configs[2])):
        world.channels.start_close(*world.voucher(config, GEM, 2 * GEM), sender=party.address)
        assert world.balance(world.channels) == owed(world, configs)
    world.env.time_travel(seconds=MONTH)
    for config in configs[1:3]:
        world.channels.finish_close(config)
        assert world.balance(world.channels) == owed(world, configs)
    assert owed(world, configs) == 8 * GEM


@pytest.mark.parametrize("state", STATES)
def test_I2_claimed_is_at_most_the_deposit_and_neither_falls(world: World, state: str) -> None:
    config = brought_to(world, state)
    before = world.channel(config)
    head = (config[1], config[3], config[4], [config[2]])
    world.channels.claim(*world.voucher(config, MAX_U128, MAX_U96, 2**64 - 1))
    world.channels.claim(*world.voucher(config, 1, 1, 2**64 - 1))
    world.channels.push_many(*head, [1], sender=world.payer.address)
    world.channels.push_many(*head, [MAX_U128], sender=world.payer.address)
    after = world.channel(config)
    assert after[0] >= before[0] and before[1] <= after[1] <= after[0]
    # What is closed, or was never opened, does not move at all.
    assert state not in ("NONE", "CLOSED") or after == before


@pytest.mark.parametrize(
    ("bonded", "debited", "bond"), [(3, 0, 3), (3, 2, 1), (3, 3, 0), (3, 5, 0), (9, 1, 6)]
)
def test_I3_the_worker_gets_what_was_signed_and_no_more(
    world: World, bonded: int, debited: int, bond: int
) -> None:
    config = world.config()
    world.deposit(config, 10 * GEM)
    world.channels.start_close(*world.voucher(config, 4 * GEM, bonded * GEM), sender=world.payer.address)
    if debited:
        world.channels.submit_debit(*world.debit(config, debited * GEM))
    world.env.time_travel(seconds=MONTH)
    world.channels.finish_close(config)
    assert world.balance(world.worker) == (4 + bond) * GEM


def test_I4_money_leaves_only_to_worker_payer_and_whom_the_worker_names(world: World) -> None:
    config, stranger, second = world.config(), key("stranger").address, key("second address").address
    world.deposit(config, 10 * GEM)
    everybody = (world.worker, world.payer, world.relayer, world.signer, world.requester)
    before = sum(world.balance(who) for who in everybody) + world.balance(world.channels)
    world.channels.claim(*world.voucher(config, GEM), sender=stranger)
    auth, wsig = world.claim_auth(config, GEM, GEM // 2, to=second)
    relay(world, world.voucher(config, 2 * GEM), auth, wsig)
    world.channels.start_close(*world.voucher(config, 3 * GEM, GEM), sender=world.payer.address)
    world.env.time_travel(seconds=MONTH)
    world.channels.finish_close(config, sender=stranger)
    found = (world.balance(world.worker), world.balance(world.relayer), world.balance(second))
    assert found == (3 * GEM, GEM // 2, GEM // 2)
    assert sum(world.balance(who) for who in everybody) + world.balance(second) == before
    assert world.balance(stranger) == world.balance(world.signer) == 0


def test_I5_closed_is_final(world: World) -> None:
    config = brought_to(world, "CLOSED")
    word, held = world.channel(config), world.balance(world.worker)
    assert word == (10 * GEM, 2 * GEM, CLOSED)
    row = world.voucher(config, 5 * GEM, 5 * GEM, seq=9)
    assert world.channels.claim(*row) == 0
    world.channels.push_many(config[1], MONTH, 0, [config[2]], [9 * GEM], sender=world.payer.address)
    refused = {
        "closing or closed": [
            lambda: world.deposit(config, GEM),
            lambda: world.channels.start_close(*row, sender=world.payer.address),
            lambda: world.channels.start_close(config, (0, 0, 0), NO_SIG, sender=world.worker.address),
            lambda: world.channels.close_auth(*row, *world.close_auth(config), sender=world.relayer.address),
        ],
        "not closing": [
            lambda: world.channels.finish_close(config),
            lambda: world.channels.submit_debit(*world.debit(config, 1)),
        ],
        "nothing to claim": [lambda: relay(world, row, *world.claim_auth(config, 2 * GEM, 0))],
    }
    for text, calls in refused.items():
        for call in calls:
            with boa.reverts(f"Channels: {text}"):
                call()
    world.env.time_travel(seconds=10 * MONTH)
    assert (world.balance(world.worker), world.channel(config)) == (held, word)


def test_I6_replaying_any_message_changes_nothing(world: World) -> None:
    config = world.config()
    world.deposit(config, 10 * GEM)
    first, second = world.voucher(config, GEM, GEM), world.voucher(config, 2 * GEM, GEM, 2)
    late = now() + 2 * MONTH
    authorized = world.claim_auth(config, 0, GEM // 2, deadline=late)
    close = world.close_auth(config, GEM // 2, deadline=late)
    debit, relayer = world.debit(config, GEM // 4), world.relayer.address

    def replay() -> None:
        """Every message again, in every state; none may do anything."""
        before = world.channel(config), world.balance(world.worker), world.balance(world.relayer)
        for row in (first, second):
            assert world.channels.claim(*row) == 0
            with boa.reverts():
                relay(world, row, *authorized)
            with boa.reverts():
                world.channels.close_auth(*row, *close, sender=relayer)
        if world.channel(config)[2] != CLOSED:
            world.channels.submit_debit(*debit)
        assert (world.channel(config), world.balance(world.worker), world.balance(world.relayer)) == before

    relay(world, first, *authorized)
    world.channels.close_auth(*second, *close, sender=relayer)
    world.channels.submit_debit(*debit)
    replay()
    world.env.time_travel(seconds=MONTH)
    world.channels.finish_close(config)
    replay()
    assert world.balance(world.worker) == 2 * GEM - GEM + GEM - GEM // 4


@pytest.mark.parametrize("party", ["payer", "worker"])
def test_I7_either_side_ends_a_channel_without_the_other(world: World, party: str) -> None:
    """With a voucher or without one: no call needs the counterparty's signature or transaction."""
    alone = getattr(world, party).address
    for salt, voucher in ((0, True), (1, False)):
        config = world.config(salt=salt)
        world.deposit(config, 10 * GEM)
        row = world.voucher(config, GEM, GEM) if voucher else (config, (0, 0, 0), NO_SIG)
        world.channels.start_close(*row, sender=alone)
        world.env.time_travel(seconds=MONTH)
        world.channels.finish_close(config, sender=alone)
        assert world.channel(config)[2] == CLOSED
    assert world.balance(world.worker) == 2 * GEM


@pytest.mark.parametrize("state", STATES)
def test_claim_in_every_state(world: World, state: str) -> None:
    """Attack 4: no closing stops a claim; only what was never opened or is closed pays nothing."""
    config = brought_to(world, state)
    row = world.voucher(config, 3 * GEM, GEM, 3)
    assert world.channels.claim(*row) == (0 if state in ("NONE", "CLOSED") else GEM)


@pytest.mark.parametrize("state", STATES)
def test_a_debit_outside_closing_is_refused(world: World, state: str) -> None:
    config = brought_to(world, state)
    call = world.debit(config, GEM)
    if state in ("NONE", "OPEN", "CLOSED"):
        before = world.channel(config)
        with boa.reverts("Channels: not closing"):
            world.channels.submit_debit(*call)
        assert world.channel(config) == before
        return
    world.channels.submit_debit(*call)
    assert world.channel(config)[2] & MAX_U96 == GEM
