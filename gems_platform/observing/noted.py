# SPDX-License-Identifier: Apache-2.0
"""What the code below notes about the request that it serves, for its line in the log and its metrics.

Outside of a request every note is dropped. A request that is run again (contended) notes the same things again.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Literal

What = Literal["leases", "review_leases", "answers", "votes"]


@dataclass
class Noted:
    """One request: its id, who asks, its route, the code it was refused with, what it brought otherwise."""

    request_id: str
    account: str = ""
    route: str = ""
    code: str = ""
    accepted: dict[What, int] = field(default_factory=dict)


_NOW: ContextVar[Noted | None] = ContextVar("gems_platform_request", default=None)


def begin(request_id: str) -> Noted:
    """The notes of a request that begins in this context."""
    found = Noted(request_id)
    _NOW.set(found)
    return found


def request_id() -> str:
    """The id of the request that runs in this context; "" for none."""
    found = _NOW.get()
    return found.request_id if found is not None else ""


def route(template: str) -> None:
    """The route that serves the request, such as /v1/campaigns/{campaign_id}."""
    found = _NOW.get()
    if found is not None:
        found.route = template


def account(address: str) -> None:
    """Who asks."""
    found = _NOW.get()
    if found is not None:
        found.account = address


def refused(code: str) -> None:
    """The request is answered with this error code."""
    found = _NOW.get()
    if found is not None:
        found.code = code


def accepted(what: What, count: int) -> None:
    """So many were taken; counts once the answer is not an error."""
    found = _NOW.get()
    if found is not None:
        found.accepted[what] = count
