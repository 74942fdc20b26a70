# SPDX-License-Identifier: Apache-2.0
"""`gems campaign watch` and `rate`: a campaign's progress while it runs, and how its workers rate it."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import textwrap
from typing import TYPE_CHECKING, Any

from gems_desktop.commands import arguments, campaign_files
from gems_desktop.commands.as_requester import add_part

if TYPE_CHECKING:
    from gems_platform.client.campaign import Rating
    from gems_platform.client.requesting.requester import Requester

_EVERY_S = 10
_ABOVE = "\x1b[{}A\x1b[J"  # up some lines, and clear what is below


def add_parsers(parts: Any) -> None:
    """Add both commands."""
    watch = add_part(parts, "watch", "live progress: tasks, pay, disagreement, rejections", watch_campaign)
    watch.add_argument("--once", action="store_true", help="one look")
    watch.add_argument(
        "--json", action="store_true", help="a line of JSON for each look, amounts in base units"
    )
    watch.add_argument(
        "--every", type=arguments.count, default=_EVERY_S, metavar="S", help=f"seconds (default {_EVERY_S})"
    )
    watch.add_argument(
        "--hourly-floor",
        default=campaign_files.HOURLY_FLOOR,
        metavar="AMOUNT",
        help='warn when the measured pay for an hour is below: GEM, or "10 USD"',
    )
    rate = add_part(parts, "rate", "how workers rate the campaign, with how sure that is", show_ratings)
    rate.add_argument("--json", action="store_true", help="print JSON")


async def watch_campaign(options: argparse.Namespace, requester: Requester) -> int:
    """Until the campaign is over, or once; 1 when the measured pay is below the floor at the end."""
    from gems_desktop.commands.progress_words import as_json, in_words
    from gems_platform.client.campaign import Campaign
    from gems_protocol.reaching import Offline

    campaign = Campaign(requester, options.campaign_id)
    floor = await campaign_files.floor_in(options, requester.platform)
    live = sys.stdout.isatty() and not options.json and not options.once
    low, drawn, away = False, 0, False
    async for found in campaign.watch(float(options.every), patiently=not options.once):
        if isinstance(found, Offline):
            if not away:  # told once, however long it lasts
                print(f"{found.message} It is tried again; nothing is lost.", file=sys.stderr, flush=True)
            away = True
            continue
        if away:
            print("The platform answers again.", file=sys.stderr, flush=True)
            away, drawn = False, 0
        low = found.hourly is not None and found.hourly < floor.amount
        if options.json:
            print(json.dumps(as_json(found, floor)), flush=True)
        else:
            lines = _fitted(in_words(found, floor)) if live else in_words(found, floor)
            before = _ABOVE.format(drawn) if live and drawn else "" if live or not drawn else "\n"
            print(before + "\n".join(lines), flush=True)
            drawn = len(lines)
        if options.once:
            break
    return int(low)


def _fitted(lines: list[str]) -> list[str]:
    """The lines as rows of this terminal: what it broke by itself could not be drawn over."""
    width = max(20, shutil.get_terminal_size().columns - 1)
    return [row for line in lines for row in textwrap.wrap(line, width, subsequent_indent="  ")]


async def show_ratings(options: argparse.Namespace, requester: Requester) -> int:
    """Each aspect with its number of ratings and the bound of the share of good ones."""
    from gems_platform.client.campaign import Campaign

    found = await Campaign(requester, options.campaign_id).ratings()
    if options.json:
        print(json.dumps({name: _json(one) for name, one in found.items()}, indent=1))
        return 0
    if not any(one.count for one in found.values()):
        print("Nobody has rated it yet. Who has judged or paid work in it can.")
        return 0
    for name, one in found.items():
        print(
            f"{name:<10}{one.good} of {one.count} gave 4 or 5 (by the 95 % bound at least {one.lower:.0%} of workers "
            f"would); median {one.median}"
        )
    return 0


def _json(one: Rating) -> dict[str, Any]:
    return {"count": one.count, "good": one.good, "lower": one.lower, "median": one.median}
