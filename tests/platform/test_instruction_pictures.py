# SPDX-License-Identifier: Apache-2.0
"""Pictures of instructions: uploaded before the campaign, named with every lease and practice set."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest

from tests.platform.api import Person, Refused
from tests.platform.conftest import HandClock
from tests.platform.drafts import draft
from tests.platform.test_practice import PARAMS, SET

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
NAME = hashlib.sha256(PNG).hexdigest()
TEXT = f"Look.\n![A good one](sha256:{NAME})\nDone."


async def test_they_must_be_there_and_come_with_the_practice(
    person: Callable[[str], Person], clock: HandClock
) -> None:
    requester, anna = await person("requester").sign_in(), await person("anna").sign_in()
    with pytest.raises(Refused) as refused:
        await draft(requester, clock, [{"text": "One."}], instructions=TEXT)
    assert refused.value.code == "malformed"
    await requester.ask("PUT", f"/v1/media/{NAME}", raw=PNG)
    campaign = await draft(
        requester, clock, [{"text": "One."}], instructions=TEXT, practice=SET, params=PARAMS
    )
    shown = await anna.get(f"/v1/campaigns/{campaign}/practice")
    assert [task["media"] for task in shown["tasks"]] == [[{"sha256": NAME, "size": len(PNG)}]] * len(SET)
