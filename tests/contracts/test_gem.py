# SPDX-License-Identifier: Apache-2.0
"""Gem: ERC-20, EIP-2612 permits and EIP-3009 authorizations, with digests checked against eth-account."""

from typing import Any

import boa
import pytest

from tests.contracts.signing import (
    CANCEL_AUTHORIZATION,
    PERMIT,
    RECEIVE_AUTHORIZATION,
    TRANSFER_AUTHORIZATION,
    Sig,
    key,
)
from tests.contracts.world import GEM, NOBODY, World, now

SUPPLY = 10**9 * GEM
NONCE = b"\x0a" * 32


def vrs(sig: Sig) -> tuple[int, bytes, bytes]:
    """A signature as the token's functions take it."""
    return sig.v, sig.r.to_bytes(32, "big"), sig.s.to_bytes(32, "big")


def authorization(world: World, kind: str = TRANSFER_AUTHORIZATION, **changes: Any) -> tuple[Any, ...]:
    """Arguments of transferWithAuthorization by the payer, changed after signing if asked."""
    fields = {
        "owner": world.payer.address,
        "to": world.worker.address,
        "amount": 3 * GEM,
        "after": now() - 1,
        "before": now() + 1,
        "nonce": NONCE,
    }
    fields |= {name: value for name, value in changes.items() if name in ("after", "before")}
    sig = world.domain("Gem").sign(world.payer, kind, *fields.values())
    return (*(fields | changes).values(), *vrs(sig))


def test_the_whole_supply_belongs_to_the_holder(world: World) -> None:
    assert world.gem.totalSupply() == SUPPLY < 2**96
    assert world.balance(world.payer) + world.balance(world.requester) == SUPPLY
    assert (world.gem.name(), world.gem.symbol(), world.gem.decimals()) == ("Gem", "GEM", 18)


def test_nobody_can_be_the_holder_of_nothing() -> None:
    from tests.contracts.world import SOURCES

    with boa.reverts("Gem: no holder"):
        boa.load(str(SOURCES / "Gem.vy"), NOBODY)


def test_transfers_move_exactly_the_amount(world: World) -> None:
    before = world.balance(world.payer)
    assert world.gem.transfer(world.worker.address, GEM, sender=world.payer.address)
    (event,) = world.gem.get_logs()
    assert (event.sender, event.receiver, event.value) == (world.payer.address, world.worker.address, GEM)
    assert world.gem.transfer(world.worker.address, GEM, sender=world.worker.address)
    assert (world.balance(world.payer), world.balance(world.worker)) == (before - GEM, GEM)
    with boa.reverts("Gem: balance too small"):
        world.gem.transfer(world.payer.address, GEM + 1, sender=world.worker.address)
    with boa.reverts("Gem: no receiver"):
        world.gem.transfer(NOBODY, 1, sender=world.worker.address)


def test_allowances_are_used_up_unless_without_limit(world: World) -> None:
    spender, owner, to = world.relayer.address, world.payer.address, world.worker.address
    world.gem.approve(spender, GEM, sender=owner)
    assert world.gem.transferFrom(owner, to, GEM - 1, sender=spender)
    assert world.gem.allowance(owner, spender) == 1
    with boa.reverts("Gem: allowance too small"):
        world.gem.transferFrom(owner, to, 2, sender=spender)
    world.gem.approve(spender, 2**256 - 1, sender=owner)
    world.gem.transferFrom(owner, to, GEM, sender=spender)
    assert world.gem.allowance(owner, spender) == 2**256 - 1


def test_a_permit_sets_an_allowance_once(world: World) -> None:
    owner, spender = world.worker, world.relayer.address
    fields = (owner.address, spender, GEM)
    assert world.gem.DOMAIN_SEPARATOR() == bytes(world.domain("Gem").encoded(PERMIT, *fields, 0, 0).header)
    sig = world.domain("Gem").sign(owner, PERMIT, *fields, 0, now())
    for bad in (sig.twin(), sig._replace(v=sig.v - 27), sig._replace(s=1), Sig(27, 0, 0)):
        with boa.reverts("Gem: bad signature"):
            world.gem.permit(*fields, now(), *vrs(bad))
    with boa.reverts("Gem: bad signature"):
        world.gem.permit(NOBODY, spender, GEM, now(), *vrs(Sig(27, 0, 0)))
    world.gem.permit(*fields, now(), *vrs(sig))
    assert (world.gem.allowance(owner.address, spender), world.gem.nonces(owner.address)) == (GEM, 1)
    with boa.reverts("Gem: bad signature"):
        world.gem.permit(*fields, now(), *vrs(sig))
    with boa.reverts("Gem: permit expired"):
        world.gem.permit(*fields, now() - 1, *vrs(sig))


def test_an_authorization_moves_gem_once(world: World) -> None:
    row = authorization(world)
    world.gem.transferWithAuthorization(*row, sender=key("stranger").address)
    assert world.balance(world.worker) == 3 * GEM
    assert world.gem.authorizationState(world.payer.address, NONCE)
    with boa.reverts("Gem: authorization used"):
        world.gem.transferWithAuthorization(*row)


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"amount": 4 * GEM}, "Gem: bad signature"),
        ({"to": "0x" + "11" * 20}, "Gem: bad signature"),
        ({"owner": "0x" + "11" * 20}, "Gem: bad signature"),
        ({"nonce": b"\x0b" * 32}, "Gem: bad signature"),
        ({"after": 0, "amount": 1}, "Gem: bad signature"),
        ({"kind": RECEIVE_AUTHORIZATION}, "Gem: bad signature"),
    ],
)
def test_an_authorization_is_exactly_what_was_signed(
    world: World, changes: dict[str, Any], text: str
) -> None:
    changes = dict(changes)
    row = authorization(world, changes.pop("kind", TRANSFER_AUTHORIZATION), **changes)
    with boa.reverts(text):
        world.gem.transferWithAuthorization(*row)


def test_an_authorization_holds_strictly_between_its_times(world: World) -> None:
    with boa.reverts("Gem: authorization not yet valid"):
        world.gem.transferWithAuthorization(*authorization(world, after=now()))
    with boa.reverts("Gem: authorization expired"):
        world.gem.transferWithAuthorization(*authorization(world, before=now()))


def test_only_the_receiver_brings_a_receive_authorization(world: World) -> None:
    row = authorization(world, RECEIVE_AUTHORIZATION)
    with boa.reverts("Gem: caller is not the receiver"):
        world.gem.receiveWithAuthorization(*row, sender=key("stranger").address)
    world.gem.receiveWithAuthorization(*row, sender=world.worker.address)
    assert world.balance(world.worker) == 3 * GEM


def test_a_cancelled_authorization_moves_nothing(world: World) -> None:
    row, owner = authorization(world), world.payer
    sig = world.domain("Gem").sign(owner, CANCEL_AUTHORIZATION, owner.address, NONCE)
    with boa.reverts("Gem: bad signature"):
        world.gem.cancelAuthorization(world.worker.address, NONCE, *vrs(sig))
    world.gem.cancelAuthorization(owner.address, NONCE, *vrs(sig))
    for used in (row, authorization(world)):
        with boa.reverts("Gem: authorization used"):
            world.gem.transferWithAuthorization(*used)
    with boa.reverts("Gem: authorization used"):
        world.gem.cancelAuthorization(owner.address, NONCE, *vrs(sig))


def test_permits_do_not_hold_on_a_fork(world: World) -> None:
    fields, until = (world.payer.address, world.worker.address, GEM), now()
    sig = world.domain("Gem").sign(world.payer, PERMIT, *fields, 0, until)
    chain_id = world.env.evm.patch.chain_id
    try:
        world.env.evm.patch.chain_id = chain_id + 1
        with boa.reverts("Gem: bad signature"):
            world.gem.permit(*fields, until, *vrs(sig))
    finally:
        world.env.evm.patch.chain_id = chain_id
    world.gem.permit(*fields, until, *vrs(sig))
