# SPDX-License-Identifier: Apache-2.0
"""Draws that anybody can compute again: vectors, chances, division, and hubs that cheat."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from eth_utils.crypto import keccak

from gems_protocol import draw
from gems_protocol.draw import Candidate
from gems_protocol.draw_record import DrawRecord, DrawWrong, check_asked
from gems_protocol.errors import MalformedMessage


def names(count: int) -> list[bytes]:
    return sorted(keccak(text=f"candidate {number}") for number in range(count))


def candidates(*weights: int) -> tuple[Candidate, ...]:
    return tuple(Candidate(name, weight) for name, weight in zip(names(len(weights)), weights, strict=True))


def record(seed: bytes, people: tuple[Candidate, ...], count: int, shut: dict[int, str]) -> DrawRecord:
    chosen = tuple(draw.drawn(seed, people, count, shut))
    return DrawRecord(people, shut, count, chosen, 100, 100, draw.commitment(people))


def test_vectors() -> None:
    """Fixed for every implementation."""
    seed = draw.panel_seed(b"\x01" * 32, b"\x02" * 32, b"\x03" * 32, attempt=1, round_=2)
    assert seed.hex() == "c09b76b28d232fa862f7f911110aee18a9e7e65027a26425c910f5b4b146f7e4"
    work = draw.work_seed(b"\x01" * 32, b"\x02" * 32, [b"\x04" * 32, b"\x03" * 32])
    assert work.hex() == "3e2d3b7f66fc10f25e5dd47ab03be5651a5fad8d5e8d1f9cdc7d3dc82441f0ea"
    assert draw.work_seed(b"\x01" * 32, b"\x02" * 32, [b"\x03" * 32, b"\x04" * 32]) == work
    assert (
        draw.candidate_name(b"\x05" * 32, "0x" + "ab" * 20).hex()
        == "d4c5d475d7ad639ac6c7a45edcac51281d7895835bd6fa35f88fcd31bbe30a17"
    )
    people = candidates(1, 8, 2, 4, 1, 1)
    assert draw.commitment(people).hex() == "72a6ca7264eb5d9a5d41b922cea6963e1b17892085e007c75500dea87fb932da"
    assert draw.drawn(seed, people, 3) == [2, 3, 0]


def test_chances_follow_the_weights() -> None:
    people = candidates(1, 2, 5, 8)
    first = Counter(draw.drawn(keccak(text=f"seed {n}"), people, 1)[0] for n in range(8000))
    for place, one in enumerate(people):
        assert abs(first[place] / 8000 - one.weight / 16) < 0.02


def test_who_else_asks_changes_nobodys_order() -> None:
    seed, people = keccak(text="seed"), candidates(1, 2, 3, 4, 5, 6)
    everybody = draw.ranked(seed, people)
    assert [place for place in everybody if place != 3] == draw.ranked(seed, people, {3})


@pytest.mark.parametrize(
    ("wanted", "supply", "found"),
    [
        ({0: 5, 1: 5, 2: 5}, 2, {2: 1, 0: 1, 1: 0}),
        ({0: 50, 1: 1, 2: 50}, 11, {2: 5, 0: 5, 1: 1}),
        ({0: 1, 1: 1, 2: 1}, 100, {2: 1, 0: 1, 1: 1}),
        ({0: 9, 1: 0, 2: 9}, 0, {2: 0, 0: 0, 1: 0}),
    ],
)
def test_supply_is_divided_evenly(wanted: dict[int, int], supply: int, found: dict[int, int]) -> None:
    assert draw.allotted([2, 0, 1], wanted, supply) == found


def test_a_record_holds_and_a_hub_that_cheats_is_found() -> None:
    seed, people = keccak(text="seed"), candidates(1, 2, 3, 4, 5)
    honest = record(seed, people, 2, {0: "author"})
    honest.check(seed)
    assert DrawRecord.from_json(honest.to_json()) == honest
    other = next(place for place in range(1, 5) if place not in honest.chosen)
    steered = replace(honest, chosen=(honest.chosen[0], other))
    heavier = tuple(replace(one, weight=8) if place == other else one for place, one in enumerate(people))
    for wrong in (steered, replace(honest, candidates=heavier), replace(honest, candidates=people[::-1])):
        with pytest.raises(DrawWrong):
            wrong.check(seed)
    with pytest.raises(DrawWrong):
        honest.check(keccak(text="another seed, as if the hub had tried some"))


def test_who_was_left_out_can_show_it() -> None:
    seed, salt, me = keccak(text="seed"), b"\x07" * 32, "0x" + "11" * 20
    mine = Candidate(draw.candidate_name(salt, me), 2)
    people = tuple(sorted((*candidates(1, 2), mine), key=lambda one: one.name))
    check_asked([record(seed, people, 1, {})], salt, me, 50, 150)
    without = record(seed, candidates(1, 2), 1, {})
    check_asked([without], salt, me, 100, 150)  # had not asked yet
    with pytest.raises(DrawWrong, match="left out"):
        check_asked([without], salt, me, 50, 150)


@pytest.mark.parametrize(
    "change",
    [
        {"candidates": [["0x00", 1]]},
        {"excluded": [[0, "because"]]},
        {"count": -1},
        {"chosen": ["a"]},
        {"root": 1},
    ],
)
def test_what_is_no_record_is_refused(change: dict[str, object]) -> None:
    honest = record(keccak(text="seed"), candidates(1, 2), 1, {}).to_json()
    with pytest.raises(MalformedMessage):
        DrawRecord.from_json({**honest, **change})
    with pytest.raises(ValueError, match="weight"):
        Candidate(b"\x00" * 32, 9)
