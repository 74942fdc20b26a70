# SPDX-License-Identifier: Apache-2.0
"""One entry of my own history, checked like a lease and its receipt were: what the platform says it only repeats.

What is signed by me or by the hub is believed; verdicts and money are not here, they come from events.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from gems_desktop.services.answers import begun
from gems_desktop.services.errors import PlatformLied
from gems_desktop.services.facts import ItemState
from gems_desktop.services.leases import (
    check_agreed,
    proven_task,
    read_media,
    review_item,
    signed_assignment,
    signed_review,
    work_item,
)
from gems_desktop.services.network import Network
from gems_desktop.services.notes import read_note, to_text
from gems_desktop.services.offers import Campaign
from gems_desktop.services.outside import clean_text, told_mark
from gems_desktop.services.records import AnswerRecord, AppealRecord, BatchRecord, ItemRecord
from gems_desktop.services.review import REASONS
from gems_protocol import canonical, merkle
from gems_protocol.amount import ZERO, Amount
from gems_protocol.campaign import result_hash
from gems_protocol.errors import BadSignature, MalformedMessage
from gems_protocol.messages import (
    Appeal,
    Assignment,
    BatchReceipt,
    BatchSubmission,
    BatchVote,
    ReviewAssignment,
    Submission,
    Vote,
    hash_from_hex,
    signature_from_hex,
)

_LEASED, _EXPIRED, _RETURNED = ItemState.LEASED.name, ItemState.EXPIRED.name, ItemState.RETURNED.name
_UNSENT = {"leased": _LEASED, "expired": _EXPIRED, "returned": _RETURNED, "missed": _EXPIRED}
_MAX_BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Sent:
    """One item of a batch that I signed and the platform has a receipt for; `item` as it is sent."""

    root: str
    count: int
    place: int
    batch: dict[str, Any]
    receipt: dict[str, Any]
    received_at: int
    sealed_at: int
    item: dict[str, Any]


@dataclass(frozen=True, slots=True)
class LifeEntry:
    """What one entry proves. stake_back: it ended without anything handed in, so its stake is owed."""

    item: ItemRecord
    batch: BatchRecord
    answer: AnswerRecord | None
    sent: Sent | None
    appeal: AppealRecord | None
    stake_back: bool


def check_entry(
    kind: str, value: Any, network: Network, campaigns: dict[str, Campaign], me: str, now: int
) -> LifeEntry:
    """Check an entry of `/v1/history`; raises PlatformLied, MoneyDiffers, NotOffered and the messages' own faults."""
    try:
        campaign = campaigns.get(campaign_of(value))
        if campaign is None:
            raise PlatformLied("it names a campaign that it does not have.")
        if kind == "work":
            return _work(value, network, campaign, me, now)
        return _review(value, network, campaign, me, now)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise PlatformLied("an entry of your history is malformed.") from error


def campaign_of(value: Any) -> str:
    """The campaign that an entry names, "" for none."""
    try:
        found = value["assignment"]["message"]["campaign_id"]
    except (KeyError, TypeError):
        return ""
    return found if isinstance(found, str) and len(found) == 66 else ""


def _work(value: Any, network: Network, campaign: Campaign, me: str, now: int) -> LifeEntry:
    message, signature = signed_assignment(value["assignment"], network)
    if message.miner != me:
        raise PlatformLied("an assignment is for somebody else.")
    standing = read_note(value["note"], network, me, campaign.rules.family)
    check_agreed(message, campaign, standing)
    data = proven_task(value, message, campaign)
    batch = _batch(value["batch"], "work", campaign.campaign_id, message)
    place = _place(value["place"])
    item = work_item(message, signature, batch.batch_id, place + 1, data, read_media(value["media"]), now)
    item = replace(item, standing=to_text(standing), start=begun(campaign.manifest.module.config, data))
    if value["redo"] is True:  # its stake is the first try's, and its batch is of it alone
        root = "0x" + merkle.root([message.struct_hash()]).hex()
        batch = replace(batch, stake_total=ZERO, root=root)
    appeal = None if value["appeal"] is None else _appeal(value["appeal"], item, message, network, me)
    if value["sent"] is None:
        item = _unsent(item, value["state"], now)
        ended = item.state != _LEASED and value["redo"] is not True
        return LifeEntry(item, batch, None, None, appeal, ended)
    answer = AnswerRecord(
        item_id=item.item_id,
        answer=canonical.dumps(value["sent"]["answer"]).decode(),
        result_hash="0x" + result_hash(value["sent"]["answer"]).hex(),
        salt=_hash(value["sent"]["salt"]),
        finished_at=0,
    )
    leaf = Submission(_raw(item.item_id), _raw(answer.result_hash), _raw(answer.salt)).struct_hash()
    shape = {"assignment_hash": item.item_id, "salt": answer.salt, "answer": value["sent"]["answer"]}
    sent = _sent(value["sent"], leaf, BatchSubmission, shape, batch.batch_id, network, me)
    item = _delivered(item, sent)
    return LifeEntry(item, batch, replace(answer, finished_at=sent.sealed_at), sent, appeal, False)


def _review(value: Any, network: Network, campaign: Campaign, me: str, now: int) -> LifeEntry:
    message, signature = signed_review(value["assignment"], network)
    if message.verifier != me:
        raise PlatformLied("a review assignment is for somebody else.")
    batch = _batch(value["batch"], "review", campaign.campaign_id, message)
    item = review_item(
        value, message, signature, batch.batch_id, _place(value["place"]) + 1, campaign, network, me, now
    )
    if value["sent"] is None:
        item = _unsent(item, value["state"], now)
        return LifeEntry(item, batch, None, None, None, item.state != _LEASED)
    told = value["sent"]
    vote = Vote.from_json(told["vote"])
    own = told["answer"] if item.blind else None
    about = (message.campaign_id, message.index, message.attempt, message.round)
    judged = result_hash(own) if item.blind else message.result_hash
    if (vote.campaign_id, vote.index, vote.attempt, vote.round) != about or vote.result_hash != judged:
        raise PlatformLied("a vote of yours is about something else.")
    shape = {name: told[name] for name in ("vote", "reason", "note", "mark", "answer")}
    sent = _sent(told, vote.struct_hash(), BatchVote, shape, batch.batch_id, network, me)
    item = replace(
        _delivered(item, sent),
        verdict="answer" if item.blind else "accept" if vote.accept else "reject",
        reason=told["reason"] if told["reason"] in REASONS else "",
        note=clean_text(told["note"]) if isinstance(told["note"], str) else "",
        mark=told_mark(told["mark"]) or "",
    )
    answer = None
    if item.blind:
        text = canonical.dumps(own).decode()
        answer = AnswerRecord(item.item_id, text, "0x" + judged.hex(), "0x" + "00" * 32, sent.sealed_at)
    return LifeEntry(item, batch, answer, sent, None, False)


def _batch(value: Any, kind: str, campaign_id: str, message: Assignment | ReviewAssignment) -> BatchRecord:
    """The batch as far as one item of it tells; its size grows with the others."""
    leased_at = value["leased_at"]
    if type(leased_at) is not int or not 0 <= leased_at <= message.due_at:
        raise PlatformLied("a batch was given out at no possible time.")
    return BatchRecord(
        batch_id=_hash(value["batch_id"]),
        kind=kind,
        campaign_id=campaign_id,
        root=_hash(value["root"]),
        size=1,
        stake_total=Amount.parse(value["stake_total"]),
        due_at=message.due_at,
        leased_at=leased_at,
    )


def _unsent(item: ItemRecord, told: str, now: int) -> ItemRecord:
    """What became of something that I did not hand in: at worst its stake is owed to me."""
    state = _UNSENT.get(told, _EXPIRED)
    if state == _EXPIRED and item.due_at > now:
        state = _RETURNED
    return replace(item, state=state, changed_at=now if state == _LEASED else min(now, item.due_at))


def _delivered(item: ItemRecord, sent: Sent) -> ItemRecord:
    at = sent.received_at
    return replace(
        item, state=ItemState.DELIVERED.name, changed_at=at, delivered_at=at, sealed_root=sent.root
    )


def _sent(
    value: Any,
    leaf: bytes,
    form: type[BatchSubmission] | type[BatchVote],
    shape: dict[str, Any],
    batch_id: str,
    network: Network,
    me: str,
) -> Sent:
    """My own signature over the batch with this leaf, and the platform's receipt for it."""
    domain = network.campaigns_domain
    try:
        message = form.from_json(value["batch"]["message"])
        message.check(domain, signature_from_hex(value["batch"]["signature"]), me)
    except (BadSignature, MalformedMessage) as error:
        raise PlatformLied("what it says you sent is not signed by you.") from error
    try:
        receipt = BatchReceipt.from_json(value["receipt"]["message"])
        receipt.check(domain, signature_from_hex(value["receipt"]["signature"]), network.platform_signer)
    except (BadSignature, MalformedMessage) as error:
        raise PlatformLied("a receipt is not signed by it.") from error
    place, proof = value["place"], [hash_from_hex(node) for node in value["proof"]]
    sound = type(place) is int and 0 <= place < message.count <= _MAX_BATCH
    if not sound or not merkle.verify(message.root, leaf, place, message.count, proof):
        raise PlatformLied("what it says you sent is not in the batch that you signed.")
    if (receipt.root, receipt.count) != (message.root, message.count) or message.batch_id != _raw(batch_id):
        raise PlatformLied("a receipt is for another batch.")
    return Sent(
        root="0x" + message.root.hex(),
        count=message.count,
        place=place,
        batch=value["batch"],
        receipt=value["receipt"],
        received_at=receipt.received_at,
        sealed_at=message.sealed_at,
        item=shape,
    )


def _appeal(value: Any, item: ItemRecord, about: Assignment, network: Network, me: str) -> AppealRecord:
    message = Appeal.from_json(value["message"])
    message.check(network.campaigns_domain, signature_from_hex(value["signature"]), me)
    if (message.campaign_id, message.index, message.attempt) != (
        about.campaign_id,
        about.index,
        about.attempt,
    ):
        raise PlatformLied("an appeal of yours is about something else.")
    if type(value["made_at"]) is not int or type(value["reason"]) is not str:
        raise PlatformLied("an appeal of yours is malformed.")
    return AppealRecord(
        item_id=item.item_id,
        root="0x" + message.struct_hash().hex(),
        message=json.dumps(message.to_json()),
        signature=value["signature"],
        reason=clean_text(value["reason"]),
        redo_id="",
        made_at=value["made_at"],
        sent=True,
    )


def _place(value: Any) -> int:
    if type(value) is not int or not 0 <= value < _MAX_BATCH:
        raise PlatformLied("an entry of your history has no place.")
    return value


def _hash(value: Any) -> str:
    hash_from_hex(value)
    return str(value)


def _raw(text: str) -> bytes:
    return bytes.fromhex(text[2:])
