# SPDX-License-Identifier: Apache-2.0
"""One moment of the store and one block of the chain. Sums are made here: the engines cannot add 128 bits."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from gems_platform.campaigns.tables import CampaignRow
from gems_platform.channels.chain import Chain
from gems_platform.channels.days import ROW
from gems_platform.channels.sending_tables import AttemptRow, IntentRow
from gems_platform.channels.tables import ChannelRow, LineRow
from gems_platform.channels.upkeep_tables import TowerVoucherRow, VoucherDayRow
from gems_platform.disputes.reading import OnChain as Judge
from gems_platform.operating.reconcile.facts import Books, CampaignBooks, ChannelBooks, IntentBooks, OnChain
from gems_platform.schemas import raw, text
from gems_platform.settings import Settings
from gems_platform.tasks.tables import TransferRow
from gems_protocol import ledger
from gems_protocol.errors import BadSignature
from gems_protocol.lines import LineKind
from gems_protocol.messages import Spend, Voucher

T = TypeVar("T")
_ROWS = 5_000
_AT_ONCE = 8  # questions to the node


@dataclass
class _Lines:
    settled: int = 0
    waiting: int = 0
    unbonded: int = 0
    newest: int = 0


@dataclass
class _Moved:
    """Movements: by campaign and party the balance, out of the escrow, and to and from each worker."""

    balances: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))
    spent: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    earned: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    put_up: dict[str, int] = field(default_factory=lambda: defaultdict(int))


def books_of(session: Session, settings: Settings) -> Books:
    """The store, in the one moment that the session sees."""
    lines, moved = _lines(session), _moved(session)
    published, kept = _published(session), _kept(session)
    channels = session.scalars(select(ChannelRow).order_by(ChannelRow.id)).all()
    campaigns = session.scalars(select(CampaignRow).order_by(CampaignRow.id)).all()
    workers = {row.worker for row in channels}
    return Books(
        tuple(
            _channel(row, settings, lines[row.worker], moved, published.get(row.id), kept.get(row.id))
            for row in channels
        ),
        tuple(_campaign(row, settings, moved) for row in campaigns),
        _intents(session),
        sum(worker not in workers for worker, one in lines.items() if one.settled),
    )


def _intents(session: Session) -> tuple[IntentBooks, ...]:
    query = select(AttemptRow.intent, AttemptRow.tx_hash).join(IntentRow, IntentRow.id == AttemptRow.intent)
    sent: dict[int, list[str]] = defaultdict(list)
    for number, tx_hash in session.execute(
        query.where(IntentRow.state == "sent").order_by(AttemptRow.tx_hash)
    ):
        sent[number].append(tx_hash)
    rows = session.scalars(select(IntentRow).order_by(IntentRow.id))
    return tuple(IntentBooks(row.name, row.sender, row.nonce, row.state, tuple(sent[row.id])) for row in rows)


def _lines(session: Session) -> dict[str, _Lines]:
    found: dict[str, _Lines] = defaultdict(_Lines)
    query = select(LineRow.worker, LineRow.kind, LineRow.amount, LineRow.seq).execution_options(
        yield_per=_ROWS
    )
    for worker, kind, amount, seq in session.execute(query):
        one = found[worker]
        if seq is None:
            one.waiting += amount
        else:
            one.settled += amount
            one.newest = max(one.newest, seq)
        if kind == LineKind.UNBONDED.value:
            one.unbonded += amount
    return found


def _moved(session: Session) -> _Moved:
    found = _Moved()
    query = select(TransferRow.campaign_id, TransferRow.source, TransferRow.target, TransferRow.amount)
    for campaign, source, target, amount in session.execute(query.execution_options(yield_per=_ROWS)):
        balance = found.balances[campaign]
        balance[source] -= amount
        balance[target] += amount
        pot = f"escrow:{campaign}"
        found.spent[campaign] += ((source == pot) - (target == pot)) * amount
        if target.startswith("worker:"):
            found.earned[target] += amount
        if source.startswith("worker:"):
            found.put_up[source] += amount
    return found


def _published(session: Session) -> dict[str, int]:
    """By channel, paid and bonded of the newest daily file."""
    rows = session.scalar(select(VoucherDayRow.rows).order_by(VoucherDayRow.day.desc()).limit(1)) or b""
    parts = (rows[at : at + ROW] for at in range(0, len(rows), ROW))
    return {
        text(row[:32]): int.from_bytes(row[32:48], "big") + int.from_bytes(row[48:60], "big") for row in parts
    }


def _kept(session: Session) -> dict[str, int]:
    """By channel, paid and bonded of the voucher that the watch-tower keeps."""
    query = select(TowerVoucherRow.id, TowerVoucherRow.body).where(TowerVoucherRow.body != "")
    found = {}
    for name, body in session.execute(query.execution_options(yield_per=_ROWS)):
        voucher = Voucher.from_json(json.loads(body)["voucher"]["message"])
        found[name] = voucher.paid + voucher.bonded
    return found


def _channel(
    row: ChannelRow, settings: Settings, lines: _Lines, moved: _Moved, published: int | None, kept: int | None
) -> ChannelBooks:
    party = ledger.worker(row.worker)
    return ChannelBooks(
        id=row.id,
        worker=row.worker,
        deposit=row.deposit,
        claimed=row.claimed,
        stopped=row.stopped,
        doubted=row.doubted_at > 0,
        paid=row.paid,
        bonded=row.bonded,
        seq=row.seq,
        signed=_is_signed(row, settings),
        debited=row.debited,
        settled=lines.settled,
        waiting=lines.waiting,
        newest=lines.newest,
        unbonded=lines.unbonded,
        earned=moved.earned[party],
        put_up=moved.put_up[party],
        published=published,
        kept=kept,
    )


def _is_signed(row: ChannelRow, settings: Settings) -> bool:
    if row.voucher_signature is None:
        return row.paid == row.bonded == 0
    voucher = Voucher(raw(row.id), row.paid, row.bonded, row.seq)
    try:
        voucher.check(settings.channels_domain, raw(row.voucher_signature), row.signer)
    except BadSignature:
        return False
    return True


def _campaign(row: CampaignRow, settings: Settings, moved: _Moved) -> CampaignBooks:
    balances = moved.balances[row.id]
    held = {party: units for party, units in balances.items() if party.startswith(("stake:", "bond:"))}
    return CampaignBooks(
        id=row.id,
        funded=row.funded,
        redeemed=row.redeemed,
        spend=row.spend_signed,
        ok=_is_spend(row, settings),
        spent=moved.spent[row.id],
        net=sum(balances.values()),
        negative=tuple(sorted(party for party, units in held.items() if units < 0)),
    )


def _is_spend(row: CampaignRow, settings: Settings) -> bool:
    if row.spend_signature is None:
        return row.spend_signed == 0
    spend = Spend(raw(row.id), row.spend_signed, row.spend_seq)
    try:
        spend.check(settings.campaigns_domain, raw(row.spend_signature), row.requester)
    except BadSignature:
        return False
    return True


async def chain_of(chain: Chain, settings: Settings, books: Books) -> OnChain:
    """What the newest block says of everything that the books name; raises ChainDown."""
    block = await chain.block_number()
    at = hex(block)
    channels, campaigns = [one.id for one in books.channels], [one.id for one in books.campaigns]
    senders = sorted({one.sender for one in books.intents})
    counted = hex(max(0, block - chain.depth + 1))
    sent = [tx_hash for one in books.intents for tx_hash in one.sent]
    total, reserved, _ = await Judge(chain, settings.hub_payer).collateral()
    return OnChain(
        block=block,
        channels=await _each(channels, lambda name: chain.channel(raw(name), at)),
        funded=await _each(campaigns, lambda name: chain.funded(raw(name), counted)),
        redeemed=await _each(campaigns, lambda name: chain.redeemed(raw(name), at)),
        nonces=await _each(senders, lambda name: chain.nonce(name, at)),
        in_channels=await chain.gem_balance(settings.channels, at),
        treasury=await chain.gem_balance(settings.hub_payer, at),
        collateral=total,
        reserved=reserved,
        mined=frozenset(
            name for name, found in (await _each(sent, chain.mined)).items() if found is not None
        ),
    )


async def _each(names: Iterable[str], ask: Callable[[str], Awaitable[T]]) -> dict[str, T]:
    turn = asyncio.Semaphore(_AT_ONCE)

    async def one(name: str) -> tuple[str, T]:
        async with turn:
            return name, await ask(name)

    return dict(await asyncio.gather(*(one(name) for name in names)))
