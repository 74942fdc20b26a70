# SPDX-License-Identifier: Apache-2.0
"""Reads the way of one task of mine: the answer, what each panel said by its signed votes, and the money of each step.

The votes are counted from the stored evidence, whose signatures are checked again each time the page is opened.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, replace
from typing import Any

from gems_desktop.services.context import Context
from gems_desktop.services.doing import campaign_of, task_item
from gems_desktop.services.facts_story import MoneyFacts, RoundFacts, StoryFacts
from gems_desktop.services.network import Network
from gems_desktop.services.notes import from_text
from gems_desktop.services.offers import Campaign
from gems_desktop.services.ports import Tx
from gems_desktop.services.records import (
    AnswerRecord,
    AppealRecord,
    BatchRecord,
    DebitRecord,
    EventRecord,
    ItemRecord,
    LineRecord,
    SealedRecord,
    VoucherRecord,
)
from gems_desktop.services.redos import redo_item
from gems_protocol import evidence_json
from gems_protocol.amount import ZERO
from gems_protocol.errors import GemsError
from gems_protocol.evidence import VerdictEvidence, VoteEvidence
from gems_protocol.messages import BatchReceipt
from gems_protocol.verdict import check_verdict
from gems_protocol.verification import Policy
from gems_protocol.verification.commissioned import COMMISSION_ROUND

_MONEY = ("reward", "stake_back", "bond_back")


@dataclass(frozen=True, slots=True)
class _Read:
    """What the store holds; evidence: the JSON of the newest verdict's, None for none."""

    facts: StoryFacts
    campaign: Campaign
    policy: Policy
    evidence: Any
    appeal_by: str


async def story(context: Context, item_id: str) -> StoryFacts:
    """See Work.story."""
    read = await context.store.run(lambda tx: _read(tx, item_id))
    if read.evidence is None:
        return read.facts
    return await asyncio.to_thread(_judged, read, context.network)


def _read(tx: Tx, item_id: str) -> _Read:
    item = task_item(tx, item_id)
    campaign = campaign_of(tx, item)
    answer = tx.get(AnswerRecord, item_id)
    event = tx.get(EventRecord, item.judged_at) if item.outcome else None
    appeal = tx.get(AppealRecord, item_id)
    again = redo_item(tx, item)
    done = tx.get(AnswerRecord, again.item_id) if again is not None else None
    policy = campaign.policy.for_standing(from_text(item.standing))
    panel = policy.panel(0)
    facts = StoryFacts(
        item_id=item_id,
        config=campaign.manifest.module.config,
        data=json.loads(item.data),
        answer=json.loads(answer.answer) if answer is not None else [],
        finished_at=answer.finished_at if answer is not None else 0,
        received_at=_received(tx, item),
        corrected=bool(item.redo_of),
        policy=campaign.manifest.policy.name,
        seats=panel.size,
        quorum=panel.quorum,
        blind=campaign.policy.blind,
        window_s=campaign.terms.window,
        judged_at=event.at if event is not None else 0,
        appealed_at=appeal.made_at if appeal is not None else 0,
        second=again.state if again is not None else "",
        second_at=done.finished_at if done is not None else 0,
        second_until=item.redo_until or (again.due_at if again is not None else 0),
        money=_money(tx, item, appeal),
        fingerprint=answer.result_hash if answer is not None else "",
        exportable=item.final and event is not None,
        stake=item.stake,
    )
    evidence = json.loads(event.body)["evidence"] if event is not None else None
    return _Read(facts, campaign, policy, evidence, item.appeal_by)


def _received(tx: Tx, item: ItemRecord) -> int:
    sealed = tx.get(SealedRecord, item.sealed_root) if item.sealed_root else None
    if sealed is None or not sealed.receipt:
        return item.delivered_at
    return BatchReceipt.from_json(json.loads(sealed.receipt)["message"]).received_at


def _money(tx: Tx, item: ItemRecord, appeal: AppealRecord | None) -> tuple[MoneyFacts, ...]:
    found = []
    batch = tx.get(BatchRecord, item.batch_id)
    if item.stake > ZERO and not item.redo_of and batch is not None:
        found.append(MoneyFacts("stake_put", -item.stake, batch.leased_at, batch.leased_at))
    bond = tx.get(DebitRecord, appeal.root) if appeal is not None else None
    if bond is not None:
        found.append(MoneyFacts("bond_put", -bond.amount, bond.signed_at, bond.signed_at))
    for line in tx.find(LineRecord, item_id=item.item_id):
        if line.kind in _MONEY:
            voucher = tx.get(VoucherRecord, line.seq) if line.seq else None
            paid_at = voucher.received_at if voucher is not None else 0
            found.append(MoneyFacts(line.kind, line.amount, line.at, paid_at))
    return tuple(found)


def _judged(read: _Read, network: Network) -> StoryFacts:
    """With what the verdict's own evidence says; what does not check any more is not told."""
    try:
        evidence = evidence_json.from_json(read.evidence)
        verdict = check_verdict(
            evidence, read.campaign.rules, network.campaigns_domain, network.platform_signer
        )
    except GemsError:
        return read.facts
    rounds = []
    for signed in evidence.panels:
        number = signed.panel.round
        votes = [cast for cast in evidence.votes if cast.vote.round == number]
        right = sum(_accepts(cast, evidence, read.campaign) for cast in votes)
        size = read.policy.panel(0 if number == COMMISSION_ROUND else number)
        rounds.append(
            RoundFacts(
                seats=len(signed.panel.verifiers),
                quorum=size.quorum,
                accept=right,
                reject=len(votes) - right,
                at=max((cast.batch.sealed_at for cast in votes), default=0),
                asked=_asked(number, evidence, read.appeal_by),
            )
        )
    signed_too = (evidence.appeal, evidence.commission)
    count = 2 + len(evidence.panels) + len(evidence.votes) + len(evidence.notes)
    count += sum(one is not None for one in signed_too)
    return replace(read.facts, rounds=tuple(rounds), basis=verdict.basis.value, checked=count)


def _asked(number: int, evidence: VerdictEvidence, by: str) -> str:
    if number == COMMISSION_ROUND:
        return "commission"
    appeal = evidence.appeal
    return by if appeal is not None and number >= appeal.appeal.round else ""


def _accepts(cast: VoteEvidence, evidence: VerdictEvidence, campaign: Campaign) -> bool:
    """Whether a vote says that my answer is right; a blind verifier's own answer is compared with mine."""
    if cast.answer is None or cast.vote.round == COMMISSION_ROUND:
        return cast.vote.accept
    return campaign.rules.same(cast.answer, evidence.answer)
