# SPDX-License-Identifier: Apache-2.0
"""What Judge takes as proof of a verdict, and everything that it refuses."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import boa
import pytest

from gems_protocol import merkle
from gems_protocol.messages import Panel, Vote
from tests.contracts.dispute import (
    ALONE,
    LIST,
    LISTED,
    NO_PATH,
    NO_SIG,
    NOTHING,
    OTHER,
    Row,
    Task,
    campaign,
    low,
    verifiers,
)
from tests.contracts.signing import ORDER, key
from tests.contracts.world import DAY, GEM, MONTH, World

PANEL = verifiers(3)
SEVEN = verifiers(7, 10)
BAD_VOTE = "Judge: bad vote"


def claim(task: Task, verdict: Row, given: Row | None = None, work: Row | None = None) -> None:
    """Bring a first verdict with other evidence about the task."""
    task.world.judge.claim(task.terms.row(), *(given or task.given), work or task.work, verdict, NOTHING)


def swapped(row: Row, at: int, value: Any) -> Row:
    """A row with another value at one place."""
    return (*row[:at], value, *row[at + 1 :])


def twin(sig: Row) -> Row:
    """The malleated signature of the same message."""
    return 55 - sig[0], sig[1], ORDER - sig[2]


def test_the_hubs_payer_may_sign_itself(world: World) -> None:
    terms = world.terms(hub=world.signer.address)
    world.campaigns.fund(terms.row(), 20, sender=world.requester.address)
    task = Task(world, terms)
    task.claim(task.verdict(PANEL))
    assert task.state == "accepted"


@pytest.mark.parametrize(
    ("round_", "votes", "enough"),
    [
        (0, [0, 1, 2], False),
        (0, [0, 1, 2, 3], True),
        (1, [0, 1, 2], False),
        (1, [3, 4, 5, 6], True),
        (2, [0, 1], False),
        (2, [0, 3, 6], True),
        (0, [], False),
    ],
)
def test_the_quorum_of_the_terms_decides_and_in_the_last_round_a_majority(
    world: World, round_: int, votes: list[int], enough: bool
) -> None:
    """A panel of five in the last round, of seven before it; the terms' quorum is four."""
    task = Task(world, campaign(world, panel=5, quorum=4))
    panel = SEVEN if round_ < 2 else verifiers(5)
    if round_ == 2:
        votes = [vote % 5 for vote in sorted({vote % 5 for vote in votes})]
    verdict = task.verdict(panel, round=round_, votes=votes)
    if enough:
        task.claim(verdict)
        assert task.word >> 4 & 15 == round_
        return
    with boa.reverts("Judge: too few votes"):
        task.claim(verdict)


def test_a_panel_of_seven_needs_four_even_if_the_quorum_is_two(world: World) -> None:
    task = Task(world, campaign(world))
    with boa.reverts("Judge: too few votes"):
        task.claim(task.verdict(SEVEN, votes=[0, 1, 2]))
    task.claim(task.verdict(SEVEN, votes=[0, 1, 2, 3]))


def test_rounds_are_those_of_the_terms(world: World) -> None:
    for rounds in (1, 3):
        task = Task(world, campaign(world, rounds=rounds))
        for round_ in (rounds, 15, 255):
            with boa.reverts("Judge: no such round"):
                task.claim(task.verdict(PANEL, round=round_))
        task.claim(task.verdict(PANEL, round=rounds - 1))


def test_a_panel_has_distinct_people_in_order_without_the_miner(world: World) -> None:
    task = Task(world, campaign(world))
    for panel in (PANEL[::-1], [PANEL[0], PANEL[0], PANEL[1]]):
        with boa.reverts("Judge: panel not ascending"):
            task.claim(task.verdict(panel))
    with_miner = sorted([*PANEL, task.miner], key=lambda one: int(one.address, 16))
    with boa.reverts("Judge: miner on the panel"):
        task.claim(task.verdict(with_miner))
    with boa.reverts("Judge: too few votes"):
        task.claim(task.verdict([]))


def test_a_seat_votes_once_and_exists(world: World) -> None:
    task = Task(world, campaign(world))
    for votes in ([0, 0], [1, 0], [2, 2, 2]):
        with boa.reverts("Judge: seats not rising"):
            task.claim(task.verdict(PANEL, votes=votes))
    verdict = task.verdict(PANEL, votes=[0, 1])
    ballots = [verdict[5][0], swapped(verdict[5][1], 0, 3)]
    with boa.reverts("Judge: no such seat"):
        task.claim(swapped(verdict, 5, ballots))


def test_only_the_hubs_keys_sign_assignments_and_panels(world: World) -> None:
    task = Task(world, campaign(world))
    verdict, stranger = task.verdict(PANEL), key("stranger")
    fields, signer, sig = task.given
    with boa.reverts("Judge: unknown signer"):
        claim(task, verdict, given=(fields, stranger.address, task.sig(task.assignment, stranger)))
    for bad in (task.sig(task.assignment, stranger), twin(sig), NO_SIG):
        with boa.reverts("Judge: bad assignment"):
            claim(task, verdict, given=(fields, signer, bad))
    panel = Panel(task.terms.id(), 0, 0, 0, tuple(low(one) for one in PANEL))
    bads = [task.sig(panel, stranger), twin(verdict[2]), NO_SIG, task.sig(replace(panel, round=1), task.hub)]
    for bad in bads:
        with boa.reverts("Judge: bad panel"):
            claim(task, swapped(verdict, 2, bad))
    claim(task, verdict)


def test_a_new_key_between_assignment_and_panel_voids_neither(world: World) -> None:
    """Attack 8."""
    task, new = Task(world, campaign(world)), key("new signer")
    verdict = task.verdict(PANEL)
    panel = Panel(task.terms.id(), 0, 0, 0, tuple(low(one) for one in PANEL))
    verdict = swapped(verdict, 2, task.sig(panel, new))
    with boa.reverts("Judge: bad panel"):
        claim(task, verdict)
    hub = world.payer.address
    world.judge.set_signer(new.address, sender=hub)
    world.judge.retire_signer(task.hub.address, sender=hub)
    claim(task, verdict)
    assert task.state == "accepted"


def test_a_retired_key_ends_after_thirty_days(world: World) -> None:
    task = Task(world, campaign(world, ends=boa.env.evm.patch.timestamp + 3 * MONTH))
    verdict = task.verdict(PANEL)
    world.judge.retire_signer(task.hub.address, sender=world.payer.address)
    boa.env.time_travel(seconds=MONTH)
    with boa.reverts("Judge: unknown signer"):
        claim(task, verdict)
    boa.env.time_travel(seconds=-1)
    claim(task, verdict)


def test_only_the_miner_hands_in_and_only_for_this_assignment(world: World) -> None:
    task = Task(world, campaign(world))
    verdict, good = task.verdict(PANEL), task.work
    other = task.but(index=1)
    bads = {
        "another salt": swapped(good, 1, b"\x01" * 32),
        "another key": swapped(good, 3, task.sig(task.submission, key("stranger"))),
        "malleated": swapped(good, 3, twin(good[3])),
        "none": swapped(good, 3, NO_SIG),
        "another task's": other.work,
    }
    for work in bads.values():
        with boa.reverts("Judge: bad submission"):
            claim(task, verdict, work=work)


def test_votes_are_for_this_task_round_result_side_chain_and_contract(world: World) -> None:
    task = Task(world, campaign(world))
    verdict, terms = task.verdict(PANEL, votes=[0, 1]), task.terms.id()
    vote = Vote(terms, 0, 0, 0, task.result, True)
    domain = task.domain
    bads = {
        "round": task.sig(replace(vote, round=1), PANEL[1]),
        "index": task.sig(replace(vote, index=1), PANEL[1]),
        "attempt": task.sig(replace(vote, attempt=1), PANEL[1]),
        "campaign": task.sig(replace(vote, campaign_id=b"\x09" * 32), PANEL[1]),
        "result": task.sig(replace(vote, result_hash=OTHER), PANEL[1]),
        "side": task.sig(replace(vote, accept=False), PANEL[1]),
        "another judge": task.sig(vote, PANEL[0]),
        "nobody": task.sig(vote, key("stranger")),
        "malleated": twin(verdict[5][1][3]),
        "none": NO_SIG,
        "v": swapped(verdict[5][1][3], 0, verdict[5][1][3][0] - 27),
        "type": task.sig(Panel(terms, 0, 0, 0, ()), PANEL[1]),
    }
    values = (terms, 0, 0, 0, task.result, True)
    for change in (
        {"chain_id": domain.chain_id + 1},
        {"contract": world.judge.address},
        {"name": "GemChannels"},
    ):
        where = world.domain("GemCampaigns")._replace(**change)
        bads[str(change)] = tuple(where.sign(PANEL[1], Vote.TYPE, *values))
    for name, bad in bads.items():
        ballots = [verdict[5][0], swapped(verdict[5][1], 3, bad)]
        with boa.reverts(BAD_VOTE):
            claim(task, swapped(verdict, 5, ballots))
        assert task.state == "none", name
    claim(task, verdict)


def test_batches_with_wrong_paths_prove_nothing(world: World) -> None:
    task = Task(world, campaign(world), batch=5)
    verdict = task.verdict(PANEL, votes=[0, 1])
    seat, place, member, sig = verdict[5][1]
    (at, count, hashes), name, sealed = place
    bads = {
        "index": ((at + 1, count, hashes), name, sealed),
        "beyond": ((count, count, hashes), name, sealed),
        "count": ((at, count + 1, hashes), name, sealed),
        "too deep": ((at, 2**32 - 1, hashes), name, sealed),
        "short": ((at, count, hashes[:-1]), name, sealed),
        "long": ((at, count, [*hashes, bytes(32)]), name, sealed),
        "hash": ((at, count, [bytes(32), *hashes[1:]]), name, sealed),
        "name": ((at, count, hashes), bytes(32), sealed),
        "time": ((at, count, hashes), name, sealed + 1),
        "alone": ALONE,
    }
    for what, bad in bads.items():
        with boa.reverts(BAD_VOTE):
            claim(task, swapped(verdict, 5, [verdict[5][0], (seat, bad, member, sig)]))
        assert task.state == "none", what
    claim(task, verdict)


def test_a_result_can_be_judged_only_by_who_the_terms_name(world: World) -> None:
    """Attack 32: a root of verifiers in the terms."""
    task = Task(world, campaign(world, verifier_root=merkle.root(LISTED)))
    verdict = task.verdict(LIST[:3])
    seat, place, member, sig = verdict[5][2]
    bads = [NO_PATH, verdict[5][1][2], (member[0] + 1, *member[1:]), (*member[:2], member[2][:-1])]
    for bad in bads:
        with boa.reverts("Judge: not a verifier of the terms"):
            claim(task, swapped(verdict, 5, [*verdict[5][:2], (seat, place, bad, sig)]))
    outsiders = verifiers(3, 30)
    names = [low(one) for one in outsiders]
    panel_sig = task.sig(Panel(task.terms.id(), 0, 0, 0, tuple(names)), task.hub)
    vote = Vote(task.terms.id(), 0, 0, 0, task.result, True)
    ballots = [(at, ALONE, member, task.sig(vote, one)) for at, one in enumerate(outsiders)]
    with boa.reverts("Judge: not a verifier of the terms"):
        claim(task, (0, names, panel_sig, task.result, True, ballots))
    claim(task, verdict)
    assert task.state == "accepted"


def test_judge_and_escrow_answer_only_each_other(world: World) -> None:
    task = Task(world, campaign(world, collateral=GEM))
    for sender in (world.requester.address, world.payer.address):
        with boa.env.prank(sender):
            where = (task.terms.row(), 0, 0)
            with boa.reverts("Campaigns: not the judge"):
                world.campaigns.judge(*where, NOTHING, NOTHING, True, 0)
            with boa.reverts("Campaigns: not the judge"):
                world.campaigns.amend(*where, NOTHING, 0, False, 0)
            with boa.reverts("Campaigns: not the judge"):
                world.campaigns.cover(task.terms.id(), 0, 0)
            with boa.reverts("Judge: not the escrow"):
                world.judge.charge(world.payer.address, sender, 1)


def test_contracts_that_do_not_belong_together_are_not_deployed(world: World) -> None:
    escrow, judge = world.campaigns.deployer, world.judge.deployer
    gem, person = world.gem.address, key("person").address
    for call, text in (
        ((escrow, person, world.judge.address), "Campaigns: gem is no contract"),
        ((escrow, gem, "0x" + "00" * 20), "Campaigns: no judge"),
        ((judge, person, world.campaigns.address), "Judge: gem is no contract"),
        ((judge, gem, person), "Judge: campaigns is no contract"),
        ((judge, gem, world.campaigns.address), "Judge: not the judge of these campaigns"),
    ):
        with boa.reverts(text):
            call[0].deploy(*call[1:])


def test_a_window_has_all_its_seconds(world: World) -> None:
    """J4: until the last second of the window nothing is paid, and until then a higher round may come."""
    task = Task(world, campaign(world))
    task.claim(task.verdict(PANEL))
    standing = task.standing()
    boa.env.time_travel(seconds=3 * DAY - 1)
    with boa.reverts("Campaigns: window not over"):
        task.finalize(standing)
    boa.env.time_travel(seconds=1)
    with boa.reverts("Campaigns: window over"):
        task.claim(task.verdict(SEVEN, round=1, accept=False, votes=[0, 1, 2, 3]), standing)
    task.finalize(standing)
