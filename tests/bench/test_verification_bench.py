# SPDX-License-Identifier: Apache-2.0
"""The replay and the market drive the product's policies, give the same every time, and count what they buy."""

from fractions import Fraction

import pytest

from bench.verification.command import SHIPPED
from bench.verification.crowd import Crowd, read
from bench.verification.expected import expected
from bench.verification.market.cases import MARKETS, SCENARIOS
from bench.verification.market.engine import Run
from bench.verification.product import Campaign, Rules
from bench.verification.redundancy import lead, majority
from bench.verification.rows import ROWS, SWEEPS
from bench.verification.world import World
from gems_protocol.verification import policy_of

TWO = policy_of("consensus", {"panel": 2, "quorum": 2, "rounds": 3})


@pytest.fixture(scope="module")
def ducks() -> Crowd:
    return read(SHIPPED[1])


def everybody_says(label: int, people: int = 6, items: int = 10) -> Crowd:
    votes = tuple((who, label) for who in range(people))
    return Crowd("made up", (votes,) * items, (label,) * items, people, 2)


def test_unanimous_people_cost_a_miner_and_one_panel() -> None:
    world = World(everybody_says(1), 0, gold=False)
    campaign = Campaign(world, Rules(TWO, "score"))
    found = [campaign.task(item) for item in world.items]
    assert {(outcome.answer, outcome.labour) for outcome in found} == {(1, 3.0)}


def test_evidence_stops_at_one_verifier_who_is_known_to_be_good() -> None:
    crowd = everybody_says(1, items=200)
    world = World(crowd, 0)
    outcome = Campaign(world, Rules(policy_of("evidence", {"theta_ppm": 900_000}))).task(world.items[0])
    assert (outcome.answer, outcome.labour) == (1, 2.0)


def test_known_items_are_not_scored_and_bound_per_worker(ducks: Crowd) -> None:
    world = World(ducks, 1)
    assert len(world.known) == 24 and not set(world.known) & set(world.items)
    assert max(world.gold) == 10
    assert World(ducks, 1, gold=False).gold == [0] * ducks.workers


def test_nobody_takes_more_seats_than_the_cap(ducks: Crowd) -> None:
    world = World(ducks, 1)
    campaign = Campaign(world, Rules(policy_of("evidence", {"theta_ppm": 950_000})))
    for item in world.items:
        campaign.task(item)
    assert max(world.seats) <= 0.05 * (world.all_seats + 1) + 1


def test_a_replay_is_the_same_every_time_and_another_with_another_seed(ducks: Crowd) -> None:
    row = next(row for row in ROWS if row.name == "Evidence .90")
    runs = [row.run(World(ducks, seed, row.gold, row.cap)) for seed in (0, 0, 1)]
    assert runs[0] == runs[1] != runs[2]


def test_redundancy_counts_what_it_buys(ducks: Crowd) -> None:
    world = World(ducks, 0, gold=False)
    assert majority(world, 5)[1] == 5
    answers, labour = lead(world)
    assert 2 <= labour < 6 and set(answers) == set(world.items)


def test_rows_have_names_of_their_own() -> None:
    names = [row.name for row in (*ROWS, *SWEEPS)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", ["Consensus 1+2, plain score", "Evidence .90", "GIRM, both weights"])
def test_a_market_without_attackers_delivers(name: str) -> None:
    market = next(market for market in MARKETS if market.name == name)
    first, again = (Run(market, SCENARIOS[0], 0, tasks=300).play() for _ in range(2))
    assert first == again
    assert first.accuracy > 0.85 and first.attackers is None
    assert first.labour >= 2


def test_farmers_take_plain_consensus_and_not_evidence() -> None:
    farm = next(scenario for scenario in SCENARIOS if scenario.name == "farm 30 %, late")
    plain, evidence = (
        Run(next(market for market in MARKETS if market.name == name), farm, 0, tasks=1200).play()
        for name in ("Consensus 1+2, plain score", "Evidence .90")
    )
    assert plain.accuracy < 0.75 and plain.attackers is not None and plain.attackers > 0.6
    assert evidence.accuracy > 0.93 and evidence.attackers is not None and evidence.attackers < 0.1


def test_the_panel_of_one_known_ability() -> None:
    found = expected(policy_of("evidence", {"theta_ppm": 900_000}), Fraction(9, 10), 4, 400)
    assert found.accuracy > 0.96 and 2 <= found.labour < 2.5
