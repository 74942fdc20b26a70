# SPDX-License-Identifier: Apache-2.0
"""`gems campaign messages`: what workers write about a campaign's tasks, and the requester's answers."""

from __future__ import annotations

import argparse
import json
import secrets
import sys
from typing import TYPE_CHECKING, Any

from gems_desktop.commands import arguments
from gems_desktop.commands.as_requester import add_part
from gems_desktop.commands.moment import utc
from gems_protocol.errors import GemsError
from gems_protocol.text import clean

if TYPE_CHECKING:
    from gems_platform.client.requesting.requester import Requester

LONGEST = 1_000  # characters, as the platform takes them
PAGE = 100


class NotAMessage(GemsError):
    """What was to be sent is none."""


def add_parser(parts: Any) -> None:
    """Add the command."""
    found = add_part(parts, "messages", "read what workers write about its tasks, and answer", show_messages)
    way = found.add_mutually_exclusive_group()
    way.add_argument("--reply", nargs=2, metavar=("THREAD", "TEXT"), help="write in a thread")
    way.add_argument("--about", nargs=2, metavar=("INDEX", "TEXT"), help="write to whoever has or had a task")
    found.add_argument("--json", action="store_true", help="one JSON object for each thread")
    found.add_argument(
        "--again",
        type=arguments.campaign_id,
        metavar="ID",
        help="with --reply or --about: the id of an earlier try, so that it is sent once",
    )


async def show_messages(options: argparse.Namespace, requester: Requester) -> int:
    """Send what is to be sent; without that, print every thread, those with the oldest news first."""
    if options.reply or options.about:
        return await _send(options, requester)
    count, after = 0, ""
    while True:
        path = f"/v1/campaigns/{options.campaign_id}/threads?limit={PAGE}&after={after}"
        page = await requester.platform.get(path)
        for thread in page["threads"]:
            _print(thread, await _messages(requester, thread["thread_id"]), as_json=options.json)
            count += 1
        after = page["next"] or ""
        if not after:
            break
    if not count:
        print("Nobody has written yet.", file=sys.stderr)
    return 0


async def _send(options: argparse.Namespace, requester: Requester) -> int:
    where, text = options.reply or options.about
    said = clean(text, max_length=LONGEST).strip()
    if not said or len(text) > LONGEST:
        raise NotAMessage(f"A message has 1 to {LONGEST} characters.", safe="Nothing was sent.")
    try:
        path = (
            f"/v1/threads/{arguments.campaign_id(where)}/messages"
            if options.reply
            else f"/v1/campaigns/{options.campaign_id}/tasks/{arguments.index(where)}/messages"
        )
    except argparse.ArgumentTypeError as error:
        raise NotAMessage("There is no such thread or task.", safe="Nothing was sent.") from error
    name = options.again or "0x" + secrets.token_hex(32)
    print(f"Sending {name}", file=sys.stderr)
    sent = await requester.platform.post(path, {"request_id": name, "text": said})
    print(sent["thread_id"])
    return 0


async def _messages(requester: Requester, thread_id: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while True:
        after = found[-1]["seq"] if found else 0
        page = await requester.platform.get(f"/v1/threads/{thread_id}?after={after}&limit={PAGE}")
        found += page["messages"]
        if len(page["messages"]) < PAGE:
            return found


def _print(thread: dict[str, Any], messages: list[dict[str, Any]], *, as_json: bool) -> None:
    """A thread for reading, its words made safe for a terminal, or as JSON."""
    if as_json:
        print(json.dumps({**thread, "messages": messages}))
        return
    state = "open" if thread["open"] else "closed"
    print(f"{thread['thread_id']}  task {thread['index']}, {clean(str(thread['worker']))} ({state})")
    for message in messages:
        who = "you" if message["by"] == "requester" else "worker"
        said = clean(str(message["text"]), max_length=LONGEST).replace("\n", "\n    ")
        print(f"  {utc(message['at'])}  {who}: {said}")
