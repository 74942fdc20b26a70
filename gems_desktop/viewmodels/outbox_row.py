# SPDX-License-Identifier: Apache-2.0
"""One row of the outbox: its state in words, how far it is, what happens next, and what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from gems_desktop.services.facts import ItemState, OutboxItem
from gems_desktop.services.facts_queue import Progress, Stage
from gems_desktop.viewmodels.mark_words import mark_text
from gems_desktop.viewmodels.outbox_review import review_text, state_text
from gems_desktop.viewmodels.outbox_words import case_text, deadline_of, held, next_text, stand_text
from gems_desktop.viewmodels.progress_words import problem_text, progress_text, stays_text
from gems_desktop.viewmodels.reasons import reason_text
from gems_desktop.viewmodels.words import clock_time, gem, say

_TONES = {
    ItemState.ACCEPTED: "good",
    ItemState.PAID: "good",
    ItemState.REJECTED: "bad",
    ItemState.DISPUTED: "warn",
    ItemState.EXPIRED: "bad",
    ItemState.SEALED: "warn",
    ItemState.SENDING: "info",
    ItemState.DELIVERED: "info",
    ItemState.FINISHED: "warn",
}
_TAKE_BACK = (ItemState.FINISHED, ItemState.SEALED)
_ICONS = {
    ItemState.LEASED: "inbox",
    ItemState.DRAFT: "text",
    ItemState.FINISHED: "done",
    ItemState.SEALED: "lock",
    ItemState.SENDING: "upload",
    ItemState.DELIVERED: "hourglass",
    ItemState.ACCEPTED: "check",
    ItemState.REJECTED: "x",
    ItemState.DISPUTED: "scale",
    ItemState.PAID: "coin",
    ItemState.EXPIRED: "clock",
    ItemState.RETURNED: "undo",
}
_JUDGED = (ItemState.ACCEPTED, ItemState.REJECTED, ItemState.DISPUTED, ItemState.PAID)
#: How many of drafted, sealed, sent, judged and paid are behind.
_BEHIND = {
    ItemState.FINISHED: 1,
    ItemState.SEALED: 2,
    ItemState.SENDING: 2,
    ItemState.DELIVERED: 3,
    ItemState.DISPUTED: 3,
    ItemState.ACCEPTED: 4,
    ItemState.REJECTED: 4,
    ItemState.PAID: 5,
}


def step_fault(item: OutboxItem) -> bool:
    """Whether its way ends where it stands: rejected for good, or out of time."""
    return item.state is ItemState.EXPIRED or (item.state is ItemState.REJECTED and item.final)


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One row."""

    itemId: str
    title: str
    kind: str
    place: str
    stateText: str
    tone: str
    reward: str
    changed: str
    reason: str
    note: str
    markText: str
    canTakeBack: bool
    canRedo: bool
    redoId: str
    redoUntil: int
    problem: str
    next: str
    dispute: str
    disputeTitle: str
    canAppeal: bool
    hasAppeal: bool
    answerUntil: int
    standText: str
    canCase: bool
    hasStory: bool
    stateIcon: str
    steps: int
    stepsEnd: bool
    accepted: bool
    rejected: bool
    final: bool
    byRequester: bool
    caseSaved: int
    unread: bool = False  # its requester has written


def row_of(item: OutboxItem, redo: OutboxItem | None = None, progress: Progress | None = None) -> OutboxRow:
    """An item as a row says it; `redo` is the second try at it that waits to be done."""
    number = item.index + 1
    progress = progress or Progress(Stage.DRAFT)
    stays = stays_text(progress)
    return OutboxRow(
        itemId=item.item_id,
        title=item.campaign_title,
        kind=item.kind,
        place=_place(item, number),
        stateText=state_text(item),
        tone="info" if held(item) else _TONES.get(item.state, ""),
        reward=gem(item.reward),
        changed=clock_time(item.changed_at),
        reason=reason_text(item.reason) if item.kind == "work" else "",
        note=item.note,
        markText=mark_text(item.mark),
        canTakeBack=item.kind == "work" and item.state in _TAKE_BACK and not stays,
        canRedo=redo is not None,
        redoId=redo.item_id if redo else "",
        redoUntil=(item.redo_until or redo.due_at) if redo else 0,
        problem=problem_text(progress),
        next=" ".join(
            part
            for part in (
                review_text(item),
                next_text(item, redo),
                progress_text(progress),
                stays,
                case_text(item),
            )
            if part
        ),
        dispute=item.dispute if _both_sides(item) else "",
        disputeTitle=_dispute_title(item) if item.dispute and _both_sides(item) else "",
        canAppeal=item.appeal == "open",
        hasAppeal=item.appeal not in ("", "open"),
        answerUntil=deadline_of(item, redo) or 0,
        standText=stand_text(item, redo),
        canCase=item.case in ("possible", "saved"),
        hasStory=item.kind == "work" and item.state in _JUDGED,
        stateIcon=_ICONS.get(item.state, ""),
        steps=_BEHIND.get(item.state, 0),
        stepsEnd=step_fault(item),
        accepted=item.state in (ItemState.ACCEPTED, ItemState.PAID),
        rejected=item.state is ItemState.REJECTED,
        final=item.final,
        byRequester=item.disputed_by == "requester",
        caseSaved=item.case_from if item.case == "saved" else 0,
    )


def _both_sides(item: OutboxItem) -> bool:
    """Whether the reason of a dispute is to be read: somebody has written one."""
    return item.kind == "work" and bool(item.disputed_by or item.appeal not in ("", "open"))


def _dispute_title(item: OutboxItem) -> str:
    return say("Its requester wrote:") if item.disputed_by == "requester" else say("You wrote:")


def _place(item: OutboxItem, number: int) -> str:
    if item.kind == "review":
        return (
            say("Review no. {n}, answered blind", n=number) if item.blind else say("Review no. {n}", n=number)
        )
    # Odd attempts are corrections of the one before (white paper, one redo a panel).
    return say("Task no. {n}, corrected", n=number) if item.attempt % 2 else say("Task no. {n}", n=number)


def let_stand(row: OutboxRow) -> OutboxRow:
    """A row whose rejection is let stand: nothing waits for me on it any more."""
    quiet = replace(row, canRedo=False, redoId="", canAppeal=False, answerUntil=0, standText="")
    return replace(quiet, next=say("You let the rejection stand."))
