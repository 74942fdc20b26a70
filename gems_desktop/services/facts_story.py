# SPDX-License-Identifier: Apache-2.0
"""The way of one task of mine from the answer to the money, as its own page tells it (ADR 0081)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from gems_protocol.amount import ZERO, Amount


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """What one panel said. at: its last vote, Unix seconds, 0 for none. asked: "" for the platform's own panels,
    "miner" or "requester" after an appeal, "commission" for a look that the requester paid."""

    seats: int
    quorum: int
    accept: int
    reject: int
    at: int
    asked: str = ""


@dataclass(frozen=True, slots=True)
class MoneyFacts:
    """Money of one step. kind: stake_put | bond_put | reward | stake_back | bond_back; paid_at: 0 while it is owed."""

    kind: str
    amount: Amount
    at: int
    paid_at: int = 0


@dataclass(frozen=True, slots=True)
class StoryFacts:
    """Everything that is known here about one task of mine; times in Unix seconds, 0 for not (yet).

    seats, quorum: of the campaign's first panel. checked: signatures of the verdict that were just checked here
    again; fingerprint: of my answer, as I signed it. window_s: what a panel has; pays_within_s: from a final
    verdict to the money. second: state name of the second try, "" for none.
    """

    item_id: str
    config: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    answer: list[dict[str, Any]] = field(default_factory=list)
    finished_at: int = 0
    received_at: int = 0
    corrected: bool = False
    policy: str = ""
    seats: int = 0
    quorum: int = 0
    blind: bool = False
    window_s: int = 0
    rounds: tuple[RoundFacts, ...] = ()
    basis: str = ""  # what the verdict rests on: quorum | not_drawn | silence | last_round
    judged_at: int = 0
    appealed_at: int = 0
    second: str = ""
    second_at: int = 0
    second_until: int = 0
    money: tuple[MoneyFacts, ...] = ()
    checked: int = 0
    fingerprint: str = ""
    exportable: bool = False
    stake: Amount = ZERO
