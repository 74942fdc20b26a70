# SPDX-License-Identifier: Apache-2.0
"""Reads what is at hand for the queue's facts: every figure from counts or by an index, the same at a million tasks."""

from __future__ import annotations

from typing import Any

from gems_desktop.services import meter
from gems_desktop.services.budget import limits_of, says_counted
from gems_desktop.services.doing import TODO
from gems_desktop.services.facts import ItemState
from gems_desktop.services.facts_queue import QueueFacts
from gems_desktop.services.offers import stored_campaign
from gems_desktop.services.ports import Tx
from gems_desktop.services.queries import BULKY, Above, UpTo
from gems_desktop.services.records import CampaignRecord, ItemRecord
from gems_desktop.services.settings import chosen
from gems_protocol.amount import Amount

_FINISHED = ItemState.FINISHED.name
_SEALED = (ItemState.SEALED.name, ItemState.SENDING.name)
_UNDELIVERED = (*TODO, _FINISHED, *_SEALED)
_JUDGING = (ItemState.DELIVERED.name, ItemState.DISPUTED.name)
_KINDS = ("work", "review")


def read(tx: Tx, now: int, clock_now: int) -> QueueFacts:
    """The figures; now: by the platform's time, clock_now: by this computer's, which the meter's day is of."""
    limits, options = limits_of(tx), chosen(tx)
    soon = now + 3_600 * options.get("warn_hours", 6)
    finished = _sum(tx, state=_FINISHED, kind="work")
    held = _sum(tx, state=ItemState.ACCEPTED.name, kind="work", shelf="waiting")
    answers = _answerable(tx, now)
    return QueueFacts(
        ready=tx.count(ItemRecord, kind="work", state=TODO),
        seconds_ready=seconds_ready(tx),
        next_due_at=_first_due(tx, now),
        due_soon=_due(tx, now, soon, _UNDELIVERED),
        finished_soon=_due(tx, now, soon, (_FINISHED, *_SEALED)),
        bytes_today=meter.bytes_on(tx, meter.day_of(clock_now)),
        bytes_allowed=limits.bytes_a_day,
        metered=True if says_counted(tx) else None,
        keeps=limits.keep,
        unsent=tx.count(ItemRecord, shelf="unsent"),
        finished=finished[0],
        finished_reward=finished[1],
        sealed=tx.count(ItemRecord, kind="work", state=_SEALED),
        judging=tx.count(ItemRecord, state=_JUDGING),
        held=held[0],
        held_reward=held[1],
        held_until=_held_until(tx) if held[0] else None,
        disputed_reward=_sum(tx, state=ItemState.DISPUTED.name, kind="work")[1],
        answerable=len(answers),
        answer_until=min(answers, default=0),
        done=sum(n for shelf, n in tx.tally(ItemRecord, ("shelf",)) if shelf != "hidden"),
    )


def seconds_ready(tx: Tx) -> int:
    """About how long the tasks that are ready take, by what one takes in its campaign."""
    counted = tx.tally(ItemRecord, ("campaign_id",), kind="work", state=TODO)
    return sum(count * _seconds(tx, campaign_id) for campaign_id, count in counted)


def _seconds(tx: Tx, campaign_id: str) -> int:
    record = tx.get(CampaignRecord, campaign_id)
    if record is None:
        return 0
    campaign = stored_campaign(record)
    told = campaign.shown.get("measured")
    measured = told.get("median_seconds") if isinstance(told, dict) else None
    sound = type(measured) is int and measured > 0
    return int(measured) if sound else campaign.manifest.expected_seconds  # type: ignore[arg-type]


def _sum(tx: Tx, **where: object) -> tuple[int, Amount]:
    counted = tx.tally(ItemRecord, ("reward",), **where)
    return sum(n for _, n in counted), Amount(sum(int(reward) * n for reward, n in counted))


def _first_due(tx: Tx, now: int) -> int | None:
    wanted: dict[str, Any] = {"kind": _KINDS, "state": _UNDELIVERED, "due_at": Above(now)}
    found = tx.rows(ItemRecord, ("due_at",), order="due_at", limit=1, **wanted)
    return found[0][0] if found else None


def _due(tx: Tx, now: int, soon: int, states: tuple[str, ...]) -> int:
    late = tx.count(ItemRecord, kind=_KINDS, state=states, due_at=UpTo(now))
    return tx.count(ItemRecord, kind=_KINDS, state=states, due_at=UpTo(soon)) - late


def _held_until(tx: Tx) -> int | None:
    """When the last of the accepted work that its requester can object to is paid at the latest."""
    found = tx.rows(
        ItemRecord,
        ("appeal_until",),
        order="appeal_until",
        descending=True,
        limit=1,
        state=ItemState.ACCEPTED.name,
        final=False,
    )
    return (found[0][0] or None) if found else None


def _answerable(tx: Tx, now: int) -> list[int]:
    """Until when each rejection can be answered, of those that can: corrected, or appealed."""
    open_ones = tx.find(ItemRecord, omit=BULKY, state=ItemState.REJECTED.name, final=False)
    rejected = [item for item in open_ones if item.kind == "work" and item.outcome]
    redone = _redos(tx, rejected)
    ends = []
    for item in rejected:
        may_appeal = item.appeal_by == "miner" and item.appeal_until > now and not item.appeal_state
        again = redone.get((item.campaign_id, item.index))
        each = [again.due_at] if again is not None else []
        each += [item.appeal_until] if may_appeal else []
        if each:
            ends.append(min(each))
    return ends


def _redos(tx: Tx, rejected: list[ItemRecord]) -> dict[tuple[str, int], ItemRecord]:
    found: dict[tuple[str, int], ItemRecord] = {}
    for campaign_id in {item.campaign_id for item in rejected}:
        places = tuple(item.index for item in rejected if item.campaign_id == campaign_id)
        for again in tx.find(
            ItemRecord, omit=BULKY, kind="work", campaign_id=campaign_id, index=places, state=TODO
        ):
            found[campaign_id, again.index] = again
    return found
