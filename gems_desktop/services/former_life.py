# SPDX-License-Identifier: Apache-2.0
"""Final verdicts about work that is not here, of another computer of mine: my record counts them at once.

Only the record comes from them; items, answers and money come with the history (`restoring`).
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from gems_desktop.services.channels import best_voucher
from gems_desktop.services.context import Context
from gems_desktop.services.errors import NothingToDo, PlatformLied, PlatformRefused
from gems_desktop.services.explaining import unexplained
from gems_desktop.services.facts import ItemState
from gems_desktop.services.known_campaign import known_campaign
from gems_desktop.services.leases import signed_assignment
from gems_desktop.services.network import Network
from gems_desktop.services.offers import stored_campaign
from gems_desktop.services.ports import Tx
from gems_desktop.services.records import CampaignRecord, EventRecord, FormerRecord, ItemRecord
from gems_desktop.services.verdicts import is_final
from gems_protocol import evidence_json
from gems_protocol.errors import MalformedMessage
from gems_protocol.messages import Assignment, Voucher
from gems_protocol.verdict import check_verdict

UNKNOWN_CAMPAIGN = "The campaign of this verdict could not be read yet."
_NEVER_SENT = tuple(
    state.name
    for state in (
        ItemState.LEASED,
        ItemState.DRAFT,
        ItemState.FINISHED,
        ItemState.EXPIRED,
        ItemState.RETURNED,
    )
)


def is_former(tx: Tx, event: dict[str, Any]) -> bool:
    """Whether a verdict is about work that was not sent from here; raises PlatformLied for no work at all."""
    name = event["assignment_hash"]
    if type(name) is not str:
        raise PlatformLied("a verdict is about work that is not yours.")
    item = tx.get(ItemRecord, name)
    return item is None or (item.kind == "work" and not item.outcome and item.state in _NEVER_SENT)


async def prepare(context: Context, event: dict[str, Any]) -> str:
    """Have the campaign of such a verdict here, where the platform has it; who I am, or "" for other verdicts.

    Raises Offline.
    """
    try:
        if not await context.store.run(lambda tx: is_former(tx, event)):
            return ""
        me = await context.address()
        if event["final"] is not True:
            return me
        about = evidence_json.from_json(event["evidence"]).assignment
    except (MalformedMessage, PlatformLied, KeyError, TypeError, AttributeError):
        return ""  # its judgement says so
    with suppress(
        NothingToDo, PlatformLied, PlatformRefused
    ):  # judged without it, and again at the next start
        await known_campaign(context, "0x" + about.campaign_id.hex())
    return me


def take_former(tx: Tx, event: dict[str, Any], network: Network, me: str) -> str:
    """Count a final verdict about work of mine; why not, or "".

    Raises PlatformLied, BadSignature, MalformedMessage or MoneyDiffers for what its evidence does not prove.
    """
    if not is_final(event):
        _note_redo(tx, event, network, me)
        return ""
    evidence = evidence_json.from_json(event["evidence"])
    about = evidence.assignment
    item_id, campaign_id = "0x" + about.struct_hash().hex(), "0x" + about.campaign_id.hex()
    if about.miner != me or item_id != event["assignment_hash"]:
        raise PlatformLied("a verdict is about work that is not yours.")
    record = tx.get(CampaignRecord, campaign_id)
    if record is None:
        return UNKNOWN_CAMPAIGN
    rules = stored_campaign(record).rules
    verdict = check_verdict(evidence, rules, network.campaigns_domain, network.platform_signer)
    if verdict.accepted is not event["accepted"]:
        raise PlatformLied("a verdict is not the one that its votes give.")
    known = tx.get(FormerRecord, item_id)
    if known is not None and known.outcome:
        return ""
    own = evidence.appeal
    if own is not None and own.appeal.signer(network.campaigns_domain, own.signature) == me:
        _forget_redo(tx, about)
    tx.put(
        FormerRecord(
            item_id=item_id,
            campaign_id=campaign_id,
            index=about.index,
            attempt=about.attempt,
            outcome=1 if verdict.accepted else -1,
            judged=verdict.judged,
            judged_at=event["seq"],
            changed_at=event["at"],
            fee=verdict.fee,
            poor=verdict.poor,
        )
    )
    return ""


def is_news(tx: Tx, event: dict[str, Any], *, refused: bool) -> bool:
    """Whether an event that came before could change something, now that more of my work is here."""
    if event["kind"] == "voucher":
        best = best_voucher(tx)
        return refused and (best is None or _seq(event) > best.seq or bool(unexplained(tx)))
    item = tx.get(ItemRecord, str(event.get("assignment_hash")))
    if item is None or item.final:
        return False
    if event["kind"] == "appealed":
        return bool(item.outcome) and not item.appeal_state and item.judged_at < event["seq"]
    return refused or item.judged_at < event["seq"]


def _seq(event: dict[str, Any]) -> int:
    try:
        return Voucher.from_json(event["voucher"]["message"]).seq
    except (MalformedMessage, KeyError, TypeError):
        return 0  # no voucher: it is never news


def redo_passed(tx: Tx, item_id: str) -> None:
    """A second try that was not handed in: the first one's rejection counts."""
    known = tx.get(FormerRecord, item_id)
    if known is not None and not known.outcome:
        tx.remove(FormerRecord, item_id)


def refused(tx: Tx) -> list[EventRecord]:
    """Final verdicts about my work that were refused, and in whose place no other one came."""
    found = []
    for kept in tx.find(EventRecord, kind="verdict", refused=True):
        event = json.loads(kept.body)
        item_id = event.get("assignment_hash")
        if event.get("final") is not True or type(item_id) is not str:
            continue
        item, former = tx.get(ItemRecord, item_id), tx.get(FormerRecord, item_id)
        if not (item is not None and item.final) and not (former is not None and former.outcome):
            found.append(kept)
    return found


def _note_redo(tx: Tx, event: dict[str, Any], network: Network, me: str) -> None:
    """While a second try can come, or is judged, the first one's rejection does not count."""
    if event.get("redo") is None:
        return
    again, _ = signed_assignment(event["redo"]["assignment"], network)
    if again.miner != me:
        raise PlatformLied("a second try is for somebody else.")
    item_id = "0x" + again.struct_hash().hex()
    if tx.get(FormerRecord, item_id) is None:
        tx.put(FormerRecord(item_id, "0x" + again.campaign_id.hex(), again.index, again.attempt))


def _forget_redo(tx: Tx, about: Assignment) -> None:
    """Who appealed gave the second try up."""
    campaign_id = "0x" + about.campaign_id.hex()
    for later in tx.find(FormerRecord, campaign_id=campaign_id, index=about.index, attempt=about.attempt + 1):
        redo_passed(tx, later.item_id)
