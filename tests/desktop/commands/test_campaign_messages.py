# SPDX-License-Identifier: Apache-2.0
"""`gems campaign messages` as a requester types it: threads read, answered, and shown without what hides in them."""

from __future__ import annotations

import json
from pathlib import Path

from tests.desktop.commands.test_campaign_commands import Typed
from tests.desktop.commands.test_campaign_commands import typed as typed
from tests.platform.clients import network_file
from tests.platform.conftest import HandClock
from tests.platform.conftest import clock as clock
from tests.platform.test_messages import given, news, says
from tests.platform.world import world


async def test_read_answered_and_begun(tmp_path: Path, clock: HandClock, typed: Typed) -> None:
    async with world(tmp_path, clock) as live:
        network, key = network_file(live, tmp_path)
        who = ("--network", network, "--key-file", key)
        campaign = await live.campaign(2)
        out, err = await typed("messages", campaign, *who)
        assert out == "" and "Nobody has written yet." in err
        anna, index = await given(live, "anna", campaign)
        about = f"/v1/campaigns/{campaign}/tasks/{index}/messages"
        thread = (await anna.post(about, says("Red \x1b[31mor \u202egreen?\nBoth fit.")))["thread_id"]
        out, _ = await typed("messages", campaign, *who)
        assert (
            out.startswith(f"{thread}  task {index}, w-")
            and "worker: Red \ufffd[31mor \ufffdgreen?\n    Both" in out
        )
        assert "\x1b" not in out and "\u202e" not in out and anna.address[2:] not in out

        name = "0x" + "5e" * 32
        for _ in range(2):  # the same again is one message
            sent, err = await typed("messages", campaign, *who, "--reply", thread, "Green.", "--again", name)
            assert sent.strip() == thread and name in err
        assert [event["message"]["text"] for event in await news(anna)] == ["Green."]
        await typed("messages", campaign, *who, "--about", str(index), "And the next one too.")
        out, _ = await typed("messages", campaign, *who, "--json")
        (shown,) = [json.loads(line) for line in out.splitlines()]
        assert [one["by"] for one in shown["messages"]] == ["worker", "requester", "requester"]

        for words in (
            ("--reply", "x", "y"),
            ("--reply", thread, " "),
            ("--about", "-1", "y"),
            ("--about", str(1 - index), "y"),  # the task that anna was not given
        ):
            out, err = await typed("messages", campaign, *who, *words, status=2)
            assert out == "" and err
        assert len(await news(anna)) == 2
