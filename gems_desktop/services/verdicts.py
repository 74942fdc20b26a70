# SPDX-License-Identifier: Apache-2.0
"""Verdicts about my work and my votes: recomputed from their evidence before anything of mine changes.

A verdict that is not final owes nothing yet: a second try, an appeal or its requester's objection may still come.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import Any

from gems_desktop.services.errors import PlatformLied
from gems_desktop.services.facts import ItemState
from gems_desktop.services.network import Network
from gems_desktop.services.notes import from_text
from gems_desktop.services.offers import Campaign, stored_campaign
from gems_desktop.services.outside import clean_text, told_mark
from gems_desktop.services.owing import owe_lines, stake_back
from gems_desktop.services.ports import Tx
from gems_desktop.services.records import AnswerRecord, AppealRecord, CampaignRecord, ItemRecord, SealedRecord
from gems_desktop.services.redos import close_redo, offer_redo
from gems_desktop.services.review import REASONS
from gems_protocol import evidence_json
from gems_protocol.amount import ZERO, Amount
from gems_protocol.audit import DAY_S, NO_SEED
from gems_protocol.audit_record import draw_of
from gems_protocol.evidence import VerdictEvidence
from gems_protocol.lines import bond_lines, miner_lines, review_lines
from gems_protocol.messages import Assignment, BatchReceipt, ReviewAssignment
from gems_protocol.verdict import Verdict, check_verdict
from gems_protocol.verification import standing_of
from gems_protocol.verification.commissioned import COMMISSION_ROUND

LATEST = 1 << 35  # Unix seconds: beyond the year 3000, and still a date everywhere
WAITING = (ItemState.DELIVERED.name, ItemState.SEALED.name, ItemState.SENDING.name)
_JUDGED = (ItemState.ACCEPTED.name, ItemState.REJECTED.name, ItemState.DISPUTED.name)


@dataclass(frozen=True, slots=True)
class Appealable:
    """Who may appeal a verdict until when, at what price, and who would judge then."""

    by: str
    until: int
    bond: Amount
    round: int
    seats: int


def take_verdict(tx: Tx, event: dict[str, Any], network: Network) -> None:
    """A verdict about my work; raises PlatformLied, BadSignature, MalformedMessage or MoneyDiffers."""
    item, campaign = _mine(tx, event["assignment_hash"], "work")
    if item is None:
        return
    evidence, verdict = _checked(event, campaign, network)
    message = Assignment.from_json(json.loads(item.assignment))
    answer = tx.get(AnswerRecord, item.item_id)
    if evidence.assignment != message:
        raise PlatformLied("a verdict's evidence is about another assignment.")
    if answer is None or "0x" + evidence.submission.submission.result_hash.hex() != answer.result_hash:
        raise PlatformLied("a verdict's evidence is about another answer.")
    if verdict.accepted is not event["accepted"]:
        raise PlatformLied("a verdict is not the one that its votes give.")
    _check_day(tx, evidence)
    _check_standing(item, evidence, message.miner)
    _check_objection(item, evidence)
    final = is_final(event)
    may_appeal = None if final else _appealable(event.get("appeal"), verdict, item, campaign, event["at"])
    values = _values(event, verdict, evidence, item, final) | _appeal_values(
        may_appeal, campaign, event, final
    )
    own_appeal = evidence.appeal
    if own_appeal is not None:
        if own_appeal.appeal.signer(network.campaigns_domain, own_appeal.signature) != message.miner:
            own_appeal = None
        else:
            values["appeal_state"] = "won" if verdict.accepted else "lost"
    lines = miner_lines(message, verdict) if final else []
    if final and own_appeal is not None:
        lines += bond_lines(own_appeal.appeal, verdict.accepted)
    if final and verdict.accepted and not lines:
        values["state"] = ItemState.PAID.name
    tx.change(ItemRecord, item.item_id, **values)
    owe_lines(tx, item, lines, event["at"])
    if verdict.accepted:
        close_redo(tx, item, event["at"])
    else:
        _rejected(tx, item, campaign, event, final=final, appealed=own_appeal is not None, network=network)


def take_review_verdict(tx: Tx, event: dict[str, Any], network: Network) -> None:
    """What became of my vote, always final; raises as `take_verdict` does."""
    if tx.get(ItemRecord, event["assignment_hash"]) is None:
        return  # a vote that I cast on another computer
    item, campaign = _mine(tx, event["assignment_hash"], "review")
    if item is None:
        return
    evidence, verdict = _checked(event, campaign, network)
    message = ReviewAssignment.from_json(json.loads(item.assignment))
    about = (evidence.assignment.campaign_id, evidence.assignment.index, evidence.assignment.attempt)
    if about != (message.campaign_id, message.index, message.attempt):
        raise PlatformLied("a verdict's evidence is about another task.")
    _check_standing(item, evidence, message.verifier)
    agreed = verdict.agreed.get((message.verifier, message.round))
    if agreed is None or agreed is not event["agreed"]:
        raise PlatformLied("a verdict does not count your vote as you cast it.")
    lines = review_lines(message, agreed)
    state = ItemState.ACCEPTED if agreed else ItemState.REJECTED
    if agreed and not lines:
        state = ItemState.PAID
    tx.change(
        ItemRecord,
        item.item_id,
        state=state.name,
        changed_at=event["at"],
        outcome=1 if agreed else -1,
        judged=verdict.judged,
        judged_at=event["seq"],
        final=True,
    )
    owe_lines(tx, item, lines, event["at"])


def take_appealed(tx: Tx, event: dict[str, Any]) -> None:
    """Somebody appealed a verdict about my work: others judge again. No money moves by this."""
    by, round_, judge_by = event["by"], event["round"], event["judge_by"]
    if (
        by not in ("miner", "requester")
        or not _whole(round_, COMMISSION_ROUND + 1)
        or not _whole(judge_by, LATEST)
    ):
        raise PlatformLied("an appeal is malformed.")
    if tx.get(ItemRecord, event["assignment_hash"]) is None:
        return  # about work that I did on another computer
    item, _ = _mine(tx, event["assignment_hash"], "work")
    if item is None:
        return
    if item.outcome != (1 if by == "requester" else -1):
        raise PlatformLied("an appeal is about work without a verdict that its side could appeal.")
    reason = event.get("reason")
    values: dict[str, Any] = {
        "state": ItemState.DISPUTED.name,
        "changed_at": event["at"],
        "appeal_by": by,
        "appeal_round": round_,
        "appeal_state": "judging",
        "judge_by": judge_by,
    }
    if by == "requester":
        values["appeal_reason"] = clean_text(reason) if isinstance(reason, str) else ""
    mine = tx.get(AppealRecord, item.item_id)
    if mine is not None and by == "miner":
        values["appeal_reason"] = mine.reason
    tx.change(ItemRecord, item.item_id, **values)
    if mine is not None:  # nobody but me can give my second try up
        close_redo(tx, item, event["at"])


def _mine(tx: Tx, item_id: str, kind: str) -> tuple[ItemRecord | None, Campaign]:
    """The item while a verdict can still change it, and its campaign."""
    item = tx.get(ItemRecord, item_id)
    record = tx.get(CampaignRecord, item.campaign_id) if item is not None else None
    if item is None or record is None or item.kind != kind:
        raise PlatformLied("a verdict is about work that is not yours.")
    open_ = item.state in WAITING or (item.state in _JUDGED and not item.final)
    return (item if open_ else None), stored_campaign(record)


def _checked(event: dict[str, Any], campaign: Campaign, network: Network) -> tuple[VerdictEvidence, Verdict]:
    evidence = evidence_json.from_json(event["evidence"])
    verdict = check_verdict(evidence, campaign.rules, network.campaigns_domain, network.platform_signer)
    return evidence, verdict


def _check_day(tx: Tx, evidence: VerdictEvidence) -> None:
    """A hub that knows the seeds of several days could choose the one whose draw it likes."""
    sealed = tx.get(SealedRecord, "0x" + evidence.submission.batch.root.hex())
    if evidence.audit is None or evidence.audit.seed == NO_SEED or sealed is None or not sealed.receipt:
        return
    receipt = BatchReceipt.from_json(json.loads(sealed.receipt)["message"])
    if evidence.audit.day != receipt.received_at // DAY_S:
        raise PlatformLied("an audit was drawn with the seed of another day than your answer came on.")


def _check_standing(item: ItemRecord, evidence: VerdictEvidence, me: str) -> None:
    """My answer is weighed by what was stated about me when the work was given out."""
    stated = next((signed.note for signed in evidence.notes if signed.note.worker == me), None)
    if item.standing and (stated is None or standing_of(stated) != from_text(item.standing)):
        raise PlatformLied("a verdict weighs your answer by another standing than it was given out by.")


def _check_objection(item: ItemRecord, evidence: VerdictEvidence) -> None:
    """An appeal or a paid second look that was taken is part of every verdict after it."""
    asked = evidence.commission if item.appeal_round == COMMISSION_ROUND else evidence.appeal
    if item.appeal_state in ("sent", "judging") and asked is None:
        raise PlatformLied("a verdict leaves out the appeal against the one before it.")


def is_final(event: dict[str, Any]) -> bool:
    """Whether a verdict can change no more; raises PlatformLied where that is not said."""
    if type(event["final"]) is not bool:
        raise PlatformLied("a verdict does not say whether it is final.")
    return bool(event["final"])


def _whole(value: Any, below: int) -> bool:
    return type(value) is int and 0 <= value < below


def _appealable(
    value: Any, verdict: Verdict, item: ItemRecord, campaign: Campaign, at: int
) -> Appealable | None:
    if value is None:
        return None
    bond = Amount.parse(value["bond"])
    by, until, round_, seats = value["by"], value["until"], value["round"], value["seats"]
    if by != ("requester" if verdict.accepted else "miner") or not _whole(until, LATEST):
        raise PlatformLied("an appeal is offered to the wrong side.")
    if not _whole(round_, COMMISSION_ROUND) or not _whole(seats, 8) or bond < ZERO:
        raise PlatformLied("the offer of an appeal is malformed.")
    if by == "miner" and bond > item.stake:
        raise PlatformLied("an appeal asks for a larger bond than your stake.")
    if until < at + campaign.terms.redo if by == "miner" else until > at + campaign.manifest.policy.hold_s:
        raise PlatformLied("the time for an objection is not the one that the campaign promises.")
    return Appealable(by, until, bond, round_, seats)


def _appeal_values(
    offer: Appealable | None, campaign: Campaign, event: dict[str, Any], final: bool
) -> dict[str, Any]:
    if offer is not None:
        return {
            "appeal_by": offer.by,
            "appeal_until": offer.until,
            "appeal_bond": str(offer.bond),
            "appeal_round": offer.round,
            "appeal_seats": offer.seats,
        }
    held = 0 if final or not event["accepted"] else event["at"] + campaign.manifest.policy.hold_s
    return {"appeal_until": held, "judge_by": 0}


def _values(
    event: dict[str, Any], verdict: Verdict, evidence: VerdictEvidence, item: ItemRecord, final: bool
) -> dict[str, Any]:
    state = ItemState.ACCEPTED if verdict.accepted else ItemState.REJECTED
    return {
        "state": state.name,
        "changed_at": event["at"],
        "outcome": 1 if verdict.accepted else -1,
        "judged": verdict.judged,
        "judged_at": event["seq"],
        "final": final,
        "fee": str(verdict.fee),
        "poor": verdict.poor,
        "answered": "" if verdict.answer is None else json.dumps(verdict.answer, ensure_ascii=False),
        "draw": _draw(evidence) or item.draw,
    }


def _draw(evidence: VerdictEvidence) -> str:
    """How the audit was drawn, where it could be drawn at all; the verdict's check has looked at the draw itself."""
    draw = draw_of(evidence)
    return "" if draw is None else json.dumps(asdict(draw))


def _rejected(
    tx: Tx,
    item: ItemRecord,
    campaign: Campaign,
    event: dict[str, Any],
    *,
    final: bool,
    appealed: bool,
    network: Network,
) -> None:
    reasons = [reason for reason in event.get("reasons") or [] if isinstance(reason, dict)]
    code = next((reason["code"] for reason in reasons if reason.get("code") in REASONS), "")
    note = next((reason["note"] for reason in reasons if isinstance(reason.get("note"), str)), "")
    note = clean_text(note)
    mark = next((found for reason in reasons if (found := told_mark(reason.get("mark")))), "")
    tx.change(
        ItemRecord,
        item.item_id,
        reason=code or item.reason,
        note=note or item.note,
        mark=mark or item.mark,
    )
    if not final:
        if event.get("redo") is not None:
            told = replace(item, reason=code, note=note, mark=mark)
            offer_redo(tx, told, event["redo"], event["at"], campaign, network)
        return
    rules = campaign.policy.for_standing(from_text(item.standing))
    if rules.has_redo and not item.redo_of and not item.redo_until and not appealed:
        stake_back(tx, item, event["at"])  # no second try, so none is held against me (ADR 0010)
    close_redo(tx, item, event["at"])
