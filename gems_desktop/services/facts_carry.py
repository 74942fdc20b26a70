# SPDX-License-Identifier: Apache-2.0
"""What the window shows of carry files."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CarryFacts:
    """What a carry file holds, or would hold if it were written now.

    first_due_at: when the first task in it runs out, 0 for none; times are Unix seconds. left: batches and appeals
    that do not fit and go with the next file. opened_until: how long the platform opens it; 0: no file can be
    written yet, since the platform's key is not here. waiting: files that were written and have no reply yet.
    """

    tasks: int
    reviews: int
    appeals: int
    skips: int
    left: int
    first_due_at: int
    opened_until: int
    waiting: int
    size: int = 0


@dataclass(frozen=True, slots=True)
class CarryRefusal:
    """Something that the platform did not take. kind: work, review, appeal or skip; code: the interface's."""

    kind: str
    count: int
    code: str


@dataclass(frozen=True, slots=True)
class CarryResult:
    """What a reply brought.

    delivered: tasks, reviews and appeals that arrived now. events: news that were taken. more: the platform has
    more news than fitted. held: news that cannot be checked without a connection and come with the next one.
    again: the reply had been read before.
    """

    delivered: int
    refused: tuple[CarryRefusal, ...]
    events: int
    more: bool
    held: int
    again: bool
