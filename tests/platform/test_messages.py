# SPDX-License-Identifier: Apache-2.0
"""Messages about a task: who may write and read, for how long, how much, and what stays hidden."""

from __future__ import annotations

import json
import secrets
import unicodedata
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from gems_platform.settings import DAY
from tests.helpers.hostile import hostile_strings
from tests.platform.api import Person, Refused
from tests.platform.conftest import HandClock
from tests.platform.world import World, world


def says(text: str, request: str = "") -> dict[str, Any]:
    return {"request_id": request or "0x" + secrets.token_hex(32), "text": text}


async def refused(who: Person, method: str, path: str, body: Any = None) -> str:
    with pytest.raises(Refused) as found:
        await who.ask(method, path, body)
    return str(found.value.code)


async def news(who: Person) -> list[dict[str, Any]]:
    found = await who.get("/v1/events?after=0")
    return [event for event in found["events"] if event["kind"] == "message"]


@pytest.fixture
async def live(tmp_path: Path, clock: HandClock) -> AsyncIterator[World]:
    async with world(tmp_path, clock) as running:
        yield running


async def given(live: World, name: str, campaign: str) -> tuple[Person, int]:
    """Somebody who handed in one task of a campaign, and the task's number."""
    who = await live.person(name)
    await who.post("/v1/channel", {})
    (one,) = await live.work(who, campaign, 1)
    return who, one.index


async def test_each_role_has_its_own_view(live: World) -> None:
    campaign = await live.campaign(3)
    anna, index = await given(live, "anna", campaign)
    bea, other = await given(live, "bea", campaign)
    verifier = await live.person("verifier 0")
    await verifier.post("/v1/channel", {})
    await live.review(verifier, 1)
    requester, stranger = await live.person("requester"), await live.person("stranger")
    about = f"/v1/campaigns/{campaign}/tasks/{index}/messages"
    body = says("Which mood is irony?")
    sent = await anna.post(about, body)
    assert (sent["seq"], sent["text"]) == (1, "Which mood is irony?")
    assert await anna.post(about, body) == sent  # the same request, once
    assert await refused(anna, "POST", about, {**body, "text": "Another."}) == "conflict"
    thread = f"/v1/threads/{sent['thread_id']}"

    for who in (bea, verifier, stranger):
        assert await refused(who, "GET", thread) == "not_found"
        assert await refused(who, "POST", thread + "/messages", says("Hello.")) == "not_found"
        assert await refused(who, "POST", thread + "/mute", {"muted": True}) == "not_found"
        assert await refused(who, "POST", about, says("Hello.")) == "not_found"
        assert await refused(who, "GET", f"/v1/campaigns/{campaign}/threads") == "not_found"
        assert (await who.get("/v1/threads"))["threads"] == []
        assert await news(who) == []
    assert await refused(anna, "GET", f"/v1/campaigns/{campaign}/threads") == "not_found"
    assert await refused(requester, "POST", thread + "/mute", {"muted": True}) == "not_found"

    (woken,) = await news(requester)
    assert woken["message"] == {"seq": 1, "at": live.clock.at, "by": "worker", "text": "Which mood is irony?"}
    (listed,) = (await requester.get(f"/v1/campaigns/{campaign}/threads"))["threads"]
    shown = await requester.get(thread)
    assert listed["worker"] == shown["worker"] == woken["worker"] != ""
    assert anna.address[2:] not in json.dumps([woken, listed, shown])  # under another name
    assert anna.address[2:] in json.dumps(await anna.get("/v1/channel"))  # the control

    await requester.post(thread + "/messages", says("Good."))
    assert [one["by"] for one in (await anna.get(thread))["messages"]] == ["worker", "requester"]
    assert [event["message"]["text"] for event in await news(anna)] == ["Good."]
    assert (await anna.get(thread + "?after=1"))["messages"][0]["text"] == "Good."
    # the requester may write first too, to whoever has the task
    first = await requester.post(
        f"/v1/campaigns/{campaign}/tasks/{other}/messages", says("Please look again.")
    )
    assert (await bea.get("/v1/threads"))["threads"][0]["thread_id"] == first["thread_id"]
    unleased = ({0, 1, 2} - {index, other}).pop()
    path = f"/v1/campaigns/{campaign}/tasks/{unleased}/messages"
    assert await refused(requester, "POST", path, says("Anybody?")) == "not_found"


async def test_a_name_for_each_campaign_and_none_that_can_be_reckoned(live: World) -> None:
    names = set()
    anna, requester = await live.person("anna"), await live.person("requester")
    for _ in range(2):
        campaign = await live.campaign(2)
        await anna.post("/v1/channel", {})
        for one in await live.work(anna, campaign, 2):
            await anna.post(f"/v1/campaigns/{campaign}/tasks/{one.index}/messages", says("Hello."))
        found = (await requester.get(f"/v1/campaigns/{campaign}/threads"))["threads"]
        assert len(found) == 2
        names |= {thread["worker"] for thread in found}
    assert len(names) == 2


async def test_a_muted_thread_wakes_nobody_and_can_be_read(live: World) -> None:
    campaign = await live.campaign(1)
    anna, index = await given(live, "anna", campaign)
    requester = await live.person("requester")
    sent = await requester.post(f"/v1/campaigns/{campaign}/tasks/{index}/messages", says("One."))
    thread = f"/v1/threads/{sent['thread_id']}"
    assert (await anna.post(thread + "/mute", {"muted": True}))["muted"] is True
    await requester.post(thread + "/messages", says("Two."))
    assert [event["message"]["text"] for event in await news(anna)] == ["One."]
    assert [one["text"] for one in (await anna.get(thread))["messages"]] == ["One.", "Two."]
    assert "muted" not in await requester.get(thread)
    await anna.post(thread + "/mute", {"muted": False})
    await requester.post(thread + "/messages", says("Three."))
    assert [event["message"]["text"] for event in await news(anna)] == ["One.", "Three."]


async def test_limits_for_each_thread_and_each_account(tmp_path: Path, clock: HandClock) -> None:
    async with world(tmp_path, clock, message_thread_limit=3, message_account_limit=4) as live:
        campaign = await live.campaign(2)
        anna = await live.person("anna")
        await anna.post("/v1/channel", {})
        one, two = await live.work(anna, campaign, 2)
        about = [f"/v1/campaigns/{campaign}/tasks/{each.index}/messages" for each in (one, two)]
        for number in range(3):
            sent = await anna.post(about[0], says(f"No. {number}"))
        assert await refused(anna, "POST", about[0], says("No. 3")) == "too_many_requests"
        await anna.post(about[1], says("Elsewhere."))
        assert await refused(anna, "POST", about[1], says("Again.")) == "too_many_requests"
        requester = await live.person("requester")
        await requester.post(f"/v1/threads/{sent['thread_id']}/messages", says("An own measure."))
        clock.at += 3_600
        anna = await live.person("anna")
        await anna.post(about[0], says("An hour later."))


async def test_a_thread_closes_some_days_after_the_task_is_over(live: World, clock: HandClock) -> None:
    campaign = await live.campaign(1)
    anna, index = await given(live, "anna", campaign)
    about = f"/v1/campaigns/{campaign}/tasks/{index}/messages"
    thread = "/v1/threads/" + (await anna.post(about, says("Before the verdict.")))["thread_id"]
    assert (await anna.get(thread))["closes_at"] is None
    for number in (0, 1):
        verifier = await live.person(f"verifier {number}")
        await verifier.post("/v1/channel", {})
        await live.review(verifier, 1)
    await live.tick()
    anna = await live.person("anna")
    ends = (await anna.get(thread))["closes_at"]
    assert ends == clock.at + live.settings.message_days * DAY
    clock.at = ends - 1
    anna = await live.person("anna")
    await anna.post(about, says("Just in time."))
    clock.at = ends
    assert await refused(anna, "POST", about, says("Too late.")) == "late"
    assert await refused(await live.person("requester"), "POST", thread + "/messages", says("Too.")) == "late"
    assert (await anna.get(thread))["open"] is False


async def test_hostile_texts_come_out_as_plain_text(tmp_path: Path, clock: HandClock) -> None:
    async with world(tmp_path, clock, message_thread_limit=400, message_account_limit=400) as live:
        campaign = await live.campaign(1)
        anna, index = await given(live, "anna", campaign)
        about = f"/v1/campaigns/{campaign}/tasks/{index}/messages"
        for text in hostile_strings()[:90]:
            try:
                said = (await anna.post(about, says(text)))["text"]
            except Refused as error:
                assert error.code == "malformed" and (
                    not text.strip() or len(text) > 1_000 or not said_of(text)
                )
                continue
            assert 0 < len(said) <= 1_000 and said == unicodedata.normalize("NFC", said)
            assert not any(unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t" for char in said)
            assert not set(said) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
        assert await refused(anna, "POST", about, says("x" * 1_001)) == "malformed"
        assert await refused(anna, "POST", about, says(" \n ")) == "malformed"


def said_of(text: str) -> str:
    from gems_protocol.text import clean

    return clean(text, max_length=1_000).strip()


async def test_pages_by_key_hold_each_thread_once(live: World, clock: HandClock) -> None:
    campaign = await live.campaign(5)
    anna = await live.person("anna")
    await anna.post("/v1/channel", {})
    for one in await live.work(anna, campaign, 5):
        await anna.post(f"/v1/campaigns/{campaign}/tasks/{one.index}/messages", says("Hello."))
    seen: list[str] = []
    after: str | None = ""
    while after is not None:
        page = await anna.get(f"/v1/threads?limit=2&after={after}")
        seen += [thread["thread_id"] for thread in page["threads"]]
        after = page["next"]
    assert len(seen) == len(set(seen)) == 5
