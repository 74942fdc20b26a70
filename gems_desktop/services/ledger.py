# SPDX-License-Identifier: Apache-2.0
"""Every movement of mine as one line, drawn from checked evidence only; and the sums that must agree with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from gems_desktop.services.channel_end import ENDED
from gems_desktop.services.channels import channel_record
from gems_desktop.services.claims import sent_to
from gems_desktop.services.cursor import get_value
from gems_desktop.services.explaining import UNEXPLAINED
from gems_desktop.services.facts import ClaimState, LedgerLine
from gems_desktop.services.former_claims import ELSEWHERE
from gems_desktop.services.offers import stored_campaign
from gems_desktop.services.outside import clean_line
from gems_desktop.services.ports import Tx
from gems_desktop.services.queries import Above, Beside, Not, UpTo
from gems_desktop.services.records import (
    CampaignRecord,
    ClaimRecord,
    DebitRecord,
    ItemRecord,
    LineRecord,
    TransferRecord,
    VoucherRecord,
)
from gems_protocol.amount import ZERO, Amount
from gems_protocol.lines import LineKind

_EPOCH = date(1970, 1, 1).toordinal()
_EARNED = (LineKind.REWARD.value, LineKind.REVIEW_PAY.value)
_WHAT = {
    LineKind.REWARD.value: "reward",
    LineKind.STAKE_BACK.value: "stake_back",
    LineKind.REVIEW_PAY.value: "review_pay",
    LineKind.REVIEW_STAKE_BACK.value: "stake_back",
    LineKind.BOND_BACK.value: "bond_back",
    LineKind.UNBONDED.value: "unbond",
}


@dataclass(frozen=True, slots=True)
class _About:
    """What a movement says of its campaign."""

    title: str = ""
    practice: bool = False
    requester: str = ""


_NOTHING = _About()


def _titles(tx: Tx) -> dict[str, _About]:
    found = {}
    for record in tx.find(CampaignRecord):
        campaign = stored_campaign(record)
        title, practice = clean_line(campaign.manifest.title), bool(campaign.shown.get("practice"))
        found[record.campaign_id] = _About(title, practice, campaign.terms.requester)
    return found


def ledger_lines(tx: Tx, limit: int) -> list[LedgerLine]:
    """The newest movements first."""
    return newest_lines(tx, limit)[0][:limit]


def newest_lines(tx: Tx, limit: int, until: int | None = None) -> tuple[list[LedgerLine], int | None]:
    """Movements up to a time, newest first, and the time from which they may be incomplete; None: all are here.

    Each kind of record is read `limit` deep; what is as old as the last row of a kind that has more comes next time.
    """
    titles = _titles(tx)
    found: list[LedgerLine] = []
    floors: list[int] = []
    for source in (_settled, _debits, _lost, _claims, _sent, _unexplained):
        lines, depth = source(tx, titles, limit, {} if until is None else {"at": UpTo(until)})
        found += lines
        floors += [] if depth is None else [depth]
    floor = max(floors, default=None)
    if floor is not None:
        found = [line for line in found if line.at > floor]
    found.sort(key=lambda line: line.at, reverse=True)
    return found, floor


_Titles = dict[str, _About]
_Found = tuple[list[LedgerLine], int | None]


def _line(
    at: int, what: str, about: _About, item_id: str, pocket: str, amount: Amount, ref: str
) -> LedgerLine:
    return LedgerLine(
        at, what, about.title, item_id, pocket, amount, about.practice, about.requester, ref=ref
    )


def _newest(limit: int) -> dict[str, Any]:
    return {"descending": True, "limit": limit}


def _depth(times: list[int], limit: int) -> int | None:
    return times[-1] if len(times) == limit else None


def _settled(tx: Tx, titles: _Titles, limit: int, when: dict[str, Any]) -> _Found:
    found = []
    earned: dict[int, Amount] = {}
    lines = tx.find(LineRecord, order="at", seq=Beside(Above(0)), **when, **_newest(limit))
    for line in lines:
        pocket, about = "bonded", titles.get(line.campaign_id, _NOTHING)
        if line.kind in (*_EARNED, LineKind.UNBONDED.value):
            pocket, earned[line.seq] = "paid", earned.get(line.seq, ZERO) + line.amount
        ref = f"line:{line.line_id}"
        found.append(_line(line.at, _WHAT[line.kind], about, line.item_id, pocket, line.amount, ref))
    return found + _into_bond(tx, earned), _depth([line.at for line in lines], limit)


def _into_bond(tx: Tx, earned: dict[int, Amount]) -> list[LedgerLine]:
    """What the standing order moved of each voucher's pay into the bond: with it both pockets are the voucher's.

    What is earned by a voucher's number is whole unless it is as old as the last row, which comes next time.
    """
    if not earned:
        return []
    wanted = tuple(set(earned) | {number - 1 for number in earned})
    sums = tx.rows(VoucherRecord, ("seq", "paid", "received_at"), seq=wanted)
    known = {seq: (Amount(int(paid)), at) for seq, paid, at in sums}
    found = []
    for number in sorted(earned):
        if number not in known or (number > 1 and number - 1 not in known):
            continue  # the one before was never here: its sum is told as unexplained
        before = known[number - 1][0] if number > 1 else ZERO
        paid, at = known[number]
        moved = earned[number] - (paid - before)
        if moved > ZERO:
            ref = f"voucher:{number}"
            found.append(_line(at, "bond", _NOTHING, "", "paid", -moved, ref))
            found.append(_line(at, "bond", _NOTHING, "", "bonded", moved, ref))
    return found


def _debits(tx: Tx, titles: _Titles, limit: int, when: dict[str, Any]) -> _Found:
    record = channel_record(tx)
    moved = (
        record.channel_id if record else None
    )  # steps out of the bond are of the channel, not of a campaign
    found, until = [], ({"signed_at": when["at"]} if when else {})
    debits = tx.find(DebitRecord, order="signed_at", confirmed=True, **until, **_newest(limit))
    for debit in debits:
        what = "stake_put" if debit.batch_id else "bond_put"  # a bond is of an appeal, not of a batch
        about, pocket = titles.get(debit.campaign_id, _NOTHING), "stake"
        if debit.campaign_id == moved:
            what, pocket = "unbond", "bonded"
        found.append(_line(debit.signed_at, what, about, "", pocket, -debit.amount, f"debit:{debit.root}"))
    return found, _depth([debit.signed_at for debit in debits], limit)


def _claims(tx: Tx, titles: _Titles, limit: int, when: dict[str, Any]) -> _Found:
    found = []
    for claim in tx.find(ClaimRecord, state=ClaimState.CLAIMED.name, **when):
        arrives = claim.amount - claim.fee
        ref = f"claim:{claim.claim_id}"
        found.append(LedgerLine(claim.at, "claim", "", "", "wallet", arrives, fee=claim.fee, ref=ref))
        if claim.fee > ZERO:
            found.append(LedgerLine(claim.at, "relayer_fee", "", "", "fee", -claim.fee, ref=ref))
        if sent_to(claim):
            found.append(LedgerLine(claim.at, "sent", "", "", "wallet", -arrives, ref=ref))
    return found, None


def _sent(tx: Tx, titles: _Titles, limit: int, when: dict[str, Any]) -> _Found:
    found = []
    for one in tx.find(TransferRecord, state=ClaimState.CLAIMED.name, **when):
        ref = f"transfer:{one.transfer_id}"
        found.append(LedgerLine(one.at, "sent", "", "", "wallet", -one.amount, fee=one.fee, ref=ref))
        if one.fee > ZERO:
            found.append(LedgerLine(one.at, "relayer_fee", "", "", "wallet", -one.fee, ref=ref))
    return found, None


def _unexplained(tx: Tx, titles: _Titles, limit: int, when: dict[str, Any]) -> _Found:
    """What is signed or on the chain and nothing here explains, so that the sums agree with the channel's."""
    found = []
    for name, what, pocket in (
        (UNEXPLAINED, "former_pay", "paid"),
        (ELSEWHERE, "former_claim", "wallet"),
        (ENDED, "channel_end", "wallet"),
    ):
        told = get_value(tx, name)
        if told is not None and (not when or told["at"] <= when["at"].value):
            found.append(LedgerLine(told["at"], what, "", "", pocket, Amount(int(told["units"]))))
    return found, None


def _lost(tx: Tx, titles: _Titles, limit: int, when: dict[str, Any]) -> _Found:
    """The newest rejections for good that took a stake."""
    about = ("changed_at", "item_id", "campaign_id")
    rejected: dict[str, Any] = {"shelf": "rejected", "final": True, "stake": Not("0")}
    until: dict[str, Any] = {"changed_at": when["at"]} if when else {}
    # a rejection that was done again lost nothing
    lost = tx.rows(ItemRecord, about, order="changed_at", **rejected, **until, **_newest(limit))
    names = tuple(item_id for _, item_id, _ in lost)
    redone = {row[0] for row in tx.rows(ItemRecord, ("redo_of",), redo_of=names)}
    found = []
    for at, item_id, campaign_id in lost:
        if item_id not in redone:
            about_it = titles.get(campaign_id, _NOTHING)
            found.append(_line(at, "stake_lost", about_it, item_id, "stake", ZERO, f"lost:{item_id}"))
    return found, _depth([row[0] for row in lost], limit)


def earned_by_day(tx: Tx) -> list[tuple[str, Amount]]:
    """What vouchers paid for work and reviews on each UTC day, oldest first."""
    days: dict[int, Amount] = {}
    for day, amount, count in tx.tally(LineRecord, ("day", "amount"), kind=_EARNED):
        days[day] = days.get(day, ZERO) + Amount(int(amount) * count)
    return [(date.fromordinal(_EPOCH + day).isoformat(), amount) for day, amount in sorted(days.items())]
