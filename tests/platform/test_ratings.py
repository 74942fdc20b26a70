# SPDX-License-Identifier: Apache-2.0
"""Ratings: one for each worker and campaign, from who did work there, with count and bound."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gems_protocol.trust.wilson import wilson
from tests.platform.api import Refused
from tests.platform.conftest import HandClock
from tests.platform.world import world

MARKS = {"pay": 5, "clarity": 4, "speed": 2, "fairness": 3}


async def test_only_who_worked_there_rates_and_may_think_again(tmp_path: Path, clock: HandClock) -> None:
    async with world(tmp_path, clock) as live:
        campaign, other = await live.campaign(1), await live.campaign(1)
        path = f"/v1/campaigns/{campaign}/ratings"
        anna, ben = await live.person("anna"), await live.person("verifier 0")
        requester = await live.person("requester")
        await anna.post("/v1/channel", {})
        await live.work(anna, campaign, 1)
        for who in (anna, ben, requester, await live.person("nobody")):
            with pytest.raises(Refused) as refused:
                await who.post(path, MARKS)
            assert (refused.value.status, refused.value.code) == (403, "not_allowed")
        for number in (0, 1):
            verifier = await live.person(f"verifier {number}")
            await verifier.post("/v1/channel", {})
            await live.review(verifier, 1)
        anna, ben = await live.person("anna"), await live.person("verifier 0")
        assert (await anna.post(path, MARKS))["mine"] == MARKS
        await ben.post(path, {**MARKS, "pay": 1})  # whoever was paid for reviewing may rate too
        found = (await anna.post(path, {**MARKS, "speed": 4}))["ratings"]
        assert found["pay"] == {"count": 2, "good": 1, "lower": wilson(1, 2)[0], "median": 1}
        assert found["speed"] == {"count": 2, "good": 1, "lower": wilson(1, 2)[0], "median": 2}
        assert (await requester.get(path))["mine"] is None
        with pytest.raises(Refused):
            await anna.post(f"/v1/campaigns/{other}/ratings", MARKS)
        report = await anna.get(f"/v1/requesters/{requester.address}/report")
        assert report["ratings"] == found


@pytest.mark.parametrize("changes", [{"pay": 0}, {"speed": 6}, {"clarity": "5"}, {"more": 1}])
async def test_a_mark_is_from_one_to_five(tmp_path: Path, clock: HandClock, changes: dict[str, Any]) -> None:
    async with world(tmp_path, clock) as live:
        campaign, anna = await live.campaign(1), await live.person("anna")
        with pytest.raises(Refused) as refused:
            await anna.post(f"/v1/campaigns/{campaign}/ratings", {**MARKS, **changes})
        assert refused.value.code == "malformed"
