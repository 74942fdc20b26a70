# SPDX-License-Identifier: Apache-2.0
"""For which campaign the running request is: what the data meter counts it for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

_FOR: ContextVar[str] = ContextVar("traffic_for", default="")


@dataclass(frozen=True, slots=True)
class Traffic:
    """Bytes both ways for one campaign ("": for none)."""

    campaign_id: str
    received: int
    sent: int


@contextmanager
def traffic_for(campaign_id: str) -> Iterator[None]:
    """What this task of the loop asks of the network meanwhile counts for the campaign."""
    before = _FOR.set(campaign_id)
    try:
        yield
    finally:
        _FOR.reset(before)


def whose_traffic() -> str:
    """The campaign that the running request is for, or ""."""
    return _FOR.get()
