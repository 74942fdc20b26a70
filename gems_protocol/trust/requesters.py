# SPDX-License-Identifier: Apache-2.0
"""What there is to say about a requester: how often work is rejected, and how often that was overturned.

Shares with their bounds; the report with money and times is `gems_protocol.requester`.
"""

from __future__ import annotations

from gems_protocol.requester import share_fact
from gems_protocol.trust.reasons import Code, Reason

FEW = 5  # decisions below which no share is shown


def explain_requester(decisions: int, rejected: int, overturned: int) -> tuple[Reason, ...]:
    """The reasons, the most telling first; no share from fewer than `FEW`.

    decisions: judged attempts. rejected: first decisions to reject. overturned: those that a later round reversed.
    """
    if decisions == 0:
        return (Reason(Code.NO_DECISIONS),)
    if decisions < FEW:
        return (Reason.of(Code.FEW_DECISIONS, decisions=decisions),)
    said = [
        Reason.of(Code.REJECTS, rejected=rejected, decisions=decisions, **_percents(rejected, decisions)),
    ]
    if rejected >= FEW:
        percents = _percents(overturned, rejected)
        said.append(Reason.of(Code.OVERTURNED, overturned=overturned, rejected=rejected, **percents))
    return tuple(said)


def _percents(part: int, whole: int) -> dict[str, int]:
    found = share_fact(part, whole)
    return {
        "percent": round(100 * part / whole),
        "low": round(100 * found.lower),
        "high": round(100 * found.upper),
    }
