# SPDX-License-Identifier: Apache-2.0
"""Checks a batch of work or reviews before it is taken: every signature, proof, sum and date."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import Any

from gems_desktop.services.answers import begun
from gems_desktop.services.errors import BatchRefused, PlatformLied
from gems_desktop.services.facts import ItemState
from gems_desktop.services.network import Network
from gems_desktop.services.notes import agree, from_text, read_note, to_text
from gems_desktop.services.offers import Campaign
from gems_desktop.services.record_of_work import MyRecord
from gems_desktop.services.records import ItemRecord
from gems_protocol import merkle
from gems_protocol.amount import Amount
from gems_protocol.campaign import input_hash, result_hash
from gems_protocol.errors import BadSignature, MalformedMessage, MoneyDiffers
from gems_protocol.messages import Assignment, ReviewAssignment, hash_from_hex, signature_from_hex
from gems_protocol.offers import check_offer, check_review_offer
from gems_protocol.verification import Mix, Standing
from gems_protocol.verification.commissioned import COMMISSION_ROUND

MAX_ITEMS = 1_000
LEAST_TIME_S = 60  # a task that is due sooner cannot be done
LATEST = 1 << 35  # Unix seconds: beyond the year 3000, and still a date everywhere
MAX_MEDIA = 64
HIDDEN = bytes(32)  # what a review assignment names in place of an answer that it hides
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class CheckedBatch:
    """A batch that may be taken; `root` and `stake_total` are computed here."""

    batch_id: str
    kind: str
    campaign_id: str
    root: bytes
    stake_total: Amount
    confirm_by: int
    items: tuple[ItemRecord, ...]


def signed_assignment(value: Any, network: Network) -> tuple[Assignment, str]:
    """An Assignment and its signature, signed by the platform; raises PlatformLied."""
    try:
        message = Assignment.from_json(value["message"])
        message.check(
            network.campaigns_domain, signature_from_hex(value["signature"]), network.platform_signer
        )
    except (BadSignature, MalformedMessage, KeyError, TypeError) as error:
        raise PlatformLied("an assignment is not signed by the platform.") from error
    if message.due_at >= LATEST:
        raise PlatformLied("a task is due at a time that no calendar has.")
    return message, value["signature"]


def signed_review(value: Any, network: Network) -> tuple[ReviewAssignment, str]:
    """A ReviewAssignment and its signature, signed by the platform; raises PlatformLied."""
    try:
        message = ReviewAssignment.from_json(value["message"])
        message.check(
            network.campaigns_domain, signature_from_hex(value["signature"]), network.platform_signer
        )
    except (BadSignature, MalformedMessage, KeyError, TypeError) as error:
        raise PlatformLied("a review assignment is not signed by the platform.") from error
    if message.due_at >= LATEST:
        raise PlatformLied("a review is due at a time that no calendar has.")
    return message, value["signature"]


def read_media(value: Any) -> str:
    """A task's list of files as JSON, [{"sha256","size"}]; raises PlatformLied."""
    if type(value) is not list or len(value) > MAX_MEDIA:
        raise PlatformLied("a task's list of files is malformed.")
    found = []
    for entry in value:
        name, size = (entry.get("sha256"), entry.get("size")) if isinstance(entry, dict) else (None, None)
        if not isinstance(name, str) or not _SHA256.fullmatch(name) or type(size) is not int or size < 1:
            raise PlatformLied("a task's list of files is malformed.")
        found.append({"sha256": name, "size": size})
    return json.dumps(found)


def proven_task(entry: dict[str, Any], about: Assignment | ReviewAssignment, campaign: Campaign) -> str:
    """The task's data as JSON, proven to be part of the funded campaign."""
    try:
        proof = [hash_from_hex(node) for node in entry["index_proof"]]
        leaf = input_hash(entry["task"])
    except (MalformedMessage, KeyError, TypeError) as error:
        raise PlatformLied("a task or its proof is malformed.") from error
    root, count = campaign.terms.content_root, campaign.tasks_total
    if leaf != about.input_hash or not merkle.verify(root, leaf, about.index, count, proof):
        raise PlatformLied("a task is not one that the requester put into the campaign.")
    return json.dumps(entry["task"], ensure_ascii=False)


def _envelope(value: Any, kind: str) -> tuple[str, list[Any], int]:
    try:
        batch_id, items, confirm_by = value["batch_id"], value["items"], value["confirm_by"]
        hash_from_hex(batch_id)
        sound = value["kind"] == kind and type(items) is list and type(confirm_by) is int
    except (MalformedMessage, KeyError, TypeError) as error:
        raise PlatformLied("a batch is malformed.") from error
    if not sound or not 0 < len(items) <= MAX_ITEMS or not all(isinstance(item, dict) for item in items):
        raise PlatformLied("a batch is malformed.")
    return batch_id, items, confirm_by


def _closed(value: Any, leaves: list[bytes], stake: int) -> None:
    if len(set(leaves)) != len(leaves):
        raise PlatformLied("a batch holds the same assignment twice.")
    if value.get("root") != "0x" + merkle.root(leaves).hex() or value.get("stake_total") != str(stake):
        raise PlatformLied("a batch's root or stake is not that of its assignments.")


def check_work(
    value: Any, network: Network, campaign: Campaign, me: str, mine: MyRecord | None, now: int
) -> CheckedBatch:
    """Check a BATCH of work against my own record `mine` (None when it was agreed before: a new laptop).

    Raises PlatformLied for what is forged, MoneyDiffers for what is not as offered, NotOffered, BatchRefused.
    """
    batch_id, entries, confirm_by = _envelope(value, "work")
    records: list[ItemRecord] = []
    leaves: list[bytes] = []
    for place, entry in enumerate(entries, 1):
        message, signature = signed_assignment(entry.get("assignment"), network)
        if message.miner != me or "0x" + message.campaign_id.hex() != campaign.campaign_id:
            raise PlatformLied("an assignment is for somebody else or another campaign.")
        standing = read_note(entry.get("note"), network, me, campaign.rules.family)
        if mine is None:
            check_agreed(message, campaign, standing)
        else:
            check_offer(message, campaign.terms, campaign.policy, standing)
            agree(standing, mine, campaign.family)
            if message.due_at < now + LEAST_TIME_S:
                raise BatchRefused("its time is nearly over.")
        data = proven_task(entry, message, campaign)
        leaves.append(message.struct_hash())
        item = work_item(message, signature, batch_id, place, data, read_media(entry.get("media")), now)
        start = begun(campaign.manifest.module.config, data)
        records.append(replace(item, standing=to_text(standing), start=start))
    stake = sum(item.stake.units for item in records)
    _closed(value, leaves, stake)
    root = merkle.root(leaves)
    return CheckedBatch(
        batch_id, "work", campaign.campaign_id, root, Amount(stake), confirm_by, tuple(records)
    )


def check_agreed(message: Assignment, campaign: Campaign, standing: Standing) -> None:
    """What was agreed before may be a second try too."""
    try:
        check_offer(message, campaign.terms, campaign.policy, standing)
    except MoneyDiffers:
        if not campaign.policy.for_standing(standing).has_redo or not message.attempt:
            raise
        check_offer(message, campaign.terms, campaign.policy, standing, redo=True)


def work_item(
    message: Assignment, signature: str, batch_id: str, place: int, data: str, media: str, now: int
) -> ItemRecord:
    """The record of one assignment of work."""
    return ItemRecord(
        item_id="0x" + message.struct_hash().hex(),
        batch_id=batch_id,
        campaign_id="0x" + message.campaign_id.hex(),
        kind="work",
        position=place,
        index=message.index,
        attempt=message.attempt,
        round=0,
        reward=Amount(message.reward),
        stake=Amount(message.stake),
        due_at=message.due_at,
        state=ItemState.LEASED.name,
        changed_at=now,
        assignment=json.dumps(message.to_json()),
        signature=signature,
        data=data,
        start="[]",
        media=media,
    )


def check_reviews(
    value: Any, network: Network, campaigns: dict[str, Campaign], me: str, mine: MyRecord | None, now: int
) -> CheckedBatch:
    """Check a BATCH of reviews, which may be of several campaigns, as `check_work` does."""
    batch_id, entries, confirm_by = _envelope(value, "review")
    records: list[ItemRecord] = []
    leaves: list[bytes] = []
    for place, entry in enumerate(entries, 1):
        message, signature = signed_review(entry.get("assignment"), network)
        campaign = campaigns.get("0x" + message.campaign_id.hex())
        if message.verifier != me or campaign is None:
            raise PlatformLied("a review assignment is for somebody else or an unknown campaign.")
        item = review_item(entry, message, signature, batch_id, place, campaign, network, me, now)
        if item.standing and mine is not None:
            agree(from_text(item.standing), mine, campaign.family)
        leaves.append(message.struct_hash())
        records.append(item)
    stake = sum(item.stake.units for item in records)
    _closed(value, leaves, stake)
    campaign_id = records[0].campaign_id if len({item.campaign_id for item in records}) == 1 else ""
    return CheckedBatch(
        batch_id, "review", campaign_id, merkle.root(leaves), Amount(stake), confirm_by, tuple(records)
    )


def review_item(
    entry: dict[str, Any],
    message: ReviewAssignment,
    signature: str,
    batch_id: str,
    place: int,
    campaign: Campaign,
    network: Network,
    me: str,
    now: int,
) -> ItemRecord:
    """The record of one seat, its offer, answer and task checked; raises PlatformLied, MoneyDiffers, NotOffered."""
    check_review_offer(message, campaign.terms, campaign.policy)
    answer, standing = _to_judge(entry, message, campaign, network, me)
    data = proven_task(entry, message, campaign)
    shown = json.dumps(answer, ensure_ascii=False)
    return ItemRecord(
        item_id="0x" + message.struct_hash().hex(),
        batch_id=batch_id,
        campaign_id=campaign.campaign_id,
        kind="review",
        position=place,
        index=message.index,
        attempt=message.attempt,
        round=message.round,
        reward=Amount(message.reward),
        stake=Amount(message.stake),
        due_at=message.due_at,
        state=ItemState.LEASED.name,
        changed_at=now,
        assignment=json.dumps(message.to_json()),
        signature=signature,
        data=data,
        start=shown if standing is None else begun(campaign.manifest.module.config, data),
        media=read_media(entry.get("media")),
        blind=standing is not None,
        standing="" if standing is None else to_text(standing),
    )


def _to_judge(
    entry: dict[str, Any], message: ReviewAssignment, campaign: Campaign, network: Network, me: str
) -> tuple[list[Any], Standing | None]:
    """The answer to judge; of a blind review none, with the standing by which my own answer will count."""
    answer, blind = entry.get("answer"), entry.get("blind")
    if blind is True:
        may_be = campaign.policy.blind or isinstance(campaign.policy, Mix)
        if not may_be or message.round == COMMISSION_ROUND:
            raise PlatformLied("it hides an answer that this campaign shows to verifiers.")
        if answer is not None or message.result_hash != HIDDEN:
            raise PlatformLied("a review that hides the answer names it.")
        return [], read_note(entry.get("note"), network, me, campaign.rules.family)
    if campaign.policy.blind and not isinstance(campaign.policy, Mix) and message.round != COMMISSION_ROUND:
        raise PlatformLied("it shows an answer that this campaign hides from verifiers.")
    if type(answer) is not list or result_hash(answer) != message.result_hash:
        raise PlatformLied("an answer to review is not the one that was submitted.")
    return answer, None


def check_redo(value: Any, before: ItemRecord, network: Network, campaign: Campaign) -> ItemRecord:
    """The item of a redo: the same task again, for Mr - Vr, with the first try's stake still at risk."""
    message, signature = signed_assignment(value.get("assignment"), network)
    try:
        batch_id = value["batch_id"]
        hash_from_hex(batch_id)
    except (MalformedMessage, KeyError, TypeError) as error:
        raise PlatformLied("a second try is malformed.") from error
    first = Assignment.from_json(json.loads(before.assignment))
    same = (message.campaign_id, message.index, message.miner, message.input_hash, message.stake)
    if same != (first.campaign_id, first.index, first.miner, first.input_hash, first.stake):
        raise PlatformLied("a second try is for another task.")
    if message.attempt <= first.attempt:
        raise PlatformLied("a second try is not a later one.")
    check_offer(message, campaign.terms, campaign.policy, from_text(before.standing), redo=True)
    again = work_item(message, signature, batch_id, 1, before.data, before.media, before.changed_at)
    return replace(again, standing=before.standing)
