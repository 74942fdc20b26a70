# SPDX-License-Identifier: Apache-2.0
"""`gems platform serve` and `worker`: the processes of a platform, until they are stopped."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gems_desktop.commands import platform_settings

if TYPE_CHECKING:
    from gems_platform.settings import Settings


def add_parts(parts: Any) -> None:
    """Add both commands to those of `gems platform`."""
    serve = parts.add_parser("serve", help="serve a platform until stopped")
    serve.add_argument(
        "--settings",
        type=Path,
        required=True,
        help="TOML or JSON with the fields of gems_platform.settings.Settings; a key may be given as "
        '"file:PATH" or "env:NAME" (64 hex digits)',
    )
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=0, help="0 takes a free port")
    serve.add_argument(
        "--work", action="store_true", help="on PostgreSQL: also do what is due, as a worker does"
    )
    serve.set_defaults(handler=run_serve)
    worker = parts.add_parser(
        "worker", help="do what is due, and answer nobody; beside any number of `serve` on one PostgreSQL"
    )
    platform_settings.add_option(worker)
    worker.add_argument(
        "--watch-port", type=int, metavar="N", help="answer /health, /ready, /metrics and /status on loopback"
    )
    worker.set_defaults(handler=run_worker)


def run_serve(options: argparse.Namespace) -> int:
    """0 when it was stopped."""
    settings = _begin(options)
    return asyncio.run(_serve(settings, options.host, options.port, options.work))


def run_worker(options: argparse.Namespace) -> int:
    """0 when it was stopped; raises CannotOperate on SQLite."""
    return asyncio.run(_work(_begin(options), options.watch_port))


def _begin(options: argparse.Namespace) -> Settings:
    from gems_platform.observing import logs

    settings: Settings = platform_settings.settings_of(options)
    logs.set_up(settings, sys.stderr)
    return settings


async def _serve(settings: Settings, host: str, port: int, work: bool) -> int:
    from gems_desktop.commands.platform import bad_settings
    from gems_platform.app import serve
    from gems_platform.operating.workers import alive

    stop = platform_settings.stop_event()
    try:
        server = await serve(settings, host, port, working=work or not settings.store_url)
    except OSError as error:
        raise bad_settings(f"it cannot listen on {host}:{port}") from error
    print(server.url, flush=True)
    try:
        if not work and await asyncio.to_thread(alive, server.app.state.context.db) == 0:
            print(
                "No worker runs: nothing is judged by time, paid or sent to the chain until one does. "
                "Start `gems platform worker`, or serve with --work.",
                file=sys.stderr,
                flush=True,
            )
        await stop.wait()
    finally:
        await server.close()
    return 0


async def _work(settings: Settings, watch_port: int | None) -> int:
    from gems_desktop.commands.platform import bad_settings
    from gems_platform.operating.working import working

    stop = platform_settings.stop_event()
    try:
        async with working(settings, watch_port) as url:
            print(url or "working", flush=True)
            await stop.wait()
    except OSError as error:
        raise bad_settings(f"it cannot listen on port {watch_port}") from error
    return 0
