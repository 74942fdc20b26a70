# SPDX-License-Identifier: Apache-2.0
"""What happened: the platform's events in order, each checked by the protocol's rules before anything moves.

An event that does not hold is kept with its problem and shown; nothing of mine changes because of it.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from gems_desktop.services.channels import channel_record, line_known, line_record, load_channel
from gems_desktop.services.context import Context
from gems_desktop.services.cursor import get_value, set_value
from gems_desktop.services.errors import PlatformLied
from gems_desktop.services.facts import ItemState, Topic
from gems_desktop.services.leases import check_redo
from gems_desktop.services.offers import Campaign, stored_campaign
from gems_desktop.services.outside import clean_text
from gems_desktop.services.ports import ChannelState, Tx
from gems_desktop.services.records import (
    AnswerRecord,
    BatchRecord,
    CampaignRecord,
    EventRecord,
    ItemRecord,
    LineRecord,
)
from gems_desktop.services.vouchers import receive
from gems_protocol import evidence as proofs
from gems_protocol import merkle
from gems_protocol.amount import ZERO
from gems_protocol.channel import owe
from gems_protocol.errors import BadSignature, MalformedMessage, MoneyDiffers
from gems_protocol.evidence import Verdict, VerdictEvidence, check_verdict
from gems_protocol.lines import Line, LineKind, miner_lines, returned_lines, review_lines
from gems_protocol.messages import Assignment, ReviewAssignment

PAGE = 500
CURSOR = "events_after"
_LATEST = 1 << 35  # Unix seconds: beyond the year 3000, and still a date everywhere
_WAITING = (ItemState.DELIVERED.name, ItemState.SEALED.name, ItemState.SENDING.name)
_UNDELIVERED = (
    ItemState.LEASED.name,
    ItemState.DRAFT.name,
    ItemState.FINISHED.name,
    ItemState.SEALED.name,
    ItemState.SENDING.name,
    ItemState.EXPIRED.name,
)
_REASONS = (
    "wrong_label",
    "missed_object",
    "bad_outline",
    "incomplete",
    "off_instructions",
    "unreadable",
    "other",
)


class Events:
    """The events of one profile."""

    def __init__(self, context: Context) -> None:
        self._c = context

    async def pull(self) -> int:
        """Fetch and judge new events; their number. Raises Offline, PlatformLied, ChainUnreachable."""
        total = 0
        while True:
            after = int(await self._c.store.run(lambda tx: get_value(tx, CURSOR, 0)))
            page = await self._c.platform.get(f"/v1/events?after={after}&limit={PAGE}")
            events = page.get("events") if isinstance(page, dict) else None
            if not isinstance(events, list):
                raise PlatformLied("the list of events is malformed.")
            for event in events:
                await self._take(event, after)
                after = event["seq"]
                total += 1
            if not events:  # a page may be shorter than asked for, where it got large
                break
        if total:
            self._c.publish(Topic.OUTBOX, Topic.EARNINGS, Topic.TRUST, Topic.WORK, Topic.REVIEW)
        return total

    async def _take(self, event: Any, after: int) -> None:
        sound = isinstance(event, dict) and type(event.get("seq")) is int and type(event.get("at")) is int
        sound = sound and isinstance(event.get("kind"), str) and 0 <= event["at"] < _LATEST
        if not sound or event["seq"] <= after:
            raise PlatformLied("an event is malformed or out of order.")
        state: ChannelState | None = None
        if event["kind"] == "voucher":
            record = await self._c.store.run(channel_record)
            if record is not None:
                state = await self._c.chain.agree(bytes.fromhex(record.channel_id[2:]))
        await self._c.store.run(lambda tx: self._judge(tx, event, state))

    def _judge(self, tx: Tx, event: dict[str, Any], state: ChannelState | None) -> None:
        """One event in one transaction. What is refused changes nothing but the list of events."""
        if event["seq"] <= int(get_value(tx, CURSOR, 0)):
            return
        problem = ""
        try:
            match event["kind"]:
                case "verdict":
                    self._verdict(tx, event)
                case "review_verdict":
                    self._review_verdict(tx, event)
                case "lease_expired":
                    self._expired(tx, event)
                case "voucher":
                    early = self._returned_stakes(tx, event)
                    problem = receive(tx, event, state, self._c.network)
                    if problem:
                        self._take_back(tx, early)
                case _:
                    problem = "This version does not know this kind of event."
        except (BadSignature, MalformedMessage, MoneyDiffers, PlatformLied) as error:
            problem = error.message
        except (KeyError, TypeError, AttributeError):
            problem = "The event is malformed."
        tx.put(EventRecord(event["seq"], event["at"], event["kind"], json.dumps(event), problem))
        set_value(tx, CURSOR, event["seq"])

    def _verdict(self, tx: Tx, event: dict[str, Any]) -> None:
        item, campaign = self._mine(tx, event["assignment_hash"], "work")
        if item is None:
            return
        evidence, verdict = self._checked(event, campaign)
        message = Assignment.from_json(json.loads(item.assignment))
        answer = tx.get(AnswerRecord, item.item_id)
        if evidence.assignment != message:
            raise PlatformLied("a verdict's evidence is about another assignment.")
        if answer is None or "0x" + evidence.submission.submission.result_hash.hex() != answer.result_hash:
            raise PlatformLied("a verdict's evidence is about another answer.")
        if verdict.accepted is not event["accepted"]:
            raise PlatformLied("a verdict is not the one that its votes give.")
        self._judged(tx, item, verdict, miner_lines(message, verdict.accepted), event)
        if not verdict.accepted:
            self._rejected(tx, item, campaign, event)

    def _review_verdict(self, tx: Tx, event: dict[str, Any]) -> None:
        item, campaign = self._mine(tx, event["assignment_hash"], "review")
        if item is None:
            return
        evidence, verdict = self._checked(event, campaign)
        message = ReviewAssignment.from_json(json.loads(item.assignment))
        about = (evidence.assignment.campaign_id, evidence.assignment.index, evidence.assignment.attempt)
        if about != (message.campaign_id, message.index, message.attempt):
            raise PlatformLied("a verdict's evidence is about another task.")
        agreed = verdict.agreed.get((message.verifier, message.round))
        if agreed is None or agreed is not event["agreed"]:
            raise PlatformLied("a verdict does not count your vote as you cast it.")
        self._judged(tx, item, replace_accepted(verdict, agreed), review_lines(message, agreed), event)

    def _mine(self, tx: Tx, item_id: str, kind: str) -> tuple[ItemRecord | None, Campaign]:
        item = tx.get(ItemRecord, item_id)
        record = tx.get(CampaignRecord, item.campaign_id) if item is not None else None
        if item is None or record is None or item.kind != kind:
            raise PlatformLied("a verdict is about work that is not yours.")
        return (item if item.state in _WAITING else None), stored_campaign(record)

    def _checked(self, event: dict[str, Any], campaign: Campaign) -> tuple[VerdictEvidence, Verdict]:
        evidence = proofs.from_json(event["evidence"])
        network = self._c.network
        verdict = check_verdict(
            evidence, campaign.terms, campaign.policy, network.campaigns_domain, network.platform_signer
        )
        return evidence, verdict

    def _judged(
        self, tx: Tx, item: ItemRecord, verdict: Verdict, lines: list[Line], event: dict[str, Any]
    ) -> None:
        state = ItemState.ACCEPTED if verdict.accepted else ItemState.REJECTED
        if verdict.accepted and not lines:
            state = ItemState.PAID
        tx.change(
            ItemRecord,
            item.item_id,
            state=state.name,
            changed_at=event["at"],
            outcome=1 if verdict.accepted else -1,
            judged=verdict.judged,
            judged_at=event["seq"],
        )
        self._owe(tx, item, lines, event["at"])

    def _owe(self, tx: Tx, item: ItemRecord, lines: list[Line], at: int) -> None:
        channel = load_channel(tx)
        if channel is not None:
            owe(channel, lines)  # raises MoneyDiffers when a line comes with another amount
        place = tx.count(LineRecord)
        for offset, line in enumerate(lines):
            record = line_record(line, item.item_id, 0, at, place + offset)
            if tx.get(LineRecord, record.line_id) is None:
                tx.put(record)

    def _rejected(self, tx: Tx, item: ItemRecord, campaign: Campaign, event: dict[str, Any]) -> None:
        reasons = [reason for reason in event.get("reasons") or [] if isinstance(reason, dict)]
        code = next((reason["code"] for reason in reasons if reason.get("code") in _REASONS), "")
        note = next((reason["note"] for reason in reasons if isinstance(reason.get("note"), str)), "")
        note = clean_text(note)
        tx.change(ItemRecord, item.item_id, reason=code, note=note)
        if event.get("redo") is None:
            if campaign.policy.has_redo and not item.redo_of:
                self.stake_back(tx, item, event["at"])  # no second try, so none is held against me (ADR 0010)
            return
        answer = tx.get(AnswerRecord, item.item_id)
        until = event["redo"]["until"]
        again = replace(
            check_redo(event["redo"], item, self._c.network, campaign),
            start=answer.answer if answer else "[]",
            redo_of=item.item_id,
            redo_until=until if type(until) is int else 0,
            reason=code,
            note=note,
            changed_at=event["at"],
        )
        tx.change(ItemRecord, item.item_id, redo_until=again.redo_until)
        if tx.get(ItemRecord, again.item_id) is None:
            root = "0x" + _single_root(again.item_id)
            tx.put(
                BatchRecord(
                    again.batch_id, "work", item.campaign_id, root, 1, ZERO, again.due_at, event["at"]
                ),
                again,
            )

    def _expired(self, tx: Tx, event: dict[str, Any]) -> None:
        item = tx.get(ItemRecord, event["assignment_hash"])
        if item is None:
            raise PlatformLied("a lease ended that is not yours.")
        if item.state in (ItemState.DELIVERED.name, ItemState.ACCEPTED.name, ItemState.PAID.name):
            raise PlatformLied("it says a delivered task ran out of time, and has signed for it.")
        if item.due_at > self._c.platform.time():
            raise PlatformLied("it says a task ran out of time before its time was over.")
        tx.change(ItemRecord, item.item_id, state=ItemState.EXPIRED.name, changed_at=event["at"])
        self.stake_back(tx, item, event["at"])

    def _returned_stakes(self, tx: Tx, event: dict[str, Any]) -> list[tuple[ItemRecord, str]]:
        """A voucher may return the stake of something that ended on the platform's side first: never to my loss.

        The items as they were and their new lines, for `_take_back`.
        """
        found: list[tuple[ItemRecord, str]] = []
        for line in (Line.from_json(value) for value in event["lines"]):
            if not line.kind.is_stake or line_known(tx, line):
                continue
            campaign_id = "0x" + line.campaign_id.hex()
            kind = "work" if line.kind is LineKind.STAKE_BACK else "review"
            about = (kind, line.attempt, line.round)
            for item in tx.find(ItemRecord, campaign_id=campaign_id, index=line.index, state=_UNDELIVERED):
                if (item.kind, item.attempt, item.round) == about and item.stake == line.amount:
                    found.append((item, line_record(line, "", 0, 0, 0).line_id))
                    tx.change(ItemRecord, item.item_id, state=ItemState.RETURNED.name, changed_at=event["at"])
                    self.stake_back(tx, item, event["at"])
        return found

    def _take_back(self, tx: Tx, early: list[tuple[ItemRecord, str]]) -> None:
        """The voucher was refused: what it said had ended goes on."""
        for item, line_id in early:
            tx.put(item)
            tx.remove(LineRecord, line_id)

    def stake_back(self, tx: Tx, item: ItemRecord, at: int) -> None:
        """A first try that ended without an answer, or a review without a vote: the stake is owed to me."""
        message = json.loads(item.assignment)
        if item.kind == "review":
            lines = review_lines(ReviewAssignment.from_json(message), None)
        else:
            lines = [] if item.redo_of else returned_lines(Assignment.from_json(message))
        self._owe(tx, item, lines, at)


def replace_accepted(verdict: Verdict, agreed: bool) -> Verdict:
    """A verdict as it is for a verifier: right or not."""
    return replace(verdict, accepted=agreed)


def _single_root(item_id: str) -> str:
    return merkle.root([bytes.fromhex(item_id[2:])]).hex()
