# SPDX-License-Identifier: Apache-2.0
"""The forms of review requests."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from gems_platform.schemas import Count, Hash, Signed, Strict

Reason = Literal[
    "wrong_label", "missed_object", "bad_outline", "incomplete", "off_instructions", "unreadable", "other"
]


class ReviewLease(Strict):
    """How many submissions somebody wants to judge."""

    request_id: Hash
    count: Count


class VoteItem(Strict):
    """One vote with what the miner should know about it."""

    vote: dict[str, Any]
    reason: Reason | None = None
    note: Annotated[str, StringConstraints(max_length=1000)] | None = None
    mark: dict[str, Any] | None = None


class NewVotes(Strict):
    """A signed BatchVote and its items in the order of its root."""

    batch: Signed
    items: Annotated[list[VoteItem], Field(min_length=1, max_length=1000)]


class Hashes(Strict):
    """Some assignments of a batch."""

    assignment_hashes: Annotated[list[Hash], Field(min_length=1, max_length=1000)]
