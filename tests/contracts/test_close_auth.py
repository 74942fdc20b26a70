# SPDX-License-Identifier: Apache-2.0
"""The relayed start of closing: the worker's own close, bound to a relayer, a fee and a last second."""

import boa
import pytest

from tests.contracts.relaying import close
from tests.contracts.signing import CLAIM_AUTH, CLOSE_AUTH, DEBIT, NO_SIG, key
from tests.contracts.world import CLOSED, GEM, MONTH, World, channel_id, now


def test_a_relayer_starts_the_workers_close_for_its_fee(world: World) -> None:
    config = world.config()
    world.deposit(config, 10 * GEM)
    assert close(world, world.voucher(config, 4 * GEM, 3 * GEM), world.close_auth(config, GEM)) == 4 * GEM
    names = [type(log).__name__ for log in world.channels.get_logs()]
    assert [name for name in names if name != "Transfer"] == ["Claimed", "Closing"]
    assert (world.balance(world.worker), world.balance(world.relayer)) == (3 * GEM, GEM)
    assert world.channel(config) == (10 * GEM, 4 * GEM, (now() + MONTH) << 192 | (3 * GEM) << 96)
    # The same effect as the worker's own start_close: more may be shown later, without a penalty.
    assert world.channels.claim(*world.voucher(config, 5 * GEM, 4 * GEM, 2)) == GEM
    world.env.time_travel(seconds=MONTH)
    world.channels.finish_close(config)
    assert world.balance(world.worker) == 8 * GEM


def test_it_writes_what_the_workers_own_start_writes(world: World) -> None:
    config = world.config()
    world.deposit(config, 10 * GEM)
    row, words = world.voucher(config, 4 * GEM, 3 * GEM), []
    with world.env.anchor():
        world.channels.start_close(*row, sender=world.worker.address)
        words.append(world.channel(config))
    with world.env.anchor():
        close(world, row, world.close_auth(config))
        words.append(world.channel(config))
    assert words[0] == words[1]


def test_only_the_named_relayer_in_time_with_the_workers_signature(world: World) -> None:
    config = world.config()
    world.deposit(config, 10 * GEM)
    row, signed = world.voucher(config, 4 * GEM), world.close_auth(config, GEM)
    with boa.reverts("Channels: not the relayer"):
        close(world, row, signed, by=key("bot"))
    with boa.reverts("Channels: authorization expired"):
        close(world, row, world.close_auth(config, GEM, deadline=now() - 1))
    relayer, fee, deadline, wsig = signed
    with boa.reverts("Channels: bad authorization"):
        close(world, row, (key("bot").address, fee, deadline, wsig), by=key("bot"))
    for other in ((relayer, fee + 1, deadline, wsig), (relayer, fee, deadline + 1, wsig)):
        with boa.reverts("Channels: bad authorization"):
            close(world, row, other)
    assert close(world, row, world.close_auth(config, GEM, deadline=now())) == 4 * GEM


def test_authorizations_of_another_kind_key_channel_chain_or_form_are_refused(world: World) -> None:
    config, domain, worker = world.config(), world.domain("GemChannels"), world.worker
    world.deposit(config, 10 * GEM)
    relayer, fee, deadline, good = world.close_auth(config, GEM)
    values = (channel_id(config), relayer, fee, deadline)
    bad = {
        "malleated": good.twin(),
        "zero": NO_SIG,
        "v as in 64 bytes": good._replace(v=good.v - 27),
        "payer": world.close_auth(config, GEM, by=world.payer)[3],
        "signer": world.close_auth(config, GEM, by=world.signer)[3],
        "other channel": world.close_auth(world.config(salt=1), GEM)[3],
        "other chain": domain._replace(chain_id=domain.chain_id + 1).sign(worker, CLOSE_AUTH, *values),
        "other contract": domain._replace(contract=relayer).sign(worker, CLOSE_AUTH, *values),
        "claim": domain.sign(worker, CLAIM_AUTH, values[0], 0, worker.address, *values[1:]),
        "debit": domain.sign(worker, DEBIT, values[0], fee, b"\0" * 32),
    }
    for name, sig in bad.items():
        with boa.reverts("Channels: bad authorization"):
            close(world, world.voucher(config, 4 * GEM), (relayer, fee, deadline, sig))
        assert world.channel(config) == (10 * GEM, 0, 0), name


def test_the_fee_comes_out_of_what_is_credited_at_that_moment(world: World) -> None:
    config = world.config()
    world.deposit(config, 10 * GEM)
    row = world.voucher(config, 4 * GEM, GEM)
    with boa.reverts("Channels: fee above amount"):
        close(world, row, world.close_auth(config, 4 * GEM + 1))
    world.channels.claim(*world.voucher(config, 3 * GEM))
    with boa.reverts("Channels: fee above amount"):
        close(world, row, world.close_auth(config, GEM + 1))
    assert close(world, row, world.close_auth(config, GEM)) == GEM
    assert (world.balance(world.worker), world.balance(world.relayer)) == (3 * GEM, GEM)


def test_without_any_voucher_it_closes_for_no_fee(world: World) -> None:
    config = world.config()
    world.deposit(config, 10 * GEM)
    empty = (config, (0, 0, 0), NO_SIG)
    with boa.reverts("Channels: fee above amount"):
        close(world, empty, world.close_auth(config, 1))
    with boa.reverts("Channels: bad voucher"):
        close(world, (config, (0, 0, 1), NO_SIG), world.close_auth(config))
    with boa.reverts("Channels: bad voucher"):
        close(world, world.voucher(config, GEM, by=world.payer), world.close_auth(config))
    assert close(world, empty, world.close_auth(config)) == 0
    assert world.channel(config)[2] == (now() + MONTH) << 192


@pytest.mark.parametrize("state", ["NONE", "CLOSING", "CLOSED"])
def test_it_works_once_and_only_on_an_open_channel(world: World, state: str) -> None:
    config = world.config()
    row, signed = world.voucher(config, 4 * GEM), world.close_auth(config, deadline=now() + 2 * MONTH)
    if state != "NONE":
        world.deposit(config, 10 * GEM)
        close(world, row, signed)
    if state == "CLOSED":
        world.env.time_travel(seconds=MONTH)
        world.channels.finish_close(config)
        assert world.channel(config)[2] == CLOSED
    text = "unknown channel" if state == "NONE" else "closing or closed"
    before = world.channel(config)
    with boa.reverts(f"Channels: {text}"):
        close(world, row, signed)
    assert world.channel(config) == before


def test_the_relayer_that_brings_an_old_voucher_takes_nothing_from_the_worker(world: World) -> None:
    config = world.config()
    world.deposit(config, 10 * GEM)
    close(world, (config, (0, 0, 0), NO_SIG), world.close_auth(config))
    assert world.channels.claim(*world.voucher(config, 4 * GEM, 3 * GEM, 9)) == 4 * GEM
    world.env.time_travel(seconds=MONTH)
    world.channels.finish_close(config)
    assert world.balance(world.worker) == 7 * GEM
