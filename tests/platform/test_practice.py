# SPDX-License-Identifier: Apache-2.0
"""Practice: asked for before the first task, right or wrong with a hint, never the answer, three tries a day."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gems_platform.settings import DAY
from tests.platform.api import Person, Refused
from tests.platform.conftest import HandClock
from tests.platform.drafts import draft
from tests.platform.world import BAD, GOOD, world

HINT = "Look at the last word."
SET = [
    {"data": {"text": "A fine day."}, "answer": GOOD, "hint": "What does fine mean?"},
    {"data": {"text": "What a mess."}, "answer": BAD, "hint": HINT},
    {"data": {"text": "Well done."}, "answer": GOOD, "hint": ""},
]
PARAMS = {"practice_ppm": 666_666}


def tried(*answers: Any) -> dict[str, Any]:
    return {"answers": [{"place": place, "answer": answer} for place, answer in enumerate(answers)]}


async def test_feedback_says_right_or_wrong_and_the_hint_but_never_the_answer(
    person: Callable[[str], Person], clock: HandClock
) -> None:
    requester, anna = await person("requester").sign_in(), await person("anna").sign_in()
    campaign = await draft(requester, clock, [{"text": "One."}], practice=SET, params=PARAMS)
    path = f"/v1/campaigns/{campaign}/practice"
    shown = await anna.get(path)
    assert shown["share_ppm"] == 666_666 and shown["passed"] is False
    assert shown["tasks"] == [
        {"place": place, "data": item["data"], "media": []} for place, item in enumerate(SET)
    ]
    found = await anna.post(path, tried(BAD, GOOD, GOOD))
    assert (found["right"], found["of"], found["passed"]) == (1, 3, False)
    assert found["items"] == [
        {"place": 0, "right": False, "hint": "What does fine mean?"},
        {"place": 1, "right": False, "hint": HINT},
        {"place": 2, "right": True, "hint": ""},
    ]
    found = await anna.post(path, tried(GOOD, GOOD, GOOD))
    assert (found["right"], found["passed"]) == (2, True)
    assert (await anna.get(path))["passed"] is True
    with pytest.raises(Refused) as refused:
        await anna.post(path, tried(GOOD, BAD, GOOD))
    assert refused.value.code == "conflict"


async def test_three_tries_a_day_and_the_whole_set_each_time(
    person: Callable[[str], Person], clock: HandClock
) -> None:
    requester, anna = await person("requester").sign_in(), await person("anna").sign_in()
    campaign = await draft(requester, clock, [{"text": "One."}], practice=SET, params=PARAMS)
    path = f"/v1/campaigns/{campaign}/practice"
    for bad in (tried(GOOD, BAD), {"answers": [{"place": 0, "answer": GOOD}] * 3}, tried(GOOD, BAD, [])):
        with pytest.raises(Refused) as refused:
            await anna.post(path, bad)
        assert refused.value.code == "malformed"
    for _ in range(3):
        await anna.post(path, tried(BAD, GOOD, BAD))
    with pytest.raises(Refused) as refused:
        await anna.post(path, tried(GOOD, BAD, GOOD))
    assert refused.value.code == "late" and "tomorrow" in refused.value.error["action"]
    ben = await person("ben").sign_in()
    assert (await ben.post(path, tried(GOOD, BAD, GOOD)))["passed"] is True
    clock.at += DAY
    await anna.sign_in()
    assert (await anna.post(path, tried(GOOD, BAD, GOOD)))["passed"] is True


@pytest.mark.parametrize(
    ("practice", "message"),
    [
        (None, "no practice set"),
        ([{**SET[0], "answer": []}], "Nothing is answered"),
        ([{**SET[0], "data": {"other": "x"}}], "text"),
        ([{"data": {"text": "x"}, "answer": GOOD}], "fields"),
        ([{**SET[0], "hint": "x" * 1001}], "hint"),
    ],
)
async def test_a_practice_set_that_cannot_be_done_is_refused(
    person: Callable[[str], Person], clock: HandClock, practice: Any, message: str
) -> None:
    requester = await person("requester").sign_in()
    with pytest.raises(Refused) as refused:
        await draft(requester, clock, [{"text": "One."}], practice=practice, params=PARAMS)
    assert refused.value.code == "malformed" and message in refused.value.error["message"]


async def test_without_a_set_there_is_none(person: Callable[[str], Person], clock: HandClock) -> None:
    requester = await person("requester").sign_in()
    campaign = await draft(requester, clock, [{"text": "One."}])
    for ask in (
        requester.get(f"/v1/campaigns/{campaign}/practice"),
        requester.post(f"/v1/campaigns/{campaign}/practice", tried(GOOD)),
    ):
        with pytest.raises(Refused) as refused:
            await ask
        assert refused.value.code == "not_found"


async def test_no_task_before_practice_is_passed(tmp_path: Path, clock: HandClock) -> None:
    async with world(tmp_path, clock) as live:
        campaign = await live.campaign(2, params=PARAMS, extra={"practice": SET})
        anna = await live.person("anna")
        await anna.post("/v1/channel", {})
        with pytest.raises(Refused) as refused:
            await live.lease(anna, campaign, 1)
        assert (refused.value.status, refused.value.code) == (403, "not_allowed")
        assert "asks for practice first" in refused.value.error["message"]
        await anna.post(f"/v1/campaigns/{campaign}/practice", tried(GOOD, BAD, GOOD))
        assert len((await live.lease(anna, campaign, 2))["items"]) == 2
