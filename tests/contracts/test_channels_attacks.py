# SPDX-License-Identifier: Apache-2.0
"""Attacks on Channels that no other test here carries out; the numbers are those of docs/attacks.md."""

import boa
import pytest

from tests.contracts.relaying import relay
from tests.contracts.signing import NO_SIG, key
from tests.contracts.world import CLOSED, GEM, MAX_U128, MONTH, World

_ODD_TOKEN = """
# pragma version 0.4.3
cut: public(uint256)
balanceOf: public(HashMap[address, uint256])

@deploy
def __init__(cut: uint256):
    self.cut = cut
    self.balanceOf[msg.sender] = 10**30

@external
def transfer(to: address, amount: uint256) -> bool:
    self.balanceOf[msg.sender] -= amount
    self.balanceOf[to] += amount - amount * self.cut // 100
    return True

@external
def transferFrom(owner: address, to: address, amount: uint256) -> bool:
    self.balanceOf[owner] -= amount
    self.balanceOf[to] += amount - amount * self.cut // 100
    return True
"""


def test_attack_01_a_worker_that_claims_all_leaves_its_bond_behind(world: World) -> None:
    config = world.config()
    world.deposit(config, 10 * GEM)
    newest = world.voucher(config, 4 * GEM, 3 * GEM)
    stake = world.debit(config, 3 * GEM)
    assert world.channels.claim(*newest) == 4 * GEM
    world.channels.start_close(*newest, sender=world.worker.address)
    world.channels.submit_debit(*stake)
    world.env.time_travel(seconds=MONTH)
    world.channels.finish_close(config)
    assert world.balance(world.worker) == 4 * GEM


def test_attack_04_a_close_by_the_hub_does_not_block_the_workers_claim(world: World) -> None:
    config = world.config()
    world.deposit(config, 10 * GEM)
    world.channels.start_close(*world.voucher(config, GEM), sender=world.payer.address)
    world.env.time_travel(seconds=3 * MONTH)
    assert world.channels.claim(*world.voucher(config, 4 * GEM, seq=2)) == 3 * GEM


def test_attack_06_no_voucher_reaches_into_another_channel(world: World) -> None:
    mine, other = world.config(), world.config(key("other worker"))
    world.deposit(mine, GEM)
    world.deposit(other, 9 * GEM)
    assert world.channels.claim(*world.voucher(mine, MAX_U128)) == GEM
    assert world.channel(other) == (9 * GEM, 0, 0)
    assert world.balance(world.channels) == 9 * GEM


def test_attack_08_another_signing_key_is_another_channel(world: World) -> None:
    config = world.config()
    world.deposit(config, 10 * GEM)
    row = world.voucher(config, 4 * GEM)
    rotated = (config[0], key("new signer").address, *config[2:])
    world.deposit(rotated, GEM)
    assert world.channels.claim(rotated, row[1], row[2]) == 0
    assert world.channels.claim(*row) == 4 * GEM


def test_attack_09_the_hot_key_reaches_neither_treasury_nor_refunds(world: World) -> None:
    config, thief = world.config(), world.signer.address
    world.deposit(config, 10 * GEM)
    treasury = world.balance(world.payer)
    head = (thief, MONTH, 0, [world.worker.address], [GEM])
    world.channels.push_many(*head, sender=thief)
    assert world.channel(config) == (10 * GEM, 0, 0)
    with boa.reverts("Gem: allowance too small"):
        world.channels.deposit_many(*head, sender=thief)
    with boa.reverts("Channels: not a party"):
        world.channels.start_close(*world.voucher(config, GEM), sender=thief)
    world.channels.start_close(config, (0, 0, 0), NO_SIG, sender=world.payer.address)
    world.env.time_travel(seconds=MONTH)
    world.channels.finish_close(config, sender=thief)
    assert world.balance(world.payer) == treasury + 10 * GEM
    assert world.balance(world.signer) == 0


def test_attack_22_after_a_reorganisation_the_same_voucher_holds(world: World) -> None:
    config = world.config()
    row = world.voucher(config, 4 * GEM)
    with world.env.anchor():
        world.deposit(config, 10 * GEM)
        assert world.channels.claim(*row) == 4 * GEM
    assert world.channels.claim(*row) == 0
    world.env.time_travel(blocks=5)
    world.deposit(config, 10 * GEM)
    assert world.channels.claim(*row) == 4 * GEM


@pytest.mark.parametrize("way", ["claim", "claim_many", "claim_auth"])
def test_attack_24_a_voucher_signed_after_start_close_costs_the_hub_the_rest(world: World, way: str) -> None:
    config = world.config()
    world.deposit(config, 10 * GEM)
    world.channels.start_close(*world.voucher(config, 4 * GEM), sender=world.payer.address)
    world.env.time_travel(seconds=3600)
    burst = world.voucher(config, 4 * GEM + 1, seq=2)
    if way == "claim":
        world.channels.claim(*burst)
    elif way == "claim_many":
        world.channels.claim_many(*[[part] for part in burst])
    else:
        relay(world, burst, *world.claim_auth(config, 4 * GEM, 0))
    world.env.time_travel(seconds=MONTH)
    world.channels.finish_close(config)
    assert world.balance(world.worker) == 10 * GEM


def test_attack_25_the_penalty_is_one_channels_deposit(world: World) -> None:
    configs = [world.config(salt=salt) for salt in range(2)]
    for config in configs:
        world.deposit(config, 10 * GEM)
        world.channels.start_close(config, (0, 0, 0), NO_SIG, sender=world.payer.address)
    world.channels.claim(*world.voucher(configs[0], GEM))
    world.env.time_travel(seconds=MONTH)
    for config in configs:
        world.channels.finish_close(config)
    assert world.balance(world.worker) == 10 * GEM


def test_attack_26_a_close_at_random_wins_the_worker_no_bond(world: World) -> None:
    """The hub answers with one debit, whose gas the snapshot holds, or leaves a bond that is worth less."""
    config = world.config()
    world.deposit(config, 10 * GEM)
    world.channels.start_close(*world.voucher(config, GEM, 2 * GEM), sender=world.worker.address)
    world.channels.submit_debit(*world.debit(config, 2 * GEM), sender=world.signer.address)
    world.env.time_travel(seconds=MONTH)
    world.channels.finish_close(config)
    assert world.balance(world.worker) == GEM


@pytest.mark.parametrize("cut", [0, 1])
def test_attack_27_the_token_is_fixed_and_an_odd_one_shows_in_the_balance(world: World, cut: int) -> None:
    """GEM has no setter (test_artefacts.py). A token that keeps a part of a transfer shows in the balance."""
    token = boa.loads(_ODD_TOKEN, cut)
    channels = world.channels.deployer.deploy(token.address)
    before = token.balanceOf(channels.address)
    head = (world.signer.address, MONTH, 0, [world.worker.address], [100 * GEM])
    channels.deposit_many(*head)
    assert (token.balanceOf(channels.address) - before == 100 * GEM) == (cut == 0)
    with boa.reverts("Channels: gem is no contract"):
        world.channels.deployer.deploy(key("nobody").address)


def test_attack_40_a_censored_worker_claims_at_any_time_until_somebody_finishes(world: World) -> None:
    config = world.config(delay=7 * 86_400)
    world.deposit(config, 10 * GEM)
    row = world.voucher(config, 4 * GEM, GEM)
    world.channels.start_close(config, (0, 0, 0), NO_SIG, sender=world.payer.address)
    with boa.reverts("Channels: delay not over"):
        world.channels.finish_close(config)
    world.env.time_travel(seconds=7 * 86_400 - 1)
    assert world.channels.claim(*row) == 4 * GEM
    world.env.time_travel(seconds=1)
    world.channels.finish_close(config)
    assert world.channel(config)[2] == CLOSED
    assert world.balance(world.worker) == 10 * GEM
