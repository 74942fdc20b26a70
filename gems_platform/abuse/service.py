# SPDX-License-Identifier: Apache-2.0
"""Reports of abuse: taken from whoever met the thing, read by the operator alone, decided by nobody but a person."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from gems_platform.abuse import repository
from gems_platform.abuse.tables import AbuseRow
from gems_platform.audit import repository as audit
from gems_platform.campaigns import repository as campaigns
from gems_platform.errors import Conflict, NotFound, TooMany
from gems_platform.messaging import repository as messaging
from gems_platform.messaging.service import message_json
from gems_platform.messaging.tables import MessageRow, ThreadRow
from gems_platform.settings import DAY, Settings
from gems_platform.tasks import repository as tasks
from gems_platform.tasks.tables import TaskRow
from gems_protocol.text import clean

MAX_NOTE = 500  # characters
SHOWN = 100  # messages of a reported thread that the operator sees, the reported one the last
OUTCOMES = ("upheld", "dismissed")


@dataclass(frozen=True, slots=True)
class Thing:
    """What is reported: a message where there is a thread, else a task where there is an index, else the campaign."""

    campaign_id: str = ""
    index: int | None = None
    thread_id: str | None = None
    seq: int | None = None


def report(
    session: Session, settings: Settings, me: str, thing: Thing, reason: str, note: str, now: int
) -> dict[str, Any]:
    """Take a report. It changes nothing but the operator's list.

    Raises NotFound for what the caller has not met, Conflict for a second one about the same thing, TooMany.
    """
    kind, name, thing = _met(session, me, thing)
    if repository.of_reporter(session, me, name) is not None:
        raise Conflict("You have reported this already.", safe="The first report stands.")
    if repository.made(session, me, now - DAY) >= settings.abuse_limit:
        raise TooMany("You have reported much today.", safe="Nothing was sent.", action="Wait a day.")
    row = AbuseRow(
        id="0x" + secrets.token_hex(32),
        reporter=me,
        kind=kind,
        thing=name,
        campaign_id=thing.campaign_id,
        index=thing.index,
        thread_id=thing.thread_id,
        seq=thing.seq,
        reason=reason,
        note=clean(note, max_length=MAX_NOTE).strip(),
        at=now,
        state="open",
    )
    session.add(row)
    session.flush()
    return _own(row)


def _met(session: Session, me: str, thing: Thing) -> tuple[str, str, Thing]:
    """Kind, name and all parts of a thing that the caller has to do with; raises NotFound for any other."""
    if thing.thread_id is not None:
        thread = session.get(ThreadRow, thing.thread_id)
        message = session.get(MessageRow, (thing.thread_id, thing.seq))
        if thread is None or message is None or message.author == me:
            raise NotFound("There is no such message.")
        if me not in (thread.worker, campaigns.get(session, thread.campaign_id).requester):
            raise NotFound("There is no such message.")
        whole = Thing(thread.campaign_id, thread.index, thread.id, message.seq)
        return "message", f"{thread.id}/{message.seq}", whole
    row = campaigns.get(session, thing.campaign_id)
    if thing.index is None:
        if row.state == "draft":
            raise NotFound("There is no such campaign.")
        return "campaign", row.id, thing
    given = messaging.newest_given(session, row.id, thing.index, me)
    if given is None and not repository.has_seat(session, row.id, thing.index, me):
        raise NotFound("There is no such task, or you never had it.")
    return "task", f"{row.id}/{thing.index}", thing


def mine(session: Session, me: str) -> dict[str, Any]:
    """The caller's own newest reports, and what came of them."""
    return {"reports": [_own(row) for row in repository.own(session, me, 100)]}


def listed(session: Session, least: int, state: str, after: str, limit: int) -> dict[str, Any]:
    """For the operator: reports in a state, the oldest first, and the campaigns that `least` workers reported."""
    at, _, report_id = after.partition(".")
    found = list(repository.page(session, state, (int(at), report_id) if after else (-1, ""), limit))
    review = repository.workers(session, least)
    return {
        "reports": [_for_operator(row) for row in found],
        "under_review": [{"campaign_id": key, "workers": count} for key, count in review.items()],
        "next": f"{found[-1].at}.{found[-1].id}" if len(found) == limit else None,
    }


def show(session: Session, least: int, report_id: str, by: str, now: int) -> dict[str, Any]:
    """For the operator: one report with what it is about: the task, or the thread up to the message.

    That somebody read it is written into the audit log.
    """
    row = _get(session, report_id)
    audit.add(session, now, "report_read", account=by, subject=report_id)
    manifest = json.loads(campaigns.get(session, row.campaign_id).manifest)
    about: dict[str, Any] = {
        "title": manifest["title"],
        "requester": campaigns.get(session, row.campaign_id).requester,
    }
    if row.kind == "task":
        task: TaskRow = tasks.task(session, row.campaign_id, int(row.index or 0))
        about["task"] = json.loads(task.data)
    elif row.kind == "campaign":
        about |= {"description": manifest["description"], "instructions": manifest["instructions"]}
    elif row.thread_id is not None and row.seq is not None:
        thread = session.get_one(ThreadRow, row.thread_id)
        first = max(0, row.seq - SHOWN)
        rows = messaging.messages(session, thread.id, first, row.seq - first)
        about["messages"] = [message_json(thread, one) for one in rows]
    count = repository.workers(session, 1, row.campaign_id).get(row.campaign_id, 0)
    return {
        **_for_operator(row),
        "about": about,
        "workers": count,
        "under_review": count >= least,
    }


def resolve(session: Session, by: str, report_id: str, outcome: str, answer: str, now: int) -> dict[str, Any]:
    """For the operator: what came of a report, once; the same again changes nothing. Raises NotFound, Conflict."""
    row = _get(session, report_id)
    said = clean(answer, max_length=MAX_NOTE).strip()
    if row.state != "open":
        if (row.state, row.answer) != (outcome, said):
            raise Conflict("This report was resolved before.", safe="Nothing was changed.")
        return _for_operator(row)
    row.state, row.resolved_at, row.resolved_by, row.answer = outcome, now, by, said
    audit.add(session, now, "report_" + outcome, account=by, subject=report_id)
    session.flush()
    return _for_operator(row)


def _get(session: Session, report_id: str) -> AbuseRow:
    row = session.get(AbuseRow, report_id)
    if row is None:
        raise NotFound("There is no such report.")
    return row


def _own(row: AbuseRow) -> dict[str, Any]:
    """A report as its reporter sees it."""
    return {
        "report_id": row.id,
        "kind": row.kind,
        "campaign_id": row.campaign_id,
        "index": row.index,
        "thread_id": row.thread_id,
        "seq": row.seq,
        "reason": row.reason,
        "at": row.at,
        "state": row.state,
        "answer": row.answer,
    }


def _for_operator(row: AbuseRow) -> dict[str, Any]:
    return {
        **_own(row),
        "reporter": row.reporter,
        "note": row.note,
        "resolved_at": row.resolved_at,
        "resolved_by": row.resolved_by,
    }
