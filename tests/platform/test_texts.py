# SPDX-License-Identifier: Apache-2.0
"""Texts that one store takes and another does not: each is refused at the door, before anything hangs on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gems_platform.campaigns.service import NAME_LENGTH
from tests.platform.acts import newcomer, states
from tests.platform.api import Refused
from tests.platform.conftest import HandClock
from tests.platform.world import world

SIGNATURE = "0x" + "00" * 65


async def test_the_longest_family_is_paid_and_a_longer_one_never_begins(
    tmp_path: Path, clock: HandClock
) -> None:
    """Outcomes hold a family in a column of so many characters: no task of a longer one could ever be paid."""
    async with world(tmp_path, clock) as live:
        anna = await newcomer(live)
        for family in ("f" * (NAME_LENGTH + 1), "text\x00", "two\nlines", "\u202etfel"):
            with pytest.raises(Refused, match="malformed"):
                await live.campaign(1, family=family)
        campaign = await live.campaign(1, family="é" * NAME_LENGTH)
        await live.work(anna, campaign, 1)
        for number in range(2):
            await live.review(await live.person(f"verifier {number}"), 1)
        await live.tick()
        assert [row["state"] for row in await states(live, campaign)] == ["paid"]


@pytest.mark.parametrize("word", ["Why?", "Why\x00?"])
async def test_no_text_has_a_zero_character(person: Any, word: str) -> None:
    """PostgreSQL stores none: it was an error of ours. With the same words without it another refusal comes."""
    anna = await person("anna").sign_in()
    signed = {"message": {}, "signature": SIGNATURE}
    batch = {"batch": signed, "items": [{"vote": {}, "reason": "other", "note": word}]}
    for path, body, where in (
        ("/v1/trust/appeal", {"reason": word}, "body.reason"),
        ("/v1/appeals", {"appeal": signed, "reason": word}, "body.reason"),
        ("/v1/votes", batch, "body.NewVotes.items.0.note"),
    ):
        with pytest.raises(Refused) as refused:
            await anna.post(path, body)
        assert (f"not valid at {where}" in str(refused.value)) is ("\x00" in word), (path, refused.value)
