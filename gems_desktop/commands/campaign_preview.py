# SPDX-License-Identifier: Apache-2.0
"""`gems campaign preview`: the first tasks as workers will see them, what they pay and cost, before any money."""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from pathlib import Path
from statistics import median_low
from typing import TYPE_CHECKING, Any

from gems_desktop.commands import arguments, campaign_files
from gems_protocol.errors import GemsError

if TYPE_CHECKING:
    from gems_platform.client.floors import Floor
    from gems_platform.client.requesting.draft import Draft

_TASKS = 3


class CannotShow(GemsError):
    """A task cannot be drawn."""


def add_parser(parts: Any) -> None:
    """Add the command."""
    preview = parts.add_parser(
        "preview", help="the first tasks as workers see them, their pay and cost; nothing is sent"
    )
    campaign_files.add_files(preview)
    preview.add_argument(
        "--show", type=arguments.count, default=_TASKS, metavar="N", help=f"how many tasks (default {_TASKS})"
    )
    preview.add_argument(
        "--png", type=Path, metavar="FOLDER", help="also draw them, with the engine of the window"
    )
    preview.add_argument(
        "--trial",
        action="store_true",
        help="do these tasks in your head and press Enter after each: the pay for an hour is told from your time",
    )
    preview.add_argument(
        "--network", type=Path, metavar="FILE", help="network.json, for a floor in a currency"
    )
    preview.set_defaults(handler=show_preview)


def show_preview(options: argparse.Namespace) -> int:
    """Print the tasks, and on standard error what they pay and cost; draw them where asked for."""
    from gems_platform.client.requesting.preview import preview

    draft = campaign_files.read_files(options)
    floor = asyncio.run(_floor(options))
    seconds = options.seconds_per_task
    took = _show_tasks(draft, options.show, trial=options.trial)
    if took:
        seconds = max(1, round(median_low(took)))
        print(f"You took {seconds} s for a task (the median of {len(took)}).", file=sys.stderr)
    if options.png is not None:
        _draw(draft, options.png, options.show)
    campaign_files.tell_cost(draft, preview(draft, floor, seconds))
    return 0


async def _floor(options: argparse.Namespace) -> Floor:
    if options.network is None:
        return await campaign_files.floor_in(options, None)
    from gems_platform.client.http import PlatformLine
    from gems_platform.client.network import read_network

    line = PlatformLine(read_network(options.network), None)
    try:
        return await campaign_files.floor_in(options, line)
    finally:
        await line.close()


def _show_tasks(draft: Draft, count: int, *, trial: bool) -> list[float]:
    """Print the first tasks; in a trial the seconds that each took somebody at the terminal."""
    from gems_platform.client.requesting.shown import lines_of
    from gems_protocol import modules

    module = modules.parse(draft.manifest.module.config)
    print(draft.manifest.title)
    for text in (draft.manifest.description, draft.manifest.instructions, draft.manifest.content_warning):
        if text:
            print(text)
    took: list[float] = []
    for number, task in enumerate(draft.tasks[:count], 1):
        print(f"\nTask {number} of {len(draft.tasks)} ({task.source})")
        print("\n".join(f"  {line}" for line in lines_of(module, task.data, draft.names)), flush=True)
        if trial:
            began = time.monotonic()
            if not sys.stdin.readline():
                break
            took.append(time.monotonic() - began)
    print()
    return took


def _draw(draft: Draft, folder: Path, count: int) -> None:
    """Write task-1.png and so on; raises CannotShow."""
    from gems_desktop.commands.module_render import Job, NotRendered, render
    from gems_protocol import modules

    module = modules.parse(draft.manifest.module.config)
    for number, task in enumerate(draft.tasks[:count], 1):
        path = folder / f"task-{number}.png"
        bound = modules.bind(module, task.data)
        answer = modules.start(bound, task.data)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            render(Job(module, task.data, draft.media, path, (1366, 768), answer=answer))
        except (NotRendered, OSError) as error:
            raise CannotShow(
                f"Task {number} cannot be drawn: {error}",
                safe="Nothing was sent and nothing was paid.",
                action="Look at gems module render, or leave --png away.",
            ) from error
        print(f"{path}", file=sys.stderr)
