# SPDX-License-Identifier: Apache-2.0
"""Where one piece of work stands, as a pure function of its row and of how its sending goes."""

from __future__ import annotations

from gems_desktop.services.channels import is_over
from gems_desktop.services.facts import ItemState
from gems_desktop.services.facts_queue import Progress, Stage
from gems_desktop.services.records import AttemptRecord, ItemRecord
from gems_protocol.audit import MILLION


def progress(item: ItemRecord, attempt: AttemptRecord | None, now: int) -> Progress:
    """The item's stage with what went wrong and what happens next; now: by the platform's time."""
    match ItemState[item.state]:
        case ItemState.LEASED | ItemState.DRAFT:
            return Progress(Stage.DRAFT, "", "finish", item.due_at)
        case ItemState.FINISHED:
            return Progress(Stage.DRAFT, _refusal(attempt), "seal", item.due_at)
        case ItemState.SEALED:
            return _sealed(item, attempt, now)
        case ItemState.SENDING:
            return _sending(attempt)
        case ItemState.DELIVERED:
            return Progress(Stage.DELIVERED, "", "verdict", item.judge_by)
        case ItemState.DISPUTED:
            return Progress(Stage.JUDGED, "", "verdict", item.judge_by)
        case ItemState.ACCEPTED:
            return Progress(Stage.JUDGED, "", "pay", 0 if item.final else item.appeal_until)
        case ItemState.REJECTED:
            return Progress(Stage.JUDGED, "", "" if is_over(item) else "answer", item.appeal_until)
        case ItemState.PAID:
            return Progress(Stage.PAID)
        case ItemState.EXPIRED:
            return Progress(Stage.ENDED, "expired")
        case ItemState.RETURNED:
            return Progress(Stage.ENDED)


def _refusal(attempt: AttemptRecord | None) -> str:
    return attempt.problem if attempt is not None else ""


def _sealed(item: ItemRecord, attempt: AttemptRecord | None, now: int) -> Progress:
    if attempt is None or not attempt.tries:
        return Progress(Stage.SEALED, "", "send", item.due_at)
    again = attempt.next_at if attempt.next_at > now else 0
    return Progress(Stage.SEALED, attempt.problem, "retry", again, attempt.tries, _part(attempt))


def _sending(attempt: AttemptRecord | None) -> Progress:
    if attempt is None:
        return Progress(Stage.SENDING, "", "sending")
    return Progress(Stage.SENDING, "", "sending", 0, attempt.tries, _part(attempt))


def _part(attempt: AttemptRecord) -> int:
    return min(MILLION, attempt.sent * MILLION // attempt.size) if attempt.size > 0 else 0
