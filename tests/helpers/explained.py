# SPDX-License-Identifier: Apache-2.0
"""Every movement of a profile explained, each part by part to the last unit."""

from __future__ import annotations

from gems_desktop.services.facts_why import WhyFacts
from gems_desktop.services.live import LiveSession
from gems_protocol.amount import total


async def explained(session: LiveSession) -> list[WhyFacts]:
    """The explanations of all movements; fails unless each adds up to its line with nothing left over."""
    found = [await session.why.why(line) for line in await session.earnings.ledger()]
    for one in found:
        assert total([part.amount for part in one.parts]) == one.line.amount, one.line
        assert "rest" not in [part.what for part in one.parts], one
        assert one.check and one.line.ref, one.line
    return found
