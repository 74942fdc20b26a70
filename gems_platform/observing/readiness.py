# SPDX-License-Identifier: Apache-2.0
"""Whether this process should be given requests, part by part.

Only what this process cannot serve without makes it unready. A chain that is down is no such thing: work is leased,
answered and judged without it, and taking every process out of the proxy would turn a pause into an outage.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Part = Literal["ok", "degraded", "failed"]
LEAST_DISK = 32_000_000  # bytes below which the store itself may soon refuse


@dataclass(frozen=True)
class Seen:
    """What was looked at. version: the tables', None when the store does not answer; idle_s: see Metrics."""

    version: str | None
    wanted: str
    chain_answers: bool
    disk_free: int
    disk_reserve: int
    runs_duties: bool
    up_s: float
    idle_s: float | None
    late_s: int
    limit_s: float


def parts(seen: Seen) -> dict[str, Part]:
    """Each part's state."""
    return {
        "store": "failed" if seen.version is None else "ok",
        "migrations": "ok" if seen.version == seen.wanted else "failed",
        "chain": "ok" if seen.chain_answers else "degraded",
        "disk": _disk(seen),
        "duties": _duties(seen),
    }


def is_ready(found: dict[str, Part]) -> bool:
    """Whether none failed."""
    return "failed" not in found.values()


def _disk(seen: Seen) -> Part:
    if seen.disk_free < LEAST_DISK:
        return "failed"
    return "degraded" if seen.disk_free < seen.disk_reserve else "ok"


def _duties(seen: Seen) -> Part:
    """Failed: this process alone does the duties, and they stand still. Degraded: something due waits anywhere."""
    idle = seen.up_s if seen.idle_s is None else seen.idle_s
    if seen.runs_duties and idle > seen.limit_s:
        return "failed"
    return "degraded" if seen.late_s > seen.limit_s else "ok"
