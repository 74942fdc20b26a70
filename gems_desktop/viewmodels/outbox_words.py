# SPDX-License-Identifier: Apache-2.0
"""What happens next to each piece of work, in sentences: who can still object or appeal, who judges, until when."""

from __future__ import annotations

from gems_desktop.services.facts import ItemState, OutboxItem
from gems_desktop.viewmodels.words import clock_time, gem, say
from gems_protocol.amount import ZERO

_TODO = (ItemState.LEASED, ItemState.DRAFT)
_SETTLED = (ItemState.ACCEPTED, ItemState.REJECTED, ItemState.PAID)


def redo_of(item: OutboxItem, items: list[OutboxItem]) -> OutboxItem | None:
    """The second try at a rejected task, while it can still be done."""
    if item.state is not ItemState.REJECTED or item.kind != "work":
        return None
    return next(
        (
            other
            for other in items
            if (other.campaign_id, other.index) == (item.campaign_id, item.index)
            and other.attempt > item.attempt
            and other.state in _TODO
        ),
        None,
    )


def deadline_of(item: OutboxItem, redo: OutboxItem | None) -> int | None:
    """When the first of the answers to a rejection stops being possible; None when there is nothing to answer."""
    if item.state is not ItemState.REJECTED:
        return None
    ends = [item.redo_until or redo.due_at] if redo is not None else []
    if item.appeal == "open" and item.open_until:
        ends.append(item.open_until)
    return min(ends, default=None)


def stand_text(item: OutboxItem, redo: OutboxItem | None) -> str:
    """What is given up by letting a rejection stand; empty where none waits for an answer of mine."""
    open_to_me = redo is not None or item.appeal == "open"
    if item.kind != "work" or item.state is not ItemState.REJECTED or item.final or not open_to_me:
        return ""
    if redo is not None and item.appeal == "open":
        said = say("You give up the second try and the appeal, and with them this task's reward.")
    elif redo is not None:
        said = say("You give up the second try, and with it this task's reward.")
    else:
        said = say("You give up the appeal, and with it this task's reward.")
    if item.stake <= ZERO:
        return said
    lost = say("The {amount} GEM that you staked on it may be lost.", amount=gem(item.stake))
    return f"{said} {lost}"


def case_text(item: OutboxItem) -> str:
    """From when it can be taken to the contract; empty while that is not thought of yet, or can be done now."""
    if item.case != "later":
        return ""
    return say("From {time} on you can take it to the contract.", time=clock_time(item.case_from))


def held(item: OutboxItem) -> bool:
    """Whether it is accepted and its requester can still object."""
    return item.kind == "work" and item.state is ItemState.ACCEPTED and not item.final


def next_text(item: OutboxItem, redo: OutboxItem | None) -> str:
    """What happens next, or how it ended; empty where the state says all."""
    if item.kind != "work":
        return ""
    if item.state is ItemState.DISPUTED:
        return _disputed(item)
    if item.state is ItemState.REJECTED and not item.final:
        return _open_rejection(item, redo)
    if held(item):
        return " ".join(part for part in (_decided_again(item), _held(item)) if part)
    if item.state not in _SETTLED:
        return ""
    said = [_decided_again(item)]
    if item.poor:
        said.append(say("Two other verifiers found it poor: part of the reward went back to its requester."))
    if item.answered and item.state is ItemState.REJECTED:
        said.append(say("The verifiers' answer is the task's answer; there is no second try."))
    return " ".join(part for part in said if part)


def _held(item: OutboxItem) -> str:
    if item.open_until:
        until = clock_time(item.open_until)
        return say("It is paid unless its requester objects by {time}.", time=until)
    return say("It is paid unless its requester objects.")


def _disputed(item: OutboxItem) -> str:
    by = clock_time(item.open_until or 0)
    if item.commissioned:
        said = say("Its requester pays two other verifiers to look at this accepted work again.")
    elif item.disputed_by == "requester":
        said = say("Its requester objects. Other verifiers judge it again.")
    else:
        said = say("You appealed. Other verifiers judge it again.")
    return f"{said} {say('Judged by {time}.', time=by)}" if by else said


def _open_rejection(item: OutboxItem, redo: OutboxItem | None) -> str:
    if item.appeal == "made":
        return say("Your appeal is written and signed; it leaves as soon as there is a connection.")
    if item.appeal in ("sent", "judging"):
        return say("The platform has your appeal; other verifiers will judge again.")
    if item.appeal == "late":
        return say("The platform did not take your appeal; the rejection stands.")
    until = clock_time(item.open_until or 0)
    if item.appeal == "open" and redo is not None:
        return say("Correct it, or appeal until {time}: one of the two.", time=until)
    if item.appeal == "open":
        return say("You may appeal until {time}.", time=until)
    return say("You may correct it.") if redo is not None else ""


def _decided_again(item: OutboxItem) -> str:
    """How a dispute that is over ended."""
    accepted = item.state is not ItemState.REJECTED
    if item.appeal == "won":
        return say("You appealed and won.")
    if item.appeal == "lost":
        return say("You appealed and lost: other verifiers rejected it too.")
    if item.appeal == "late":
        return say("The platform did not take your appeal; the rejection stands.")
    if item.disputed_by != "requester" or item.commissioned:
        return ""
    if accepted:
        return say("Its requester objected; other verifiers accepted it again.")
    return say("Its requester objected; other verifiers rejected it.")
