# SPDX-License-Identifier: Apache-2.0
"""How far a restore is and what it could not prove, as the store keeps it between starts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gems_desktop.services.cursor import get_value, set_value
from gems_desktop.services.facts import Problem
from gems_desktop.services.ports import Tx
from gems_desktop.services.records import REPAIRED, BatchRecord

RESTORE = "restore"  # absent while there is none
UNPROVEN = "restore_unproven"  # what was told and not proven, in words
STAGES = ("channel", "open", "work", "review", "debit", "claim", "again", "events", "newest")
_KEPT_WORDS = 20
_SHOWN_WORDS = 3


@dataclass(frozen=True, slots=True)
class Progress:
    """How many entries of the former life are here, of how many."""

    done: int
    total: int


def begin(tx: Tx, *, beside: bool = False) -> None:
    """Bring back whatever the platform knows of this wallet; where that is under way it goes on.

    beside: only what another laptop did meanwhile; no voucher is believed then that its work does not explain.
    """
    if get_value(tx, RESTORE) is None:
        set_value(tx, UNPROVEN, None)
        set_value(tx, RESTORE, {"stage": STAGES[0], "after": "", "done": 0, "total": 0, "beside": beside})


def begin_after_repair(tx: Tx) -> None:
    """Where the database went back to a backup, what came after it is brought back as a former life is."""
    if get_value(tx, REPAIRED):
        set_value(tx, REPAIRED, None)
        begin(tx)


def is_restoring(tx: Tx) -> bool:
    """Whether a former life is still coming back."""
    return get_value(tx, RESTORE) is not None


def progress(tx: Tx) -> Progress | None:
    """How far a restore is, or None."""
    state = get_value(tx, RESTORE)
    return None if state is None else Progress(min(state["done"], state["total"]), state["total"])


def next_stage(tx: Tx, state: dict[str, Any]) -> None:
    """This stage is over; after the last one the restore is."""
    place = STAGES.index(state["stage"]) + 1
    if place == len(STAGES):
        set_value(tx, RESTORE, None)
    else:
        set_value(tx, RESTORE, {**get_value(tx, RESTORE, state), "stage": STAGES[place], "after": ""})


def needs_history(tx: Tx) -> bool:
    """Whether this profile works already: what happens to work that is not here was done by another laptop of mine."""
    return tx.count(BatchRecord) > 0 and not is_restoring(tx)


def tell(tx: Tx, problems: list[str]) -> None:
    """Keep what was told and is not proven."""
    if problems:
        told = get_value(tx, UNPROVEN, [])
        new = [word for word in dict.fromkeys(problems) if word not in told]
        set_value(tx, UNPROVEN, [*told, *new][:_KEPT_WORDS])


def unproven(tx: Tx) -> Problem | None:
    """What a restore did not take, until the user has put it away."""
    told = get_value(tx, UNPROVEN, [])
    if not told:
        return None
    return Problem(
        "Not everything that the platform says about your former work is proven. "
        + " ".join(told[:_SHOWN_WORDS]),
        "What is not proven was not taken. What is signed came back, and your money is as the signatures say.",
        "Show this to the platform. If you have a voucher's file, or know a watch-tower that kept yours, look there "
        "for a newer voucher: in Settings, Money, under Kept safe.",
        False,
        "restore_unproven",
    )
