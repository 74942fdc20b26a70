# SPDX-License-Identifier: Apache-2.0
"""Giving tasks to miners: the platform chooses, nobody gets a task twice or one of their own campaign."""

from __future__ import annotations

import json
import secrets
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from gems_platform.accounts import repository as accounts
from gems_platform.campaigns import reports
from gems_platform.campaigns import repository as campaigns
from gems_platform.campaigns.facts import Facts, facts
from gems_platform.channels import hub
from gems_platform.channels import repository as channels
from gems_platform.errors import BondTooSmall, Conflict, NotAllowed, NoWork
from gems_platform.gold import service as gold
from gems_platform.matching import names, work
from gems_platform.matching import repository as waiting
from gems_platform.matching.wishes import Ask
from gems_platform.observing import noted
from gems_platform.schemas import text
from gems_platform.settings import Settings
from gems_platform.tasks import batches, moves, repository, scouting
from gems_platform.tasks.tables import AssignmentRow, BatchRow, TaskRow
from gems_platform.trust import removal
from gems_platform.trust import standing as standings
from gems_protocol import audit, merkle
from gems_protocol.errors import MoveNotAllowed
from gems_protocol.messages import Assignment, StandingNote
from gems_protocol.task import Task
from gems_protocol.task_events import Leased, Returned
from gems_protocol.verification import NotOffered, Quote, Standing, standing_of
from gems_protocol.verification.needs import NOTHING_SAID, Ability, check_needs
from gems_protocol.verification.routing import check_grade

MAX_BATCH_DATA = 1_000_000  # characters: all open batches of a worker fit into one answer of a few MB


def quote(session: Session, settings: Settings, me: str, campaign_id: str, now: int) -> dict[str, Any]:
    """What the next task of a campaign offers this miner."""
    campaign = facts(campaigns.get(session, campaign_id))
    now_standing = standings.standing(session, me, campaign.family)
    found = _quote(campaign, now_standing)
    return {
        "n": now_standing.passes,
        "reward": str(found.reward),
        "stake": str(found.stake),
        "fee_ppm": found.fee_ppm,
        "audit_ppm": found.audit_ppm,
        "penalty": str(found.penalty),
        "note": standings.note(session, settings, me, campaign.family, now),
    }


def _quote(campaign: Facts, standing: Standing) -> Quote:
    try:
        check_grade(campaign.manifest.policy, standing)
        return campaign.policy.quote(standing, campaign.terms)
    except NotOffered as error:
        raise NotAllowed(error.message, action=error.action) from error


class Offered(NamedTuple):
    """What a campaign offers a miner who may work in it; note: the signed standing behind it."""

    campaign: Facts
    quote: Quote
    standing: Standing
    note: dict[str, Any]


def offered(
    session: Session, settings: Settings, me: str, campaign_id: str, now: int, ability: Ability = NOTHING_SAID
) -> Offered:
    """What a lease would be by; raises NoWork, NotAllowed on one's own campaign, CreditLimit."""
    row = campaigns.get(session, campaign_id)
    campaign = facts(row)
    if row.requester == me:
        raise NotAllowed("Nobody works on a campaign of their own.")
    if row.state != "open" or campaign.terms.ends <= now:
        raise NoWork("This campaign gives out no tasks now.")
    if reports.unsigned(session, row) > settings.spend_credit:
        raise NoWork("This campaign's requester has to sign for the work so far first.")
    batches.check_credit(session, me, "work")
    batches.check_void(session, settings, me, now)
    removal.check(session, me)
    _check_needs(campaign, ability)
    gold.check_practice(session, me, campaign)
    note = standings.note(session, settings, me, campaign.family, now)
    standing = standing_of(StandingNote.from_json(note["message"]))
    return Offered(campaign, _quote(campaign, standing), standing, note)


def _check_needs(campaign: Facts, ability: Ability) -> None:
    try:
        check_needs(campaign.manifest.policy, campaign.manifest.languages, ability)
    except NotOffered as error:
        raise NotAllowed(error.message, action=error.action) from error


def scout(session: Session, settings: Settings, me: str, campaign_id: str, count: int) -> list[int]:
    """Tasks that could be leased, to be looked for before the transaction that takes some of them."""
    wanted = min(count, settings.lease_limit)
    start = names.start(session, campaign_id, me)
    return scouting.find(session, campaign_id, me, wanted, start)


def lease(session: Session, settings: Settings, ask: Ask, scouted: list[int]) -> dict[str, Any]:
    """Offer at most `ask.count` of the tasks that were scouted as a batch, to be confirmed within ten minutes.

    Raises NoWork, NotAllowed on one's own campaign, CreditLimit, BondTooSmall.
    """
    me, campaign_id, now = ask.worker, ask.pool, ask.now
    found = offered(session, settings, me, campaign_id, now, ask.ability)
    if work.is_full(session, settings, ask):
        raise NoWork(
            "You have as much of this campaign in hand as one person may.", action="Send what is done first."
        )
    wanted = min(work.allowance(session, settings, ask), settings.lease_limit)
    if found.quote.stake and wanted:
        wanted = min(wanted, _affordable(session, me, found.quote.stake.units))
    due_at = now + found.campaign.manifest.lease_s
    batch = new_batch("work", me, campaign_id, now, settings.confirm_s, due_at)
    leased = _take(session, settings, found, batch, scouted, wanted)
    if (
        wanted and not leased and scouted
    ):  # others were quicker at all of them: look again while nobody can be
        again = scout(session, settings, me, campaign_id, wanted)
        leased = _take(session, settings, found, batch, again, wanted)
    if not leased:
        nothing = NoWork("There is no task in this campaign for you right now.")
        nothing.waits = True
        raise nothing
    gold.were_shown(session, settings, campaign_id, [item.index for item in leased])
    waiting.fulfil(session, campaign_id, me)
    return add_batch(session, batch, leased, found.quote.stake.units * len(leased))


def _take(
    session: Session, settings: Settings, found: Offered, batch: BatchRow, scouted: list[int], wanted: int
) -> list[AssignmentRow]:
    """Assignments of at most `wanted` of these tasks, those with known answers mixed in."""
    me, campaign_id, now = batch.worker, text(found.campaign.campaign_id), batch.created_at
    leased: list[AssignmentRow] = []
    size = 0
    order = gold.prefer(session, me, found.campaign.family, campaign_id, scouted) if wanted else []
    while order and len(leased) < wanted and size <= MAX_BATCH_DATA:
        part, order = order[: wanted - len(leased)], order[wanted - len(leased) :]
        for task_row in _free(session, campaign_id, part, me):
            if size > MAX_BATCH_DATA:
                break
            size += len(task_row.data)
            item = _lease_one(settings, session, found, task_row, batch, len(leased), now)
            leased += [item] if item is not None else []
    return leased


def _free(session: Session, campaign_id: str, indexes: list[int], me: str) -> list[TaskRow]:
    shut = repository.barred(session, campaign_id, indexes, me)
    return [row for row in repository.take_open(session, campaign_id, indexes) if row.index not in shut]


def _lease_one(
    settings: Settings,
    session: Session,
    found: Offered,
    row: TaskRow,
    batch: BatchRow,
    place: int,
    now: int,
) -> AssignmentRow | None:
    """The assignment of one task; None when its escrow covers no further attempt at this quote."""
    try:
        task = moves.happen(
            session, row, found.campaign, Leased(batch.worker, found.quote, found.standing), now
        )
    except MoveNotAllowed:
        return None
    signed, audit_ppm = json.dumps(found.note), found.quote.audit_ppm
    return assign(settings, found.campaign, row, task, batch, place, batch.due_at, audit_ppm, signed, now)


def _affordable(session: Session, me: str, stake: int) -> int:
    row = channels.of_worker(session, me)
    free = hub.channel(row, accounts.account(session, me).bond_target).bond_free.units if row else 0
    if free < stake:
        raise BondTooSmall(
            "Your bond pocket holds too little for the stake of one task.",
            safe="Nothing was taken.",
            action="Work without a stake first: the first earnings fill the bond pocket.",
        )
    return free // stake


def new_batch(
    kind: str, worker: str, campaign_id: str | None, now: int, confirm_s: int, due_at: int
) -> BatchRow:
    """A batch that is not stored yet."""
    return BatchRow(
        id=text(secrets.token_bytes(32)),
        kind=kind,
        worker=worker,
        campaign_id=campaign_id,
        state="offered",
        created_at=now,
        confirm_by=now + confirm_s,
        due_at=due_at,
        released=False,
    )


def add_batch(session: Session, batch: BatchRow, items: list[Any], stake_total: int) -> dict[str, Any]:
    """Store a batch with its items (assignments or seats) and show it."""
    batch.root = text(merkle.root([bytes.fromhex(item.hash[2:]) for item in items]))
    batch.stake_total = stake_total
    session.add(batch)
    session.flush()
    session.add_all(items)
    session.flush()
    noted.accepted("leases" if batch.kind == "work" else "review_leases", len(items))
    return batches.show(session, batch)


def assign(
    settings: Settings,
    campaign: Facts,
    row: TaskRow,
    task: Task,
    batch: BatchRow,
    place: int,
    due_at: int,
    audit_ppm: int,
    note: str | None,
    now: int,
) -> AssignmentRow:
    """Sign the assignment of a task that was just leased; `note` is the standing by which it was offered."""
    secret = secrets.token_bytes(32)
    message = Assignment(
        campaign_id=campaign.campaign_id,
        index=row.index,
        attempt=task.attempt,
        miner=str(task.miner),
        reward=task.reward.units,
        stake=task.stake.units,
        audit_ppm=audit_ppm,
        audit_commit=audit.commit(secret),
        input_hash=bytes.fromhex(row.input_hash[2:]),
        due_at=due_at,
    )
    return AssignmentRow(
        hash=text(message.struct_hash()),
        batch_id=batch.id,
        place=place,
        campaign_id=row.campaign_id,
        index=row.index,
        attempt=task.attempt,
        miner=str(task.miner),
        message=json.dumps(message.to_json()),
        signature=text(message.sign(settings.campaigns_domain, settings.hub_signer_key)),
        secret=text(secret),
        is_redo=task.redo,
        note=note,
        state="offered",
        leased_at=now,
        due_at=due_at,
    )


def give_back(session: Session, me: str, batch_id: str, hashes: list[str], now: int) -> dict[str, Any]:
    """Return tasks that were not done; the stake comes back with the next voucher.

    A redo cannot be returned: letting it pass forfeits the stake (Conflict).
    """
    batch = repository.own_batch(session, batch_id, me)
    items = {item.hash: item for item in repository.in_batch(session, batch.id)}
    returned = 0
    for name in dict.fromkeys(hashes):
        item = items.get(name)
        if item is None or item.is_redo or item.state not in ("leased", "returned"):
            raise Conflict("One of these tasks cannot be returned any more.", safe="Nothing was returned.")
        if item.state == "leased":
            campaign = facts(campaigns.get(session, item.campaign_id))
            task_row = repository.task(session, item.campaign_id, item.index)
            moves.happen(session, task_row, campaign, Returned(), now)
            item.state = "returned"
        returned += 1
    return {"returned": returned}
