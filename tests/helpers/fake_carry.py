# SPDX-License-Identifier: Apache-2.0
"""A fake of the carry service: five tasks wait, a reply brings them home."""

from __future__ import annotations

from dataclasses import replace

from gems_desktop.services.facts_carry import CarryFacts, CarryResult
from tests.helpers.fake_work import Part
from tests.helpers.sample_facts import NOW


class FakeCarry(Part):
    """Change `state` and `result`."""

    state = CarryFacts(5, 2, 1, 0, 0, NOW + 7_200, NOW + 90 * 86_400, 0)
    result = CarryResult(8, (), 3, False, 0, False)

    async def facts(self) -> CarryFacts:
        self.asked("carry.facts")
        return self.state

    async def write(self, path: str) -> CarryFacts:
        self.asked("carry.write", path)
        self.state = replace(self.state, waiting=self.state.waiting + 1)
        return replace(self.state, size=8_192)

    async def read_reply(self, path: str) -> CarryResult:
        self.asked("carry.read_reply", path)
        return self.result

    async def send(self, path: str, reply: str) -> int:
        self.asked("carry.send", path, reply)
        return 4_096
