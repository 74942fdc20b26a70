# SPDX-License-Identifier: Apache-2.0
"""A fake of the cases' service: a silent platform, whose case can be brought now."""

from __future__ import annotations

from dataclasses import replace

from gems_desktop.services.facts_case import CaseFacts
from gems_protocol.amount import Amount
from tests.helpers.fake_work import Part
from tests.helpers.sample_facts import NOW


class FakeCases(Part):
    """Change `state`."""

    state = CaseFacts("", "silent", NOW - 60, Amount.gem("0.50"), 0, 259_200, 0, "BRING", 0)

    async def facts(self, item_id: str) -> CaseFacts:
        self.asked("cases.facts", item_id)
        return replace(self.state, item_id=item_id)

    async def write(self, item_id: str, path: str) -> None:
        self.asked("cases.write", item_id, path)
        self.state = replace(self.state, saved_at=NOW)
