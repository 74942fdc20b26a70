# SPDX-License-Identifier: Apache-2.0
"""Python's names and sums of the protocol are those of the contracts, for any values; digests: tests/judges."""

from typing import Any

import boa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gems_protocol.amount import Amount
from gems_protocol.campaign import Terms
from gems_protocol.channel import Config
from gems_protocol.messages import Domain, TransferAuth
from tests.contracts.world import GEM, World, now

_TIMES = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])

hashes = st.binary(min_size=32, max_size=32)
addresses = st.binary(min_size=20, max_size=20).map(lambda raw: "0x" + raw.hex())


def below(bits: int) -> st.SearchStrategy[int]:
    """Integers of that many bits, the edges among them."""
    return st.one_of(st.integers(0, 2**bits - 1), st.sampled_from([0, 1, 2**bits - 1]))


terms = st.builds(
    Terms,
    requester=addresses,
    hub=addresses,
    mr=below(128).map(Amount),
    ms=below(128).map(Amount),
    vs=below(128).map(Amount),
    floor=below(128).map(Amount),
    z=st.integers(1, 10),
    panel=st.just(7),
    quorum=st.integers(4, 7),
    rounds=st.integers(1, 3),
    redo=below(64),
    window=below(64),
    ends=below(64),
    verifier_root=hashes,
    seed_tip=hashes,
    arbiter=addresses,
    content_root=hashes,
    salt=hashes,
)


@_TIMES
@given(each=terms)
def test_terms(world: World, each: Terms) -> None:
    row = each.abi()
    assert world.campaigns.campaign_id(row) == each.campaign_id()
    assert world.campaigns.vr(row) == each.vr().units
    assert world.campaigns.cost(row) == each.cost().units


@_TIMES
@given(row=st.tuples(addresses, addresses, addresses, below(64), below(64)))
def test_channel_ids(world: World, row: tuple[Any, ...]) -> None:
    assert world.channels.channel_id(row) == Config(*row).channel_id()


def test_the_token_takes_a_transfer_and_its_fee_that_python_signed_once_each(world: World) -> None:
    where = world.domain("Gem")
    domain = Domain("Gem", where.chain_id, where.contract.lower())
    owner, to, relayer = (each.address.lower() for each in (world.payer, world.worker, world.relayer))
    sent = TransferAuth(owner, to, 3 * GEM, 0, now() + 60, b"\x0b" * 32)
    fee = sent.fee(relayer, GEM // 100)
    for message in (fee, sent):
        raw = message.sign(domain, bytes(world.payer.key))
        row = (raw[64], raw[:32], raw[32:64])
        fields = (message.from_, message.to, message.value, message.valid_after, message.valid_before)
        world.gem.transferWithAuthorization(*fields, message.nonce, *row, sender=world.relayer.address)
        with boa.reverts("Gem: authorization used"):
            world.gem.transferWithAuthorization(*fields, message.nonce, *row)
    assert world.balance(world.worker) == 3 * GEM
    assert world.balance(world.relayer) == GEM // 100
