# SPDX-License-Identifier: Apache-2.0
"""Channels: what is no signature of the right key over the right message is refused by every function."""

import boa
import pytest
from eth_account.signers.local import LocalAccount

from tests.contracts.relaying import relay
from tests.contracts.signing import CLAIM_AUTH, DEBIT, NO_SIG, VOUCHER, Domain, Sig, key
from tests.contracts.world import GEM, NOBODY, World, channel_id

#: Kinds of bad signatures; attacks 7, 20 and 23.
KINDS = [
    *("malleated", "zero", "zero with v", "64 bytes: v 0", "64 bytes: v 1", "v 26", "v 29", "v above a byte"),
    *("r above the order", "s zero", "other signer", "wrong chain", "wrong contract", "wrong domain name"),
    *("wrong type", "other channel", "other message"),
]


def bad(kind: str, domain: Domain, by: LocalAccount, type_string: str, *values: object) -> Sig:
    """A signature that no contract may take for one of `by` over the message in `domain`."""
    good = domain.sign(by, type_string, *values)
    forms = {
        "malleated": good.twin(),
        "zero": NO_SIG,
        "zero with v": Sig(27, 0, 0),
        # As read from 64 bytes: no v of its own, or the bare parity.
        "64 bytes: v 0": good._replace(v=0),
        "64 bytes: v 1": good._replace(v=1),
        "v 26": good._replace(v=26),
        "v 29": good._replace(v=good.v + 2),
        "v above a byte": good._replace(v=good.v + 256),
        "r above the order": good._replace(r=2**256 - 1),
        "s zero": good._replace(s=0),
    }
    if kind in forms:
        return forms[kind]
    if kind == "other signer":
        return domain.sign(key("stranger"), type_string, *values)
    if kind == "wrong chain":
        return domain._replace(chain_id=domain.chain_id + 1).sign(by, type_string, *values)
    if kind == "wrong contract":
        return domain._replace(contract="0x" + "11" * 20).sign(by, type_string, *values)
    if kind == "wrong domain name":
        return domain._replace(name="GemCampaigns").sign(by, type_string, *values)
    if kind == "wrong type":
        return domain.sign(by, type_string.replace("(", "s(", 1), *values)
    changed = list(values)
    changed[0 if kind == "other channel" else 1] = b"\1" * 32 if kind == "other channel" else 2 * GEM
    return domain.sign(by, type_string, *changed)


@pytest.mark.parametrize("kind", KINDS)
def test_a_bad_voucher_signature_is_refused_by_every_function(world: World, kind: str) -> None:
    config, domain, values = world.config(), world.domain("GemChannels"), (GEM, GEM, 1)
    world.deposit(config, 10 * GEM)
    sig = bad(kind, domain, world.signer, VOUCHER, channel_id(config), *values)
    assert world.channels.claim(config, values, sig) == 0
    world.channels.claim_many([config], [values], [sig])
    with boa.reverts("Channels: bad voucher"):
        relay(world, (config, values, sig), *world.claim_auth(config, 0, 0))
    with boa.reverts("Channels: bad voucher"):
        world.channels.start_close(config, values, sig, sender=world.payer.address)
    with boa.reverts("Channels: bad voucher"):
        call = (config, values, sig, *world.close_auth(config))
        world.channels.close_auth(*call, sender=world.relayer.address)
    assert world.channel(config) == (10 * GEM, 0, 0)
    # While closing too, where it would raise the bond and mark the hub as a cheat.
    world.channels.start_close(config, (0, 0, 0), NO_SIG, sender=world.payer.address)
    before = world.channel(config)
    assert world.channels.claim(config, values, sig) == 0
    assert world.channel(config) == before


@pytest.mark.parametrize("kind", KINDS)
def test_a_bad_signature_of_the_worker_is_refused(world: World, kind: str) -> None:
    config, domain, worker = world.config(), world.domain("GemChannels"), world.worker
    world.deposit(config, 10 * GEM)
    name, reason = channel_id(config), b"\7" * 32
    auth, _ = world.claim_auth(config, 0, 0)
    with boa.reverts("Channels: bad authorization"):
        relay(world, world.voucher(config, GEM), auth, bad(kind, domain, worker, CLAIM_AUTH, name, 0, *auth))
    world.channels.start_close(*world.voucher(config, 0, GEM), sender=worker.address)
    before = world.channel(config)
    with boa.reverts("Channels: bad debit"):
        world.channels.submit_debit(config, GEM, reason, bad(kind, domain, worker, DEBIT, name, GEM, reason))
    assert world.channel(config) == before


def test_control_the_good_signature_is_accepted_by_every_function(world: World) -> None:
    config = world.config()
    world.deposit(config, 10 * GEM)
    assert world.channels.claim(*world.voucher(config, GEM)) == GEM
    assert relay(world, world.voucher(config, 2 * GEM), *world.claim_auth(config, GEM, 0)) == GEM
    world.channels.start_close(*world.voucher(config, 3 * GEM, GEM), sender=world.payer.address)
    world.channels.submit_debit(*world.debit(config, GEM))
    assert world.channel(config)[:2] == (10 * GEM, 3 * GEM)
    assert world.channel(config)[2] & (2**96 - 1) == GEM


def test_a_zero_signer_never_signs(world: World) -> None:
    config = (world.payer.address, NOBODY, world.worker.address, world.config()[3], 0)
    for sig in (NO_SIG, Sig(27, 0, 0), Sig(28, 1, 1)):
        assert world.channels.claim(config, (GEM, 0, 1), sig) == 0


def test_signatures_do_not_hold_on_a_fork(world: World) -> None:
    """Attack 23: the domain is rebuilt when the chain's number changes."""
    config = world.config()
    world.deposit(config, 10 * GEM)
    row = world.voucher(config, GEM)
    chain_id = world.env.evm.patch.chain_id
    try:
        world.env.evm.patch.chain_id = chain_id + 1
        assert world.channels.claim(*row) == 0
        assert world.channels.claim(*world.voucher(config, GEM)) == GEM
    finally:
        world.env.evm.patch.chain_id = chain_id


def test_a_signer_with_code_cannot_repudiate(world: World) -> None:
    """Attack 7: the hub's key delegates to a contract (EIP-7702), and its vouchers bind all the same."""
    config = world.config()
    world.deposit(config, 10 * GEM)
    row = world.voucher(config, GEM)
    delegation = bytes.fromhex("ef0100") + bytes.fromhex(str(world.gem.address)[2:])
    world.env.set_code(world.signer.address, delegation)
    assert world.channels.claim(*row) == GEM
