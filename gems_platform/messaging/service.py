# SPDX-License-Identifier: Apache-2.0
"""Messages about a task: who may write, for how long and how much, and what each side learns of the other."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy.orm import Session

from gems_platform.campaigns import repository as campaigns
from gems_platform.errors import Late, Malformed, NotFound, TooMany
from gems_platform.events import repository as events
from gems_platform.messaging import repository
from gems_platform.messaging.tables import AliasRow, MessageRow, ThreadRow
from gems_platform.settings import DAY, Settings
from gems_platform.tasks.tables import AssignmentRow
from gems_protocol.text import clean

MAX_TEXT = 1_000  # characters
HOUR = 3_600


def write_about(
    session: Session, settings: Settings, me: str, campaign_id: str, index: int, text: str, now: int
) -> dict[str, Any]:
    """A message about a task: to its requester, or to whoever had the task last.

    Raises NotFound for whoever is neither, Late for a closed thread, TooMany, Malformed for a text without words.
    """
    requester = campaigns.get(session, campaign_id).requester
    given = repository.newest_given(session, campaign_id, index, None if me == requester else me)
    if given is None:
        raise NotFound("There is no such task, or nobody here has it.")
    thread = repository.thread_about(session, campaign_id, index, given.miner)
    if thread is None:
        thread = ThreadRow(
            id="0x" + secrets.token_hex(32),
            campaign_id=campaign_id,
            index=index,
            worker=given.miner,
            last=0,
            last_at=now,
            muted=False,
        )
    return _write(session, settings, me, thread, given, text, now)


def write(
    session: Session, settings: Settings, me: str, thread_id: str, text: str, now: int
) -> dict[str, Any]:
    """A message in a thread that one is part of; raises what `write_about` does."""
    thread, _ = _own(session, me, thread_id)
    given = repository.given_of(session, [thread])[thread.id]
    return _write(session, settings, me, thread, given, text, now)


def _write(
    session: Session,
    settings: Settings,
    me: str,
    thread: ThreadRow,
    given: AssignmentRow,
    text: str,
    now: int,
) -> dict[str, Any]:
    said = clean(text, max_length=MAX_TEXT).strip()
    if not said:
        raise Malformed("A message needs words.", safe="Nothing was sent.")
    ends = closes_at(settings, given)
    if ends is not None and now >= ends:
        raise Late("Nothing can be written about this task any more.", safe="Nothing was sent.")
    _limit(session, settings, me, thread.id, now)
    thread.last, thread.last_at = thread.last + 1, now
    session.add(thread)
    session.flush()
    session.add(MessageRow(thread_id=thread.id, seq=thread.last, author=me, at=now, text=said))
    _tell(session, me, thread, said, now)
    return {"thread_id": thread.id, "seq": thread.last, "at": now, "text": said}


def _limit(session: Session, settings: Settings, me: str, thread_id: str, now: int) -> None:
    inside = repository.written(session, me, now - HOUR, thread_id) >= settings.message_thread_limit
    if inside or repository.written(session, me, now - HOUR) >= settings.message_account_limit:
        raise TooMany("You have written much in the last hour.", safe="Nothing was sent.", action="Wait.")


def _tell(session: Session, me: str, thread: ThreadRow, said: str, now: int) -> None:
    """Wake the other side."""
    requester = campaigns.get(session, thread.campaign_id).requester
    name = alias_of(session, thread)  # never the address
    body = {
        "thread_id": thread.id,
        "campaign_id": thread.campaign_id,
        "index": thread.index,
        "message": {"seq": thread.last, "at": now, "by": "worker", "text": said},
    }
    if me != requester:
        events.add(session, requester, "message", now, {**body, "worker": name})
    elif not thread.muted:
        body["message"] = {"seq": thread.last, "at": now, "by": "requester", "text": said}
        events.add(session, thread.worker, "message", now, body)


def alias_of(session: Session, thread: ThreadRow) -> str:
    """What the requester calls a thread's worker: another name in each campaign, drawn when first needed."""
    found = repository.alias(session, thread.campaign_id, thread.worker)
    if found is not None:
        return found
    name = "w-" + secrets.token_hex(4)
    while repository.alias_taken(session, thread.campaign_id, name):
        name = "w-" + secrets.token_hex(4)
    session.add(AliasRow(campaign_id=thread.campaign_id, worker=thread.worker, alias=name))
    session.flush()
    return name


def closes_at(settings: Settings, given: AssignmentRow) -> int | None:
    """When a thread closes (Unix seconds): some days after its worker has nothing more to do with the task."""
    if given.final:
        return (given.judged_at or given.due_at) + settings.message_days * DAY
    if given.state in ("expired", "returned"):
        return given.due_at + settings.message_days * DAY
    return None


def mine(session: Session, settings: Settings, me: str, after: str, limit: int, now: int) -> dict[str, Any]:
    """The caller's threads as a worker, those with the oldest news first, from a page's `next` on."""
    found = list(repository.threads(session, limit, _cursor(after), worker=me))
    return _page(session, settings, found, "worker", limit, now)


def of_campaign(
    session: Session, settings: Settings, me: str, campaign_id: str, after: str, limit: int, now: int
) -> dict[str, Any]:
    """The threads of the caller's campaign; raises NotFound for everybody else's."""
    if campaigns.get(session, campaign_id).requester != me:
        raise NotFound("There is no such campaign.")
    found = list(repository.threads(session, limit, _cursor(after), campaign_id=campaign_id))
    return _page(session, settings, found, "requester", limit, now)


def show(
    session: Session, settings: Settings, me: str, thread_id: str, after: int, limit: int, now: int
) -> dict[str, Any]:
    """A thread that the caller is part of, with its messages after a number."""
    thread, role = _own(session, me, thread_id)
    given = repository.given_of(session, [thread])[thread.id]
    rows = repository.messages(session, thread_id, after, limit)
    return {
        **_thread(session, settings, thread, given, role, now),
        "messages": [message_json(thread, row) for row in rows],
    }


def mute(session: Session, me: str, thread_id: str, muted: bool) -> dict[str, Any]:
    """Be woken by a thread no more, or again; what is written in it can still be read."""
    thread, role = _own(session, me, thread_id)
    if role != "worker":
        raise NotFound("There is no such thread of yours.")
    thread.muted = muted
    return {"thread_id": thread_id, "muted": muted}


def message_json(thread: ThreadRow, row: MessageRow) -> dict[str, Any]:
    """A message as both sides see it."""
    by = "worker" if row.author == thread.worker else "requester"
    return {"seq": row.seq, "at": row.at, "by": by, "text": row.text}


def _own(session: Session, me: str, thread_id: str) -> tuple[ThreadRow, str]:
    """A thread and whether the caller is its worker or its requester."""
    thread = session.get(ThreadRow, thread_id)
    if thread is not None and campaigns.get(session, thread.campaign_id).requester == me:
        return thread, "requester"
    if thread is not None and thread.worker == me:
        return thread, "worker"
    raise NotFound("There is no such thread of yours.")


def _page(
    session: Session, settings: Settings, found: list[ThreadRow], role: str, limit: int, now: int
) -> dict[str, Any]:
    given = repository.given_of(session, found)
    full = len(found) == limit
    return {
        "threads": [_thread(session, settings, row, given[row.id], role, now) for row in found],
        "next": f"{found[-1].last_at}.{found[-1].id}" if full else None,
    }


def _thread(
    session: Session, settings: Settings, thread: ThreadRow, given: AssignmentRow, role: str, now: int
) -> dict[str, Any]:
    ends = closes_at(settings, given)
    found: dict[str, Any] = {
        "thread_id": thread.id,
        "campaign_id": thread.campaign_id,
        "index": thread.index,
        "role": role,
        "last": thread.last,
        "last_at": thread.last_at,
        "closes_at": ends,
        "open": ends is None or now < ends,
    }
    if role == "worker":
        return {**found, "muted": thread.muted}
    return {**found, "worker": repository.alias(session, thread.campaign_id, thread.worker)}


def _cursor(after: str) -> tuple[int, str]:
    at, _, thread_id = after.partition(".")
    return (int(at), thread_id) if after else (-1, "")
