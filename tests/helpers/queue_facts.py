# SPDX-License-Identifier: Apache-2.0
"""What the services would say of a list of items: the queue's facts and pages of the outbox, in plain Python."""

from __future__ import annotations

from gems_desktop.services.facts import ItemState, OutboxItem
from gems_desktop.services.facts_queue import OutboxFilter, OutboxPage, Progress, QueueFacts, Stage
from gems_desktop.viewmodels.outbox_words import deadline_of, held, redo_of
from gems_protocol.amount import ZERO, Amount

_SHELVES = {
    "unsent": (ItemState.FINISHED, ItemState.SEALED, ItemState.SENDING),
    "waiting": (ItemState.DELIVERED, ItemState.DISPUTED),
    "rejected": (ItemState.REJECTED,),
    "paid": (ItemState.ACCEPTED, ItemState.PAID),
    "hidden": (ItemState.LEASED, ItemState.RETURNED),
}


def shelf_of(item: OutboxItem) -> str:
    """Where the outbox shows an item."""
    if held(item):
        return "waiting"
    return next((shelf for shelf, states in _SHELVES.items() if item.state in states), "other")


def counts_of(items: list[OutboxItem]) -> dict[str, int]:
    """Items by shelf, and all that are shown."""
    found = dict.fromkeys(("all", "unsent", "waiting", "rejected", "paid", "other"), 0)
    for item in items:
        if shelf_of(item) != "hidden":
            found[shelf_of(item)] += 1
            found["all"] += 1
    return found


def queue_of(items: list[OutboxItem] | tuple[OutboxItem, ...], **about: object) -> QueueFacts:
    """The facts of these items."""
    items = list(items)
    work = [item for item in items if item.kind == "work"]
    finished = [item for item in work if item.state is ItemState.FINISHED]
    kept = [item for item in work if held(item)]
    ends = [end for item in items if (end := deadline_of(item, redo_of(item, items)))]
    disputed = [item.reward for item in work if item.state is ItemState.DISPUTED]
    values: dict[str, object] = {
        "ready": sum(item.state in (ItemState.LEASED, ItemState.DRAFT) for item in work),
        "unsent": counts_of(items)["unsent"],
        "finished": len(finished),
        "finished_reward": _sum([item.reward for item in finished]),
        "sealed": sum(item.state in (ItemState.SEALED, ItemState.SENDING) for item in work),
        "judging": sum(item.state in _SHELVES["waiting"] for item in items),
        "held": len(kept),
        "held_reward": _sum([item.reward for item in kept]),
        "held_until": max((item.open_until for item in kept if item.open_until), default=None),
        "disputed_reward": _sum(disputed),
        "answerable": len(ends),
        "answer_until": min(ends, default=0),
        "done": counts_of(items)["all"],
    }
    return QueueFacts(**{**values, **about})  # type: ignore[arg-type]


def page_of(
    items: list[OutboxItem], asked: OutboxFilter, after: tuple[int, int] | None, limit: int
) -> OutboxPage:
    """A page of these items in their order; the place of the next stands in the second part of `after`."""
    wanted = [
        item
        for item in items
        if (shelf_of(item) == asked.shelf or (asked.shelf == "all" and shelf_of(item) != "hidden"))
        and asked.text.casefold() in item.campaign_title.casefold()
    ]
    start = after[1] if after is not None else 0
    shown = wanted[start : start + limit]
    redos = [again for item in shown if (again := redo_of(item, items))]
    return OutboxPage(
        items=tuple(shown),
        after=(0, start + limit) if len(wanted) > start + limit else None,
        counts=counts_of(items),
        redos=tuple(redos),
        progress={item.item_id: Progress(Stage.DRAFT) for item in shown},
    )


def _sum(amounts: list[Amount]) -> Amount:
    return sum(amounts, ZERO)
