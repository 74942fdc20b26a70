# SPDX-License-Identifier: Apache-2.0
"""What mutants of Channels showed to be untested: callers that are contracts, and lists too long on each side."""

from typing import Any

import boa
import pytest
from eth_abi import encode
from eth_utils import keccak

from tests.contracts.relaying import close, relay
from tests.contracts.signing import NO_SIG
from tests.contracts.world import GEM, MONTH, World, channel_id

_FORWARDER = """
# pragma version 0.4.3
@external
def forward(to: address, data: Bytes[2048]):
    raw_call(to, data)
"""


@pytest.fixture(scope="module")
def forwarding() -> Any:
    return boa.loads_partial(_FORWARDER)


def through(world: World, forwarding: Any, by: str, function: str, *values: Any) -> None:
    """Calls Channels from a contract in a transaction of `by`, who is then the origin and not the caller."""
    data = getattr(world.channels, function).prepare_calldata(*values)
    forwarding.deploy().forward(world.channels.address, data, sender=by)


def test_who_calls_counts_and_not_whose_transaction_it_is(world: World, forwarding: Any) -> None:
    """A contract that a party calls cannot act for that party."""
    config = world.config()
    world.deposit(config, 10 * GEM)
    row, relayer = world.voucher(config, 4 * GEM), world.relayer.address
    with boa.reverts("Channels: not the relayer"):
        through(world, forwarding, relayer, "close_auth", *row, *world.close_auth(config, GEM))
    auth, wsig = world.claim_auth(config, 0, GEM)
    with boa.reverts("Channels: not the relayer"):
        through(world, forwarding, relayer, "claim_auth", *row, auth, wsig)
    for party in (world.payer, world.worker):
        with boa.reverts("Channels: not a party"):
            through(world, forwarding, party.address, "start_close", config, (0, 0, 0), NO_SIG)
    head = (config[1], MONTH, 0, [config[2]], [GEM])
    with boa.reverts():
        through(world, forwarding, world.payer.address, "deposit_many", *head)
    through(world, forwarding, world.payer.address, "push_many", *head)
    assert world.channel(config) == (10 * GEM, 0, 0)


def test_a_contract_that_is_the_relayer_gets_the_fee(world: World, forwarding: Any) -> None:
    config, contract = world.config(), forwarding.deploy()
    world.deposit(config, 10 * GEM)
    auth, wsig = world.claim_auth(config, 0, GEM, relayer=contract.address)
    data = world.channels.claim_auth.prepare_calldata(*world.voucher(config, 4 * GEM), auth, wsig)
    contract.forward(world.channels.address, data, sender=world.relayer.address)
    assert (world.balance(contract), world.balance(world.relayer)) == (GEM, 0)
    signed = world.close_auth(config, GEM, relayer=contract.address)
    data = world.channels.close_auth.prepare_calldata(*world.voucher(config, 6 * GEM, seq=2), *signed)
    contract.forward(world.channels.address, data, sender=world.relayer.address)
    assert (world.balance(contract), world.balance(world.relayer)) == (2 * GEM, 0)


def test_a_contract_that_is_the_payer_pays_and_is_named(world: World, forwarding: Any) -> None:
    contract = forwarding.deploy()
    world.gem.transfer(contract.address, 10 * GEM, sender=world.payer.address)
    approve = world.gem.approve.prepare_calldata(world.channels.address, 10 * GEM)
    contract.forward(world.gem.address, approve, sender=world.relayer.address)
    head = (world.signer.address, MONTH, 0, [world.worker.address])
    for function in ("deposit_many", "push_many"):
        data = getattr(world.channels, function).prepare_calldata(*head, [10 * GEM])
        contract.forward(world.channels.address, data, sender=world.relayer.address)
    config = (contract.address, world.signer.address, world.worker.address, MONTH, 0)
    assert tuple(world.channels.channel(channel_id(config))) == (10 * GEM, 10 * GEM, 0)
    assert world.balance(world.worker) == 10 * GEM


@pytest.mark.parametrize("lengths", [(2, 1, 1), (1, 2, 1), (1, 1, 2), (2, 2, 1), (2, 1, 2), (1, 2, 2)])
def test_lists_of_other_lengths_are_refused_for_that_reason(
    world: World, lengths: tuple[int, int, int]
) -> None:
    row = world.voucher(world.config(), GEM)
    with boa.reverts("Channels: lengths differ"):
        world.channels.claim_many(*[[part] * count for part, count in zip(row, lengths, strict=True)])
    head = (world.signer.address, MONTH, 0)
    for function in (world.channels.deposit_many, world.channels.push_many):
        with boa.reverts("Channels: lengths differ"):
            function(
                *head,
                [world.worker.address] * lengths[0],
                [GEM] * (3 - lengths[0]),
                sender=world.payer.address,
            )


def test_the_named_relayer_brings_both_messages(world: World) -> None:
    """What the forwarded calls above lack is only the caller."""
    config = world.config()
    world.deposit(config, 10 * GEM)
    auth, wsig = world.claim_auth(config, 0, GEM)
    assert relay(world, world.voucher(config, 4 * GEM), auth, wsig) == 4 * GEM
    assert close(world, world.voucher(config, 6 * GEM, seq=2), world.close_auth(config, GEM)) == 2 * GEM


@pytest.mark.parametrize("function", ["deposit_many", "push_many"])
def test_a_batch_has_at_most_128_rows(world: World, function: str) -> None:
    kinds = ["address", "uint64", "uint64", "address[]", "uint128[]"]
    head = (world.signer.address, MONTH, 0)
    for rows, works in ((128, True), (129, False)):
        workers = [f"0x{number:040x}" for number in range(1, rows + 1)]
        data = keccak(text=f"{function}({','.join(kinds)})")[:4] + encode(kinds, [*head, workers, [1] * rows])
        done = world.env.execute_code(
            to_address=world.channels.address, sender=world.payer.address, data=data
        )
        assert done.is_success is works


def test_a_relayed_claim_and_an_end_are_logged(world: World) -> None:
    """By these events clients and towers learn of money that somebody else moved."""
    config = world.config()
    world.deposit(config, 10 * GEM)
    auth, wsig = world.claim_auth(config, 0, GEM)
    relay(world, world.voucher(config, 4 * GEM, 2 * GEM, seq=3), auth, wsig)
    assert logged(world, "Claimed") == [(channel_id(config), 4 * GEM, 3)]
    row = world.voucher(config, 4 * GEM, 2 * GEM, seq=3)
    world.channels.start_close(*row, sender=world.payer.address)
    world.env.time_travel(seconds=MONTH)
    world.channels.finish_close(config)
    assert logged(world, "Closed") == [(channel_id(config), 2 * GEM, 4 * GEM)]


def logged(world: World, event: str) -> list[tuple[Any, ...]]:
    """The last call's events of one kind, their fields in order."""
    return [tuple(one)[1:] for one in world.channels.get_logs() if type(one).__name__ == event]
