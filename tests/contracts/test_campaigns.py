# SPDX-License-Identifier: Apache-2.0
"""Campaigns: funding, the hub's redeeming of a cumulative Spend, and the requester's exit."""

from typing import Any

import boa
import pytest
from eth_abi import encode
from eth_utils import keccak

from tests.contracts.signing import NO_SIG, SPEND, VOUCHER, Sig, key
from tests.contracts.world import DAY, GEM, MAX_U96, MAX_U128, MONTH, NOBODY, Terms, World, now


def fund(world: World, terms: Terms, tasks: int, by: Any = None) -> int:
    """Funds tasks as the requester or somebody else."""
    sender = (by or world.requester).address
    return int(world.campaigns.fund(terms.row(), tasks, sender=sender))


def start_withdraw(world: World, terms: Terms) -> None:
    """The requester starts its exit."""
    world.campaigns.start_withdraw(terms.row(), sender=world.requester.address)


def test_the_id_is_the_hash_of_the_terms(world: World) -> None:
    terms = world.terms(arbiter=key("arbiter").address)
    assert world.campaigns.campaign_id(terms.row()) == terms.id()


def test_the_spend_digest_is_that_of_eth_account(world: World) -> None:
    values = (b"\xfe" * 32, MAX_U128, 2**64 - 1)
    struct_hash = keccak(encode(["bytes32", "bytes32", "uint128", "uint64"], [keccak(text=SPEND), *values]))
    separator = world.campaigns.eval("eip712_domain.separator()")
    digest = keccak(b"\x19\x01" + separator + struct_hash)
    assert digest == world.domain("GemCampaigns").digest(SPEND, *values)


def test_the_judge_has_the_domain_of_the_escrow_on_every_chain(world: World) -> None:
    """Attack 23: both rebuild it when the chain forks."""
    chain_id = boa.env.evm.patch.chain_id
    seen = set()
    try:
        for each in (chain_id, chain_id + 1):
            boa.env.evm.patch.chain_id = each
            separator = world.campaigns.eval("eip712_domain.separator()")
            assert world.judge.eval("self._separator()") == separator
            seen.add(separator)
    finally:
        boa.env.evm.patch.chain_id = chain_id
    assert len(seen) == 2


@pytest.mark.parametrize(
    ("mr", "z", "floor", "vr"),
    [
        (GEM // 10, 10, GEM // 5, GEM // 10),
        (3 * GEM // 4, 5, GEM // 5, GEM // 5),
        (10 * GEM, 3, GEM // 5, 10 * GEM // 3),
        (1, 10, 0, 0),
        (MAX_U128, 1, MAX_U128, MAX_U128),
    ],
)
def test_what_verifying_pays_and_a_task_costs(world: World, mr: int, z: int, floor: int, vr: int) -> None:
    terms = world.terms(mr=mr, z=z, floor=floor, panel=7)
    assert world.campaigns.vr(terms.row()) == vr <= mr
    assert world.campaigns.cost(terms.row()) == mr + 14 * vr


def test_funding_counts_prefunded_tasks_and_says_so(world: World) -> None:
    terms = world.terms()
    cost = world.campaigns.cost(terms.row())
    before = world.balance(world.requester)
    assert fund(world, terms, 10) == 10
    (event,) = [log for log in world.campaigns.get_logs() if type(log).__name__ == "Funded"]
    assert (event.id, event.requester, event.hub) == (terms.id(), terms.requester, terms.hub)
    assert (event.amount, event.tasks) == (10 * cost, 10)
    assert fund(world, terms, 5, by=world.payer) == 15
    assert world.campaigns.funded(terms.id()) == 15 * cost == world.balance(world.campaigns)
    assert world.balance(world.requester) == before - 10 * cost


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"requester": NOBODY}, "Campaigns: bad requester"),
        ({"hub": NOBODY}, "Campaigns: bad hub"),
        ({"mr": 0}, "Campaigns: no reward"),
        ({"z": 0}, "Campaigns: z outside 1 to 10"),
        ({"z": 11}, "Campaigns: z outside 1 to 10"),
        ({"panel": 0, "quorum": 0}, "Campaigns: panel not odd or above 7"),
        ({"panel": 2}, "Campaigns: panel not odd or above 7"),
        ({"panel": 9, "quorum": 5}, "Campaigns: panel not odd or above 7"),
        ({"panel": 3, "quorum": 1}, "Campaigns: quorum no majority"),
        ({"panel": 3, "quorum": 4}, "Campaigns: quorum above panel"),
        ({"panel": 7, "quorum": 255}, "Campaigns: quorum above panel"),
        ({"rounds": 0}, "Campaigns: rounds outside 1 to 3"),
        ({"rounds": 4}, "Campaigns: rounds outside 1 to 3"),
        ({"window": 0}, "Campaigns: window outside 7 days"),
        ({"window": 7 * DAY + 1}, "Campaigns: window outside 7 days"),
        ({"window": 2**64 - 1}, "Campaigns: window outside 7 days"),
        ({"redo": 30 * DAY + 1}, "Campaigns: redo above 30 days"),
        ({"redo": 2**64 - 1}, "Campaigns: redo above 30 days"),
        ({"ends": 0}, "Campaigns: ends in the past"),
        ({"ends": 2**64 - 1}, "Campaigns: ends too far away"),
    ],
)
def test_terms_that_make_no_sense_are_refused(world: World, changes: dict[str, Any], text: str) -> None:
    with boa.reverts(text):
        fund(world, world.terms(**changes), 1)


def test_the_terms_may_not_name_the_escrow_itself(world: World) -> None:
    escrow = world.campaigns.address
    for who, text in (("requester", "Campaigns: bad requester"), ("hub", "Campaigns: bad hub")):
        with boa.reverts(text):
            fund(world, world.terms(**{who: escrow}), 1)


def test_the_largest_terms_are_taken(world: World) -> None:
    largest = {"z": 10, "panel": 7, "quorum": 7, "rounds": 3, "redo": 30 * DAY, "window": 7 * DAY}
    assert fund(world, world.terms(**largest, ends=now() + 5 * 365 * DAY), 1) == 1
    assert fund(world, world.terms(z=1, panel=1, quorum=1, rounds=1, redo=0, window=1), 1) == 1
    with boa.reverts("Campaigns: ends too far away"):
        fund(world, world.terms(ends=now() + 5 * 365 * DAY + 1), 1)


def test_a_campaign_must_end_in_the_future_when_first_funded(world: World) -> None:
    with boa.reverts("Campaigns: ends in the past"):
        fund(world, world.terms(ends=now()), 1)
    assert fund(world, world.terms(ends=now() + 1), 1) == 1


@pytest.mark.parametrize(
    ("mr", "tasks", "text"),
    [
        (1, 0, "Campaigns: no tasks"),
        (1, 2**32, "Campaigns: too many tasks"),
        (1, 2**256 - 1, "Campaigns: too many tasks"),
        (MAX_U128, 2, "Campaigns: too much"),
        (MAX_U128, 1, "Campaigns: too much"),
        (MAX_U96 + 1, 1, "Campaigns: too much"),
        (MAX_U96 // 3 + 1, 1, "Campaigns: too much"),
        (MAX_U96 // 3, 1, "Gem: balance too small"),
    ],
)
def test_amounts_that_do_not_fit_are_refused(world: World, mr: int, tasks: int, text: str) -> None:
    terms = world.terms(mr=mr, floor=0, z=10 if mr == 1 else 1, panel=1, quorum=1)
    with boa.reverts(text):
        fund(world, terms, tasks)


def test_task_indexes_stay_within_their_32_bits(world: World) -> None:
    terms = world.terms(mr=1, floor=0, z=10, panel=1, quorum=1)
    assert fund(world, terms, 2**32 - 1) == 2**32 - 1
    with boa.reverts("Campaigns: too many tasks"):
        fund(world, terms, 1)


def test_the_hub_redeems_what_was_signed_once_and_at_most_what_was_funded(world: World) -> None:
    terms = world.terms()
    fund(world, terms, 2)
    funded = world.campaigns.funded(terms.id())
    hub = world.balance(terms.hub)
    assert world.campaigns.redeem(*world.spend(terms, GEM), sender=key("stranger").address) == GEM
    assert world.campaigns.redeem(*world.spend(terms, GEM)) == 0
    assert world.campaigns.redeem(*world.spend(terms, GEM - 1, seq=9)) == 0
    above = world.spend(terms, funded + GEM, seq=2)
    assert world.campaigns.redeem(*above) == funded - GEM
    assert world.campaigns.redeem(*above) == 0
    fund(world, terms, 1)
    assert world.campaigns.redeem(*above) == GEM
    assert world.campaigns.redeemed(terms.id()) == funded + GEM == world.balance(terms.hub) - hub


def test_bad_signatures_redeem_nothing(world: World) -> None:
    terms, other = world.terms(), world.terms(salt=b"\5" * 32)
    for each in (terms, other):
        fund(world, each, 2)
    row, spend, good = world.spend(terms, GEM)
    domain = world.domain("GemCampaigns")
    values = (terms.id(), *spend)
    bad = {
        "malleated": good.twin(),
        "zero": NO_SIG,
        "v": Sig(good.v - 27, good.r, good.s),
        "signer": world.spend(terms, GEM, by=world.relayer)[2],
        "campaign": world.spend(other, GEM)[2],
        "seq": world.spend(terms, GEM, seq=2)[2],
        "chain": domain._replace(chain_id=domain.chain_id + 1).sign(world.requester, SPEND, *values),
        "contract": world.domain("GemChannels")
        ._replace(name="GemCampaigns")
        .sign(world.requester, SPEND, *values),
        "name": domain._replace(name="GemChannels").sign(world.requester, SPEND, *values),
        "type": domain.sign(world.requester, VOUCHER, terms.id(), GEM, 0, 1),
    }
    for name, sig in bad.items():
        with boa.reverts("Campaigns: bad spend"):
            world.campaigns.redeem(row, spend, sig)
        assert world.campaigns.redeemed(terms.id()) == 0, name


def test_the_terms_cannot_name_another_hub_or_requester(world: World) -> None:
    terms = world.terms()
    fund(world, terms, 2)
    thief = key("thief")
    for changed in (terms.but(hub=thief.address), terms.but(requester=thief.address)):
        signed = world.spend(changed, GEM, by=world.requester if changed.hub == thief.address else thief)
        assert world.campaigns.redeem(*signed) == 0
    assert world.balance(thief) == 0


@pytest.mark.parametrize(
    ("redo", "window"), [(DAY, 3 * DAY), (11 * DAY, 3 * DAY), (11 * DAY + 1, 3 * DAY), (30 * DAY, 7 * DAY)]
)
def test_the_requester_leaves_only_after_the_end_and_the_delay(world: World, redo: int, window: int) -> None:
    terms, delay = world.terms(redo=redo, window=window), max(redo + 3 * window, 20 * DAY)
    with boa.reverts("Campaigns: unknown campaign"):
        start_withdraw(world, terms)
    before = world.balance(world.requester)
    fund(world, terms, 2)
    funded = world.campaigns.funded(terms.id())
    with boa.reverts("Campaigns: not ended"):
        start_withdraw(world, terms)
    world.env.time_travel(seconds=MONTH)
    with boa.reverts("Campaigns: not the requester"):
        world.campaigns.start_withdraw(terms.row(), sender=terms.hub)
    with boa.reverts("Campaigns: exit not started"):
        world.campaigns.finish_withdraw(terms.row())
    start_withdraw(world, terms)
    assert world.campaigns.exits(terms.id()) == now() + delay
    with boa.reverts("Campaigns: exit started"):
        start_withdraw(world, terms)
    with boa.reverts("Campaigns: exit started"):
        fund(world, terms, 1)
    world.env.time_travel(seconds=delay - 1)
    with boa.reverts("Campaigns: delay not over"):
        world.campaigns.finish_withdraw(terms.row())
    assert world.campaigns.redeem(*world.spend(terms, GEM)) == GEM
    world.env.time_travel(seconds=1)
    assert world.campaigns.redeem(*world.spend(terms, GEM + 1, seq=2)) == 1
    stranger = key("stranger").address
    assert world.campaigns.finish_withdraw(terms.row(), sender=stranger) == funded - GEM - 1
    assert world.balance(world.requester) == before - GEM - 1
    assert world.balance(world.campaigns) == 0


def test_a_finished_campaign_pays_nothing_more(world: World) -> None:
    terms, other = world.terms(), world.terms(salt=b"\5" * 32)
    for each in (terms, other):
        fund(world, each, 2)
    world.env.time_travel(seconds=MONTH)
    start_withdraw(world, terms)
    world.env.time_travel(seconds=MONTH)
    world.campaigns.finish_withdraw(terms.row())
    assert world.campaigns.redeem(*world.spend(terms, GEM)) == 0
    with boa.reverts("Campaigns: exit not started"):
        world.campaigns.finish_withdraw(terms.row())
    with boa.reverts("Campaigns: exit started"):
        fund(world, terms, 1)
    assert world.balance(world.campaigns) == world.campaigns.funded(other.id())


def test_more_may_be_funded_after_the_end_to_honour_a_spend(world: World) -> None:
    terms = world.terms()
    fund(world, terms, 1)
    world.env.time_travel(seconds=MONTH + DAY)
    assert fund(world, terms, 1) == 2
