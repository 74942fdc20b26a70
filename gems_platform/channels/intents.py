# SPDX-License-Identifier: Apache-2.0
"""Queries about intents on chain and the transactions signed for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from gems_platform.channels.chain import Fees, Signed, Unsigned
from gems_platform.channels.sending_tables import AttemptRow, IntentRow
from gems_platform.schemas import raw as raw_bytes

LIVE = ("sent", "mined")
_DONE = ("done", "failed")


@dataclass(frozen=True, slots=True)
class Call:
    """What is to happen on chain under a name; `about` is what its owner wants to find again with it."""

    name: str
    to: str
    data: bytes
    about: str = ""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A transaction that was signed when `height` was the newest block."""

    signed: Signed
    fees: Fees
    height: int


@dataclass(frozen=True, slots=True)
class Intent:
    """One call with one nonce; attempts oldest first. states: see IntentRow."""

    id: int
    name: str
    about: str
    sender: str
    call: Unsigned
    state: str
    tx_hash: str
    attempts: tuple[Attempt, ...]

    @property
    def live(self) -> bool:
        """Whether it may still happen, or be taken back."""
        return self.state in LIVE


def add(session: Session, call: Call, sender: str, unsigned: Unsigned, first: Attempt, now: int) -> None:
    """Store an intent with its first transaction."""
    row = IntentRow(
        name=call.name,
        about=call.about,
        sender=sender,
        nonce=unsigned.nonce,
        to=call.to,
        data="0x" + call.data.hex(),
        gas=unsigned.gas,
        tx_hash=first.signed.tx_hash,
        state="sent",
        at=now,
    )
    session.add(row)
    session.flush()
    add_attempt(session, row.id, first, now)


def add_attempt(session: Session, intent_id: int, attempt: Attempt, now: int) -> None:
    """Store one more transaction of an intent."""
    session.add(
        AttemptRow(
            tx_hash=attempt.signed.tx_hash,
            intent=intent_id,
            raw=attempt.signed.raw,
            max_fee=attempt.fees.most,
            tip=attempt.fees.tip,
            height=attempt.height,
            at=now,
        )
    )
    session.get_one(IntentRow, intent_id).tx_hash = attempt.signed.tx_hash


def keep(session: Session, intent_id: int, state: str, tx_hash: str) -> None:
    """What became of an intent."""
    row = session.get_one(IntentRow, intent_id)
    row.state, row.tx_hash = state, tx_hash


def newest(session: Session, name: str) -> Intent | None:
    """The newest intent of a name."""
    query = select(IntentRow).where(IntentRow.name == name).order_by(IntentRow.id.desc()).limit(1)
    row = session.scalar(query)
    return None if row is None else _fact(session, row)


def live(session: Session, name: str | None = None) -> Sequence[Intent]:
    """Intents that are under way, in the order of their nonces; of one name, or all."""
    query = select(IntentRow).where(IntentRow.state.in_(LIVE)).order_by(IntentRow.sender, IntentRow.nonce)
    if name is not None:
        query = query.where(IntentRow.name == name)
    return [_fact(session, row) for row in session.scalars(query).all()]


def promised(session: Session) -> dict[str, int]:
    """By sender, the nonce after the last that an intent under way has."""
    query = select(IntentRow.sender, func.max(IntentRow.nonce)).where(IntentRow.state.in_(LIVE))
    return {sender: last + 1 for sender, last in session.execute(query.group_by(IntentRow.sender)).all()}


def is_taken(session: Session, sender: str, first: int, last: int | None = None) -> bool:
    """Whether an intent under way has a nonce of these; without a last one, any from `first` on."""
    query = select(IntentRow.id).where(
        IntentRow.sender == sender, IntentRow.nonce >= first, IntentRow.state.in_(LIVE)
    )
    if last is not None:
        query = query.where(IntentRow.nonce <= last)
    return session.scalar(query.limit(1)) is not None


def is_sent(session: Session, call: Call) -> bool:
    """Whether another of a call's name, and about some of the same, was sent and is in no block yet."""
    query = select(IntentRow.about).where(IntentRow.name == call.name, IntentRow.state == "sent")
    words = set(call.about.split())
    return any(not words or words & set(about.split()) for about in session.scalars(query).all())


def last_two(session: Session, name: str) -> tuple[int, int]:
    """The ids of a name's newest intents, the older one first, 0 where there is none: another's moves them."""
    query = select(IntentRow.id).where(IntentRow.name == name).order_by(IntentRow.id.desc()).limit(2)
    newest, before, *_ = [*session.scalars(query).all(), 0, 0]
    return before, newest


def reopen(session: Session, sender: str, count: int) -> None:
    """What was done with nonces that the chain says are free again was taken back: it is under way again."""
    gone = (IntentRow.sender == sender, IntentRow.nonce >= count, IntentRow.state.in_(_DONE))
    session.execute(update(IntentRow).where(*gone).values(state="sent"))


def senders(session: Session) -> Iterable[str]:
    """Everybody who ever sent."""
    return session.scalars(select(IntentRow.sender).distinct()).all()


def _fact(session: Session, row: IntentRow) -> Intent:
    query = select(AttemptRow).where(AttemptRow.intent == row.id)
    found = session.scalars(query).all()
    attempts = sorted(
        (Attempt(Signed(one.raw, one.tx_hash), Fees(one.max_fee, one.tip), one.height) for one in found),
        key=lambda one: one.fees.most,
    )
    call = Unsigned(row.to, raw_bytes(row.data), row.gas, row.nonce)
    return Intent(row.id, row.name, row.about, row.sender, call, row.state, row.tx_hash, tuple(attempts))
