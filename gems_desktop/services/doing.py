# SPDX-License-Identifier: Apache-2.0
"""One task being done, whether for pay as a miner or as a blind review: journal, draft, finished answer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from gems_desktop.services import answers
from gems_desktop.services.errors import AnswerIncomplete, NothingToDo
from gems_desktop.services.facts import ItemState, TaskFacts
from gems_desktop.services.offers import Campaign, stored_campaign
from gems_desktop.services.outside import clean_line, clean_text, clean_warning, first_language, kept_mark
from gems_desktop.services.ports import Tx
from gems_desktop.services.queries import Above
from gems_desktop.services.records import AnswerRecord, CampaignRecord, EditRecord, ItemRecord
from gems_desktop.services.task_view import folded, wishes_of
from gems_protocol import canonical
from gems_protocol.campaign import result_hash

TODO = (ItemState.DRAFT.name, ItemState.LEASED.name)


def task_item(tx: Tx, item_id: str) -> ItemRecord:
    """A task that is done by drawing an answer: work, or a blind review; raises NothingToDo."""
    item = tx.get(ItemRecord, item_id)
    if item is None or not (item.kind == "work" or item.blind):
        raise NothingToDo("This task is not on this computer.")
    return item


def campaign_of(tx: Tx, item: ItemRecord) -> Campaign:
    """The item's campaign; raises NothingToDo."""
    record = tx.get(CampaignRecord, item.campaign_id)
    if record is None:
        raise NothingToDo("The campaign of this task is not on this computer.")
    return stored_campaign(record)


def append(tx: Tx, item_id: str, kind: str, edit: dict[str, Any], now: int) -> None:
    """One line of the journal: "edit", "undo" or "redo"; raises EditRefused, NothingToDo."""
    item = task_item(tx, item_id)
    if item.state not in TODO:
        raise NothingToDo("This task is not open for changes.", action="Take it back first, if it may be.")
    if kind == "edit":
        config = campaign_of(tx, item).manifest.module.config
        answers.apply(config, item.data, answers.draft_of(tx, item, config).answer, edit)
    tx.put(EditRecord(0, item_id, kind, json.dumps(edit)))
    if item.state == ItemState.LEASED.name:
        tx.change(ItemRecord, item_id, state=ItemState.DRAFT.name, changed_at=now)


def finish(tx: Tx, item_id: str, salt: str, now: int) -> ItemRecord:
    """Keep the draft as the finished answer; salt: 32 bytes as hex, unless it has one. Raises AnswerIncomplete."""
    item = task_item(tx, item_id)
    if item.state not in TODO:
        raise NothingToDo("This task is not open any more.")
    config = campaign_of(tx, item).manifest.module.config
    answer = answers.draft_of(tx, item, config).answer
    wrong = answers.problems(config, item.data, answer)
    if wrong:
        raise AnswerIncomplete(wrong)
    before = tx.get(AnswerRecord, item_id)
    tx.put(
        AnswerRecord(
            item_id=item_id,
            answer=canonical.dumps(answer).decode(),
            result_hash="0x" + result_hash(answer).hex(),
            salt=before.salt if before else salt,
            finished_at=now,
        )
    )
    tx.change(ItemRecord, item_id, state=ItemState.FINISHED.name, changed_at=now)
    if item.blind:
        tx.change(ItemRecord, item_id, verdict="answer", decided_at=next_decision(tx))
    return item


def next_decision(tx: Tx) -> int:
    """The place of one more decision about reviews, so that `undo` finds the last."""
    last = tx.rows(
        ItemRecord, ("decided_at",), order="decided_at", descending=True, limit=1, decided_at=Above(0)
    )
    return 1 + (last[0][0] if last else 0)


def answers_of(tx: Tx, item_ids: Sequence[str]) -> dict[str, AnswerRecord]:
    """The finished answers of these items, read a thousand at a time."""
    found: dict[str, AnswerRecord] = {}
    for start in range(0, len(item_ids), 1000):
        keys = tuple(item_ids[start : start + 1000])
        found.update((answer.item_id, answer) for answer in tx.find(AnswerRecord, item_id=keys))
    return found


def task_facts(tx: Tx, item: ItemRecord) -> TaskFacts:
    """The task as it is drawn."""
    campaign = campaign_of(tx, item)
    config = campaign.manifest.module.config
    draft = answers.draft_of(tx, item, config)
    batch = [state for (state,) in tx.rows(ItemRecord, ("state",), batch_id=item.batch_id)]
    return TaskFacts(
        item_id=item.item_id,
        batch_id=item.batch_id,
        campaign_id=item.campaign_id,
        campaign_title=clean_line(campaign.manifest.title),
        instructions=clean_text(campaign.manifest.instructions),
        config=config,
        data=json.loads(item.data),
        answer=draft.answer,
        edits=draft.done,
        undone=len(draft.undone),
        position=item.position,
        batch_size=len(batch),
        done_in_batch=sum(state not in TODO for state in batch),
        reward=item.reward,
        due_at=item.due_at,
        state=ItemState[item.state],
        redo_reason=item.reason if item.redo_of else "",
        redo_note=item.note if item.redo_of else "",
        kind=item.kind,
        stake=item.stake,
        redo_mark=kept_mark(item.mark) if item.redo_of else None,
        before=tuple(json.loads(item.start)) if item.redo_of else (),
        wishes=wishes_of(tx, config),
        folded=folded(tx, item.campaign_id),
        content_warning=clean_warning(campaign.manifest.content_warning),
        language=first_language(campaign.manifest.languages),
    )
