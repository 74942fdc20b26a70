# SPDX-License-Identifier: Apache-2.0
"""Exactly once: an effect and the answer to the request that caused it are stored in one transaction."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated, Any

from eth_utils import keccak
from fastapi import Header
from sqlalchemy import ForeignKey, String, Text, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from gems_platform.db import Base
from gems_platform.errors import Conflict

#: The header of the IETF's draft, for POSTs whose bodies have no key of their own.
Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=66,
        pattern=r"^[!-~]+$",
        description="The same key with the same body gets the same answer, and happens once.",
    ),
]
KEPT = 50  # answers by such a key that are kept of an account and kind: a new key costs its sender nothing
_HEADER = "header:"


class RequestRow(Base):
    """One request that had an effect: who, which kind, its key, the hash of its body, its answer."""

    __tablename__ = "requests"
    account: Mapped[str] = mapped_column(String(42), ForeignKey("accounts.address"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    key: Mapped[str] = mapped_column(String(100), primary_key=True)
    body_hash: Mapped[str] = mapped_column(String(66))
    answer: Mapped[str] = mapped_column(Text)
    at: Mapped[int]


def is_answered(session: Session, account: str, kind: str, key: str) -> bool:
    """Whether a request was answered before."""
    return session.get(RequestRow, (account, kind, key)) is not None


def once(
    session: Session, account: str, kind: str, key: str, body: Any, now: int, effect: Callable[[], Any]
) -> Any:
    """The stored answer of the same request, or what `effect` answers, stored with it.

    `body` is the request as JSON-like values. Raises Conflict when the key was used with another body.
    """
    digest = "0x" + keccak(json.dumps(body, sort_keys=True).encode()).hex()
    row = session.get(RequestRow, (account, kind, key))
    if row is not None:
        if row.body_hash != digest:
            raise Conflict("The same request key came before with another content.")
        return json.loads(row.answer)
    answer = effect()
    session.add(
        RequestRow(account=account, kind=kind, key=key, body_hash=digest, answer=json.dumps(answer), at=now)
    )
    return answer


def keyed(
    session: Session,
    account: str,
    kind: str,
    key: str | None,
    body: Any,
    now: int,
    effect: Callable[[], dict[str, Any]],
) -> dict[str, Any]:
    """What `effect` answers, once for each of the newest `Idempotency-Key`s; as often as asked without one.

    Raises Conflict.
    """
    if key is None:
        return effect()
    found = dict(once(session, account, kind, f"{_HEADER}{key}", body, now, effect))
    mine = (RequestRow.account == account, RequestRow.kind == kind, RequestRow.key.startswith(_HEADER))
    session.flush()
    newest = select(RequestRow.key).where(*mine).order_by(RequestRow.at.desc(), RequestRow.key)
    over = session.scalars(newest.offset(KEPT).limit(KEPT)).all()
    if over:
        session.execute(
            delete(RequestRow).where(*mine, RequestRow.key.in_(over), RequestRow.key != _HEADER + key)
        )
    return found
