# SPDX-License-Identifier: Apache-2.0
"""Exactly once: an effect and the answer to the request that caused it are stored in one transaction."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from eth_utils import keccak
from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, Session, mapped_column

from gems_platform.db import Base
from gems_platform.errors import Conflict


class RequestRow(Base):
    """One request that had an effect: who, which kind, its key, the hash of its body, its answer."""

    __tablename__ = "requests"
    account: Mapped[str] = mapped_column(String(42), ForeignKey("accounts.address"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    key: Mapped[str] = mapped_column(String(100), primary_key=True)
    body_hash: Mapped[str] = mapped_column(String(66))
    answer: Mapped[str] = mapped_column(Text)
    at: Mapped[int]


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
