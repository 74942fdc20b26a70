# SPDX-License-Identifier: Apache-2.0
"""Seeds of days form one chain, a draw needs all three parties, and gold is committed to before it is shown."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from eth_utils.crypto import keccak
from hypothesis import given, settings
from hypothesis import strategies as st

from gems_protocol import audit
from gems_protocol.audit import DAY_S, SEED_DAYS, AuditReveal, is_seed_of, seed_chain, seed_place
from gems_protocol.campaign import NO_GOLD
from gems_protocol.errors import BadSignature, MalformedMessage
from gems_protocol.gold import GoldItem, gold_root
from tests.helpers.protocol_evidence import answer
from tests.helpers.protocol_terms import terms

CHAIN = seed_chain(b"\x05" * 32)
TERMS = replace(terms(), seed_tip=keccak(CHAIN[0]))
LAST = TERMS.ends // DAY_S


def test_a_chain_has_a_seed_for_each_of_400_days() -> None:
    assert len(CHAIN) == len(set(CHAIN)) == SEED_DAYS == 400
    assert CHAIN[-1] == b"\x05" * 32
    assert all(keccak(later) == earlier for earlier, later in pairwise(CHAIN))
    with pytest.raises(ValueError, match="32 bytes"):
        seed_chain(b"short")


def test_the_day_of_the_end_has_the_last_seed() -> None:
    assert seed_place(LAST, TERMS.ends) == 399
    assert seed_place(LAST - 399, TERMS.ends) == 0
    for outside in (LAST + 1, LAST - 400, 0):
        with pytest.raises(ValueError, match="this day"):
            seed_place(outside, TERMS.ends)


@settings(max_examples=30)
@given(st.integers(0, 399), st.integers(-400, 400))
def test_a_seed_is_that_of_one_day_only(place: int, shift: int) -> None:
    day = LAST - 399 + place
    reveal = AuditReveal(bytes(32), CHAIN[place], day + shift)
    assert is_seed_of(reveal, TERMS) is (shift == 0)
    assert is_seed_of(AuditReveal(bytes(32), bytes(32), day + shift), TERMS), "none came in time"


def test_without_a_chain_there_is_only_zero() -> None:
    assert is_seed_of(AuditReveal(bytes(32)), terms())
    assert not is_seed_of(AuditReveal(bytes(32), CHAIN[-1], LAST), terms())
    assert not is_seed_of(AuditReveal(bytes(32), TERMS.seed_tip, LAST), TERMS)


def test_every_party_changes_the_draw() -> None:
    words = [bytes([number]) * 32 for number in range(4)]
    found = audit.draw(*words)
    assert 0 <= found < audit.MILLION
    for place in range(4):
        other = [*words[:place], b"\xff" * 32, *words[place + 1 :]]
        assert audit.draw(*other) != found
    commitment = audit.commit(words[0])
    reveal = AuditReveal(words[0], words[3])
    assert audit.is_audited(commitment, found + 1, reveal, words[1], words[2])
    assert not audit.is_audited(commitment, found, reveal, words[1], words[2])
    with pytest.raises(BadSignature):
        audit.is_audited(commitment, found, AuditReveal(words[1], words[3]), words[1], words[2])


def gold(index: int, number: int = 0, salt: bytes = b"\x01" * 32) -> GoldItem:
    return GoldItem(index, answer(number), salt)


def test_gold_is_committed_to_without_order_and_without_being_guessable() -> None:
    items = [gold(3), gold(1, 1), gold(7, 2)]
    root = gold_root(items)
    assert gold_root(items[::-1]) == root
    assert gold_root([]) == NO_GOLD
    changed = [gold(3, 1), gold(3, 0, b"\x02" * 32), gold(4)]
    assert all(gold_root([*items[1:], other]) != root for other in changed)
    with pytest.raises(MalformedMessage, match="two known"):
        gold_root([gold(1), gold(1, 1)])


def test_gold_is_read_strictly() -> None:
    good = gold(3).to_json()
    assert GoldItem.from_json(good) == gold(3)
    changes: list[dict[str, Any]] = [
        {"index": -1}, {"index": True}, {"index": "3"}, {"answer": None}, {"answer": "zero"}, {"salt": "0x"},
        {"salt": None}, {"more": 1},
    ]  # fmt: skip
    for change in changes:
        with pytest.raises(MalformedMessage):
            GoldItem.from_json({**good, **change})
    with pytest.raises(MalformedMessage):
        GoldItem.from_json([good])
