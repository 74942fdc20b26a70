# SPDX-License-Identifier: Apache-2.0
"""The forms of review requests."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints

from gems_platform.matching.schemas import Able
from gems_platform.schemas import WRITTEN, Count, Hash, Signed, Strict
from gems_protocol.modules.mark import MOST

Reason = Literal[
    "wrong_label", "missed_object", "bad_outline", "incomplete", "off_instructions", "unreadable", "other"
]


def _small(mark: dict[str, Any]) -> dict[str, Any]:
    if len(json.dumps(mark)) > MOST:  # it goes to the miner inside an event, which must stay small
        raise ValueError("a mark is too long")
    return mark


class ReviewLease(Able):
    """How many submissions somebody wants to judge."""

    request_id: Hash
    count: Count


class VoteItem(Strict):
    """One vote with what the miner should know about it."""

    vote: dict[str, Any]
    reason: Reason | None = None
    note: Annotated[str, StringConstraints(max_length=1000, pattern=WRITTEN)] | None = None
    mark: Annotated[dict[str, Any], AfterValidator(_small)] | None = None
    answer: Annotated[list[Any], Field(max_length=10_000)] | None = None


class NewAppeal(Strict):
    """A signed Appeal with its reason, and a Debit where it asks for a bond."""

    appeal: Signed
    reason: Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=WRITTEN)]
    debit: Signed | None = None


class NewSeed(Strict):
    """A requester's seed of one Unix day."""

    day: Annotated[int, Field(ge=0, lt=1 << 32)]
    seed: Hash


class NewCommission(Strict):
    """A signed Commission."""

    commission: Signed


class NewVotes(Strict):
    """A signed BatchVote and its items in the order of its root."""

    batch: Signed
    items: Annotated[list[VoteItem], Field(min_length=1, max_length=1000)]


class Hashes(Strict):
    """Some assignments of a batch."""

    assignment_hashes: Annotated[list[Hash], Field(min_length=1, max_length=1000)]
