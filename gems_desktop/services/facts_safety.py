# SPDX-License-Identifier: Apache-2.0
"""What the wallet allows without asking, and to whom it may pay: frozen facts of the signer's own policy."""

from __future__ import annotations

from dataclasses import dataclass

from gems_protocol.amount import Amount


@dataclass(frozen=True, slots=True)
class BookEntry:
    """An address that money may go to; `usable_at` is when it needs no question any more (Unix seconds)."""

    name: str
    address: str
    added_at: int
    usable_at: int


@dataclass(frozen=True, slots=True)
class SafetyFacts:
    """The limits of this wallet.

    daily_limit: what may leave in a UTC day without a question (stakes put up, relayer fees, GEM sent).
    spent_today: how much of it is used. delay_s: how long a new address of the book waits.
    distrusted: the file of the limits was damaged, edited or older than the wallet and begins anew.
    """

    daily_limit: Amount
    spent_today: Amount
    book: tuple[BookEntry, ...]
    delay_s: int
    auto_lock_minutes: int
    distrusted: bool = False
    now: int = 0  # the signer's clock when this was told
