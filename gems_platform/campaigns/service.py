# SPDX-License-Identifier: Apache-2.0
"""Campaigns from their requester's signature on: offering, showing, cancelling, and what came of each task."""

from __future__ import annotations

import json
import secrets
from typing import Any

from sqlalchemy.orm import Session

from gems_platform.campaigns import drafts, modules, reports, repository
from gems_platform.campaigns.facts import facts
from gems_platform.campaigns.schemas import NewCampaign
from gems_platform.campaigns.tables import CampaignRow
from gems_platform.errors import Conflict, Malformed, NotAllowed
from gems_platform.gold import practice
from gems_platform.gold import service as gold
from gems_platform.matching import tallies
from gems_platform.media import repository as media
from gems_platform.media.names import media_of
from gems_platform.reviews import repository as reviews
from gems_platform.reviews.tables import SeatRow
from gems_platform.schemas import raw, text
from gems_platform.settings import Settings
from gems_platform.tasks import moves, record
from gems_platform.tasks.tables import PLACE_BITS, AssignmentRow, TaskRow
from gems_protocol import merkle
from gems_protocol.campaign import ZERO_ADDRESS, Manifest, Terms, input_hash
from gems_protocol.escrow import time_faults
from gems_protocol.instructions import pictures
from gems_protocol.messages import Offer, StandingNote
from gems_protocol.rules import rules_of
from gems_protocol.task import TaskState, open_task
from gems_protocol.task_events import Cancelled
from gems_protocol.text import line
from gems_protocol.verification import standing_of

NAME_LENGTH = 80  # characters of a module's family and difficulty, which outcomes and attestations hold
RESULTS_PAGE = 500
RESULTS_SIZE = 2_000_000  # characters of answers in a page: clients refuse answers above 32 MB


def create(session: Session, settings: Settings, me: str, body: NewCampaign, now: int) -> str:
    """Take a campaign in as a draft and give its id; the same campaign again changes nothing.

    Raises NotAllowed for somebody else's terms, Malformed and BadSignature when the parts do not fit together.
    """
    terms, manifest = Terms.from_json(body.terms), Manifest.from_json(body.manifest)
    campaign_id = text(terms.campaign_id())
    if terms.requester != me:
        raise NotAllowed("Only the requester named in the terms may offer a campaign.")
    known = repository.find(session, campaign_id)
    if known is not None:
        if facts(known).manifest != manifest:
            raise Conflict("These terms were offered before with another manifest.")
        return campaign_id
    _check(settings, terms, manifest, now)
    offer = Offer(terms.campaign_id(), manifest.manifest_hash())
    offer.check(settings.campaigns_domain, raw(body.offer_signature), me)
    leaves = [input_hash(data) for data in body.tasks]
    if merkle.root(leaves) != terms.content_root:
        raise Malformed("The tasks are not those that the terms' content root names.")
    modules.check_tasks(manifest.module.config, body.tasks)
    drafts.make_room(session, settings, me, now)
    row = CampaignRow(
        id=campaign_id,
        requester=me,
        terms=json.dumps(terms.to_json()),
        manifest=json.dumps(manifest.to_json()),
        offer_signature=body.offer_signature,
        state="draft",
        tasks_total=len(body.tasks),
        media_bytes_per_task=_media_bytes(session, body.tasks, pictures(manifest.instructions)),
        created_at=now,
    )
    session.add(row)
    session.flush()
    campaign = facts(row)
    for index, (data, leaf, proof) in enumerate(zip(body.tasks, leaves, merkle.proofs(leaves), strict=True)):
        session.add(
            TaskRow(
                campaign_id=campaign_id,
                index=index,
                data=json.dumps(data),
                input_hash=text(leaf),
                proof=json.dumps([text(node) for node in proof]),
                record=record.dump(open_task(index, terms, campaign.policy, campaign.rules.classes)),
                state=TaskState.OPEN.value,
                place=secrets.randbits(PLACE_BITS),
            )
        )
    tallies.add(session, campaign_id, TaskState.OPEN.value, len(body.tasks))
    session.flush()
    gold.store(session, campaign_id, manifest, body.tasks, body.gold)
    practice.store(session, campaign_id, manifest.module.config, practice.share_of(campaign), body.practice)
    return campaign_id


def _check(settings: Settings, terms: Terms, manifest: Manifest, now: int) -> None:
    if terms.hub != settings.hub_payer:
        raise Malformed("The terms must name this platform's treasury as their hub.")
    if terms.ends <= now:
        raise Malformed("The campaign would end in the past.")
    wrong = time_faults(terms.redo, terms.window)
    if wrong:
        raise Malformed(f"The escrow refuses these terms: {' and '.join(wrong)}.")
    if any(terms.verifier_root):
        raise Malformed("The terms name their verifiers, but this platform seats whom it chooses.")
    if terms.arbiter not in (ZERO_ADDRESS, *settings.arbiters):
        raise Malformed("The terms name an arbiter that this platform does not know.")
    if any(line(name, NAME_LENGTH) != name for name in (manifest.module.family, manifest.module.difficulty)):
        raise Malformed(
            f"A module's family and difficulty are plain text of at most {NAME_LENGTH} characters."
        )
    rules_of(terms, manifest)
    modules.check_config(manifest.module.config)


def _media_bytes(session: Session, tasks: list[dict[str, Any]], instructions: tuple[str, ...]) -> int:
    """What a task weighs on average; raises Malformed unless all its files, and those of the instructions, are here."""
    names = [media_of(data) for data in tasks]
    every = {*instructions, *(name for found in names for name in found)}
    sizes = media.sizes(session, every)
    if len(sizes) != len(every):
        raise Malformed(
            f"{len(every) - len(sizes)} media files of the tasks are not here.",
            action="Upload every media file first.",
        )
    return sum(sizes[name] for found in names for name in found) // len(tasks)


def state(row: CampaignRow, now: int) -> str:
    """draft, open, ended or cancelled."""
    return "ended" if row.state == "open" and facts(row).terms.ends <= now else row.state


def show(
    session: Session, settings: Settings, row: CampaignRow, now: int, report: dict[str, Any] | None = None
) -> dict[str, Any]:
    """A campaign as anybody may see it."""
    times = sorted(repository.work_times(session, row.id))
    return {
        "campaign_id": row.id,
        "terms": json.loads(row.terms),
        "manifest": json.loads(row.manifest),
        "offer_signature": row.offer_signature,
        "tasks_total": row.tasks_total,
        "tasks_open": tallies.count(session, row.id, TaskState.OPEN.value),
        "funded": str(row.funded),
        "state": state(row, now),
        "media_bytes_per_task": row.media_bytes_per_task,
        "measured": {"median_seconds": times[len(times) // 2] if times else None, "tasks": len(times)},
        "report": report or reports.report_of(session, settings, row.requester),
        "practice": settings.is_practice(row.requester),
    }


def show_page(session: Session, settings: Settings, after: str, limit: int, now: int) -> dict[str, Any]:
    """Campaigns that workers may see, newest first; drafts are only their requester's affair.

    after: the `last` of the page before, "" for the newest. `more`: whether there is another page.
    """
    at, _, name = after.partition("-")
    rows = repository.listed(session, (int(at), name) if after else None, limit + 1)
    more, rows = len(rows) > limit, rows[:limit]
    found = {
        requester: reports.report_of(session, settings, requester)
        for requester in sorted({row.requester for row in rows})
    }
    return {
        "campaigns": [show(session, settings, row, now, found[row.requester]) for row in rows],
        "last": f"{rows[-1].created_at}-{rows[-1].id}" if rows else after,
        "more": more,
    }


def show_one(session: Session, settings: Settings, campaign_id: str, now: int) -> dict[str, Any]:
    """One campaign, drafts too; raises NotFound."""
    return show(session, settings, repository.get(session, campaign_id), now)


def cancel(session: Session, me: str, campaign_id: str, now: int) -> CampaignRow:
    """No new leases: what was submitted is judged and paid, open leases run out, the rest returns."""
    row = repository.owned(session, campaign_id, me)
    if row.state != "cancelled":
        row.state = "cancelled"
        campaign = facts(row)
        for task in repository.tasks_from(session, campaign_id, 0, row.tasks_total):
            if not record.load(task, campaign).is_over:
                moves.happen(session, task, campaign, Cancelled(), now, judge=task.seats_wanted > 0)
    return row


def results(session: Session, me: str, campaign_id: str, after: int) -> dict[str, Any]:
    """The requester's tasks after index `after`: state, the accepted answer, the votes."""
    repository.owned(session, campaign_id, me)
    found: list[dict[str, Any]] = []
    size = 0
    for task in repository.tasks_from(session, campaign_id, after + 1, RESULTS_PAGE):
        attempts = repository.attempts(session, campaign_id, task.index)
        accepted = next((row for row in attempts if row.state == "accepted" and row.final), None)
        adopted = next((row for row in attempts if row.adopted), None)
        judged = {row.attempt for row in attempts if row.final}
        seats = [
            seat
            for seat in reviews.of_task(session, campaign_id, task.index)
            if seat.accept is not None and seat.attempt in judged
        ]
        size += sum(len(seat.answer or "") + len(seat.note or "") for seat in seats)
        size += max((len(row.answer or "") for row in attempts), default=0)
        if found and size > RESULTS_SIZE:
            break
        found.append(
            {
                "index": task.index,
                "state": task.state,
                "answer": _answer(accepted, adopted),
                "adopted": accepted is None and adopted is not None,
                "attempts": sum(row.submitted_at is not None for row in attempts),
                "votes": [
                    {
                        "attempt": seat.attempt,
                        "round": seat.round,
                        "accept": seat.accept,
                        "number": seat.number,
                        "answer": json.loads(seat.answer) if seat.answer else None,
                        "accuracy": _accuracy(seat),
                        "reason": seat.reason,
                        "note": seat.note,
                    }
                    for seat in seats
                ],
            }
        )
    return {"results": found, "last": found[-1]["index"] if found else after}


def _answer(accepted: AssignmentRow | None, adopted: AssignmentRow | None) -> Any:
    """The task's answer: the accepted one, else the one that verifiers agreed on."""
    if accepted is not None and accepted.answer:
        return json.loads(accepted.answer)
    return json.loads(str(adopted.adopted)) if adopted is not None else None


def _accuracy(seat: SeatRow) -> str | None:
    """The accuracy by which a blind answer was weighed, as a fraction."""
    if seat.note_of_verifier is None:
        return None
    note = StandingNote.from_json(json.loads(seat.note_of_verifier)["message"])
    return str(standing_of(note).accuracy)
