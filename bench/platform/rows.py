# SPDX-License-Identifier: Apache-2.0
"""Rows of a platform that has run for long, made quickly: mostly done work, some open, some in hand.

Task n is task n % 100,000 of campaign n // 100,000. Of a hundred tasks ten are open, one waits for two verifiers and
the others are paid; the first 2,000 are in hand. Every ninth task that is not open keeps its assignment, line,
event, outcome and release.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

BLOCK = 100_000  # tasks of a campaign
PEOPLE = 200  # who work in one campaign
HELD = 2_000  # the first tasks, which are in hand in batches of 20
DUE = 50  # of those, overdue
_BIG = 0x9E3779B97F4A7C15F39CC0605CEDC8341082276BF3A27251F86C6A11D0C18E95
Row = dict[str, Any]


def scattered(n: int, bits: int = 256) -> int:
    """A number that follows from n and looks like chance."""
    return (n + 1) * _BIG % (1 << 256) >> (256 - bits)


def name(kind: int, n: int) -> str:
    """A hash that nobody has seen: of a campaign (1), a batch (2), an assignment (3) and so on."""
    return f"0x{scattered(n * 16 + kind):064x}"


def person(n: int) -> str:
    """The address of the nth person."""
    return f"0x{scattered(n * 16 + 15, 160):040x}"


def worker(n: int) -> str:
    """Who has task n."""
    return person(n // BLOCK * PEOPLE + scattered(n, 32) % PEOPLE)


@dataclass(frozen=True)
class Pattern:
    """One of each as the platform itself stored it: columns to be repeated."""

    campaign: Row
    task: Row
    assignment: Row
    now: int


def state(n: int) -> str:
    """The state of task n."""
    if n < HELD:
        return "leased"
    return "open" if n % 10 == 0 else "submitted" if n % 100 == 1 else "accepted" if n % 1000 == 3 else "paid"


def kept(n: int) -> bool:
    """Whether the assignment and what came of it are there, too."""
    return n < HELD or (n % 9 == 0 and n % 10 != 0)


def tasks(first: int, end: int, of: Pattern) -> Iterator[Row]:
    """Rows of `tasks`."""
    for n in range(first, end):
        now = state(n)
        yield {
            **of.task, "campaign_id": name(1, n // BLOCK), "idx": n % BLOCK,
            "data": f'{{"text": "Sentence {n} of many."}}', "input_hash": name(4, n), "proof": f'["{name(5, n)}"]',
            "state": now, "seats_wanted": 2 if now == "submitted" else 0, "since": of.now - n % 86_400,
            "judge_by": of.now + 86_400 if n > BLOCK // 2 or n % 100 != 1 else of.now - 5,
            "settle_at": (of.now + 3600 if n > BLOCK // 5 else of.now - 5) if now == "accepted" else None,
            "place": scattered(n, 31), "known": False,
        }  # fmt: skip


def assignments(first: int, end: int, of: Pattern) -> Iterator[Row]:
    """Rows of `assignments`."""
    for n in filter(kept, range(first, end)):
        mine, now = n < HELD, state(n)
        yield {
            **of.assignment, "hash": name(3, n), "batch_id": name(2, n // 20), "place": n % 20,
            "campaign_id": name(1, n // BLOCK), "idx": n % BLOCK, "attempt": 0, "miner": worker(n),
            "leased_at": of.now - 90_000 - n % 86_400, "state": "leased" if mine else
            "submitted" if now == "submitted" else "accepted", "final": now == "paid",
            "due_at": of.now - 5000 if n < DUE else of.now + 86_400,
            "answer": None if mine else of.assignment["answer"], "submission_root": None,
            "submitted_at": None if mine else of.now - n % 86_400,
            "judged_at": of.now - 100 if now == "paid" else None, "waits_for_day": None, "day": 0,
        }  # fmt: skip


def batches(first: int, end: int, of: Pattern) -> Iterator[Row]:
    """Rows of `batches`: twenty tasks in each."""
    for n in range(first, end, 20):
        yield {
            "id": name(2, n // 20), "kind": "work", "worker": worker(n), "campaign_id": name(1, n // BLOCK),
            "root": name(6, n), "stake_total": "0", "state": "confirmed", "created_at": of.now - 90_000 - n % 86_400,
            "confirm_by": of.now - 80_000, "due_at": of.now + 86_400, "released": n >= HELD,
        }  # fmt: skip


def receipts(first: int, end: int, of: Pattern) -> Iterator[Row]:
    """Rows of `receipts`: one for each batch that is done."""
    for n in range(max(first, HELD), end, 20):
        yield {
            "worker": worker(n), "root": name(9, n), "kind": "submission", "batch": "{}", "leaves": "[]",
            "receipt": "{}", "received_at": of.now - n % 86_400,
        }  # fmt: skip


def lines(first: int, end: int, of: Pattern) -> Iterator[Row]:
    """Rows of `lines`, nearly all settled by a voucher."""
    for n in filter(kept, range(first, end)):
        yield {
            "id": n + 1, "worker": worker(n), "campaign_id": name(1, n // BLOCK), "idx": n % BLOCK, "attempt": 0,
            "round": 0, "kind": "reward", "amount": "500000000000000000", "seq": None if n < HELD else n // 1000 + 1,
        }  # fmt: skip


def events(first: int, end: int, of: Pattern) -> Iterator[Row]:
    """Rows of `events`."""
    for n in filter(kept, range(first, end)):
        body = json.dumps({"campaign_id": name(1, n // BLOCK), "index": n % BLOCK, "accepted": True})
        yield {"account": worker(n), "seq": of.now * 1000 - 10**9 + n, "at": of.now - 10**6 + n // 20,
               "kind": "verdict", "body": body}  # fmt: skip


def outcomes(first: int, end: int, of: Pattern) -> Iterator[Row]:
    """Rows of `outcomes`."""
    same = {
        "requester": of.campaign["requester"], "accepted": True, "first_try": True, "judged_at": of.now - 100,
        "family": "text-classification", "difficulty": "easy", "redone": False, "poor": False,
        "commission": "0", "mr": "500000000000000000", "attempt": 0,
    }  # fmt: skip
    for n in filter(kept, range(first, end)):
        yield {
            **same, "id": n + 1, "assignment_hash": name(3, n), "worker": worker(n),
            "campaign_id": name(1, n // BLOCK), "idx": n % BLOCK,
        }  # fmt: skip


def releases(first: int, end: int, of: Pattern) -> Iterator[Row]:
    """Rows of `releases`, nearly all released."""
    for n in filter(kept, range(first, end)):
        yield {
            "id": n + 1, "worker": worker(n), "task_key": name(7, n), "campaign_id": name(1, n // BLOCK),
            "idx": n % BLOCK, "attempt": 0, "batch": None if n % 100 == 9 else name(8, n // 500), "place": n % 500,
        }  # fmt: skip


def campaigns(first: int, end: int, of: Pattern) -> Iterator[Row]:
    """Rows of `campaigns`."""
    for n in range(-(-first // BLOCK), -(-end // BLOCK)):
        yield {**of.campaign, "id": name(1, n), "created_at": of.now - n, "tasks_total": BLOCK}


def accounts(first: int, end: int, of: Pattern) -> Iterator[Row]:
    """Rows of `accounts`."""
    for n in range(-(-first // BLOCK) * PEOPLE, -(-end // BLOCK) * PEOPLE):
        yield {"address": person(n), "created_at": of.now - 10**6, "bond_target": "0"}


def tallies(first: int, end: int, of: Pattern) -> Iterator[Row]:
    """Rows of `tallies`, in sixteen parts."""
    for n in range(-(-first // BLOCK), -(-end // BLOCK)):
        for kind in ("open", "leased", "submitted", "accepted", "paid"):
            for part in range(16):
                yield {"campaign_id": name(1, n), "kind": kind, "part": part, "n": 100}


EVERY = {
    "accounts": accounts, "campaigns": campaigns, "tasks": tasks, "batches": batches, "receipts": receipts,
    "assignments": assignments, "lines": lines, "events": events, "outcomes": outcomes, "releases": releases,
    "tallies": tallies,
}  # fmt: skip
