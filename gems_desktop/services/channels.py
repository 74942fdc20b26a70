# SPDX-License-Identifier: Apache-2.0
"""The worker's channel as the store holds it, and back: the protocol's WorkerChannel is built from records."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict

from gems_desktop.services.errors import PlatformLied
from gems_desktop.services.facts import ItemState
from gems_desktop.services.network import Network
from gems_desktop.services.offers import stored_campaign
from gems_desktop.services.ports import Tx
from gems_desktop.services.queries import Not
from gems_desktop.services.records import (
    BatchRecord,
    CampaignRecord,
    ChannelRecord,
    DebitRecord,
    ItemRecord,
    LineRecord,
    VoucherRecord,
)
from gems_protocol.amount import ZERO, Amount
from gems_protocol.channel import LEAST_DELAY_S, Config, Pockets, WorkerChannel
from gems_protocol.lines import Line, LineKind
from gems_protocol.messages import Voucher

#: States in which nothing more can come of an item.
_WAITING = (ItemState.DELIVERED.name, ItemState.ACCEPTED.name, ItemState.DISPUTED.name)
_BONDED = ("sent", "judging")
OVER = (ItemState.PAID.name, ItemState.EXPIRED.name, ItemState.RETURNED.name, ItemState.REJECTED.name)


def is_over(item: ItemRecord) -> bool:
    """Whether nothing more can come of an item; a rejection that can still change is not over."""
    return item.state in OVER and not (
        item.state == ItemState.REJECTED.name and item.outcome and not item.final
    )


def read_config(value: object, network: Network, me: str) -> Config:
    """The channel's config from the platform; raises PlatformLied unless it is mine with this hub."""
    try:
        config = Config(**value)  # type: ignore[arg-type]
    except TypeError as error:
        raise PlatformLied("a channel's description is malformed.") from error
    numbers = (config.delay, config.salt)
    if not all(type(number) is int and 0 <= number < 1 << 64 for number in numbers):
        raise PlatformLied("a channel's description is malformed.")
    parties = (config.payer, config.signer, config.worker)
    if parties != (network.hub_payer, network.platform_signer, me):
        raise PlatformLied("a channel is not between this platform and you.")
    if config.delay < LEAST_DELAY_S:
        raise PlatformLied("a channel could be closed too quickly.")
    return config


def channel_record(tx: Tx) -> ChannelRecord | None:
    """The one channel of this profile."""
    found = tx.find(ChannelRecord, limit=1)
    return found[0] if found else None


def line_record(line: Line, item_id: str, seq: int, at: int, place: int) -> LineRecord:
    """A line as stored."""
    campaign_id = "0x" + line.campaign_id.hex()
    return LineRecord(
        line_id=f"{campaign_id}:{line.index}:{line.attempt}:{line.round}:{line.kind.value}",
        seq=seq,
        at=at,
        place=place,
        campaign_id=campaign_id,
        index=line.index,
        attempt=line.attempt,
        round=line.round,
        kind=line.kind.value,
        item_id=item_id,
        amount=line.amount,
    )


def line_known(tx: Tx, line: Line) -> bool:
    """Whether this line is owed or settled already."""
    return tx.get(LineRecord, line_record(line, "", 0, 0, 0).line_id) is not None


def _settled(tx: Tx, line: Line) -> bool:
    kept = tx.get(LineRecord, line_record(line, "", 0, 0, 0).line_id)
    return kept is not None and kept.seq > 0


def line_of(record: LineRecord) -> Line:
    """The protocol's line of a record."""
    return Line(
        bytes.fromhex(record.campaign_id[2:]),
        record.index,
        record.attempt,
        record.round,
        LineKind(record.kind),
        record.amount,
    )


def best_voucher(tx: Tx) -> VoucherRecord | None:
    """The voucher with the highest number."""
    found = tx.find(VoucherRecord, descending=True, limit=1)
    return found[0] if found else None


def load_channel(tx: Tx, about: Iterable[Line] = ()) -> WorkerChannel | None:
    """Everything that is known of my channel, of what is settled only lines `about`; None before the first."""
    record = channel_record(tx)
    if record is None:
        return None
    best = best_voucher(tx)
    delivered, staked = open_batches(tx)
    voucher = signature = None
    paid = bonded = ZERO
    if best is not None:
        paid, bonded = best.paid, best.bonded
        voucher = Voucher(bytes.fromhex(record.channel_id[2:]), paid.units, bonded.units, best.seq)
        signature = bytes.fromhex(best.signature[2:])
    return WorkerChannel(
        config=Config(**json.loads(record.config)),
        deposit=record.deposit,
        pockets=Pockets(paid, bonded, record.from_rewards),
        voucher=voucher,
        voucher_signature=signature,
        debited=record.debited,
        claimed=record.claimed,
        bond_target=record.bond_target,
        former_target=Amount(int(record.former_target)) if record.former_target else None,
        owed=tuple(line_of(line) for line in tx.find(LineRecord, order="place", seq=0)),
        settled=frozenset(line.key for line in about if _settled(tx, line)),
        delivered=delivered,
        staked=staked,
        closing=record.closing,
    )


def new_channel(config: Config, deposit: int, claimed: int, closing: int, now: int) -> ChannelRecord:
    """The record of a channel that the chain confirms."""
    return ChannelRecord(
        channel_id="0x" + config.channel_id().hex(),
        config=json.dumps(asdict(config)),
        deposit=Amount(deposit),
        claimed=Amount(claimed),
        closing=closing != 0,
        debited=ZERO,
        bond_target=ZERO,
        former_target="",
        from_rewards=ZERO,
        read_at=now,
    )


def open_batches(tx: Tx) -> tuple[frozenset[bytes], frozenset[bytes]]:
    """Roots of (batches of which something is delivered and not settled, batches with a stake at risk).

    What only waits for its requester's objection is not late, so it does not count as credit: accepted work, and
    reviews where the campaign holds what it accepts.
    """
    waiting, at_risk = waiting_batches(tx)
    return (
        frozenset(bytes.fromhex(batch.root[2:]) for batch in waiting),
        frozenset(bytes.fromhex(batch.root[2:]) for batch in at_risk if batch.stake_total > ZERO),
    )


def waiting_batches(tx: Tx) -> tuple[list[BatchRecord], list[BatchRecord]]:
    """(Batches that wait for a voucher, batches that are not over); see `open_batches`."""
    waits: set[str] = set()
    holding: dict[str, bool] = {}
    unfinished: set[str] = set()
    counted = tx.tally(BatchRecord, ("batch_id", "kind", "state", "final", "campaign_id"))
    for batch_id, kind, state, final, about, _ in counted:
        unfinished.add(batch_id)
        if state not in _WAITING or (state == ItemState.ACCEPTED.name and not final):
            continue
        if kind == "review" and about not in holding:
            holding[about] = _holds(tx, about)
        if kind != "review" or not holding[about]:
            waits.add(batch_id)
    owed_for = tuple({row[0] for row in tx.rows(LineRecord, ("item_id",), seq=0)})
    owing = {row[0] for row in tx.rows(ItemRecord, ("batch_id",), distinct=True, item_id=owed_for)}
    found = tx.find(BatchRecord, batch_id=tuple(unfinished | owing))
    return [batch for batch in found if batch.batch_id in waits | owing], found


def _holds(tx: Tx, campaign_id: str) -> bool:
    """Whether a campaign holds accepted work back for its requester."""
    record = tx.get(CampaignRecord, campaign_id)
    if record is None:
        return False
    return stored_campaign(record).manifest.policy.hold_s > 0


def unconfirmed_debit(tx: Tx, root: str) -> DebitRecord | None:
    """A debit that was signed for this batch before."""
    return tx.get(DebitRecord, root)


def stakes_at_risk(tx: Tx) -> Amount:
    """The stakes of items that are not over, each once: a second try carries the stake of the first, and bonds."""
    open_stakes = tx.tally(ItemRecord, ("stake",), over=False)
    at_risk = sum(int(stake) * count for stake, count in open_stakes)
    redone = tuple(row[0] for row in tx.rows(ItemRecord, ("redo_of",), redo_of=Not(""), over=False))
    carried = tx.rows(ItemRecord, ("stake",), item_id=redone, over=False)
    bonds = tx.rows(ItemRecord, ("appeal_bond",), appeal_by="miner", appeal_state=_BONDED, final=False)
    return Amount(at_risk - sum(int(row[0]) for row in carried) + sum(int(row[0]) for row in bonds))
