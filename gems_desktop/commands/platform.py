# SPDX-License-Identifier: Apache-2.0
"""`gems platform`: a platform from a settings file, for operators."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import logging
import os
import signal
import sys
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gems_desktop.commands import platform_appeals, platform_close, platform_collateral
from gems_protocol.errors import GemsError

if TYPE_CHECKING:
    from gems_platform.settings import Settings

_KEYS = ("hub_signer_key", "hub_payer_key", "relayer_key")


class BadSettings(GemsError):
    """The operator's settings cannot be used."""


def _bad(what: str) -> BadSettings:
    return BadSettings(
        f"The platform's settings cannot be used: {what}.",
        safe="Nothing was started.",
        action="Mend the settings file; gems_platform/settings.py names every option.",
    )


def add_parser(commands: Any) -> None:
    """Add the command and its parts."""
    parser = commands.add_parser("platform", help="run a platform", description=__doc__)
    parts = parser.add_subparsers(dest="part", required=True, metavar="COMMAND")
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
    serve.set_defaults(handler=run)
    platform_appeals.add_parts(parts)
    platform_close.add_part(parts)
    platform_collateral.add_part(parts)


def run(options: argparse.Namespace) -> int:
    """0 when it was stopped."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    logging.getLogger("gems_platform").setLevel(logging.INFO)
    return asyncio.run(_serve(read_settings(options.settings), options.host, options.port))


async def _serve(settings: Settings, host: str, port: int) -> int:
    from gems_platform.app import serve

    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C raises KeyboardInterrupt
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    try:
        server = await serve(settings, host, port)
    except OSError as error:
        raise _bad(f"it cannot listen on {host}:{port}") from error
    print(server.url, flush=True)
    try:
        await stop.wait()
    finally:
        await server.close()
    return 0


def read_settings(path: Path) -> Settings:
    """The settings in a TOML or JSON file; raises BadSettings naming the field that is wrong."""
    from gems_platform.settings import Settings

    try:
        text = path.read_text("utf-8")
        value: dict[str, Any] = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except OSError as error:
        raise _bad(f"{path.name} cannot be read") from error
    except ValueError as error:
        raise _bad(f"{path.name} is not what its ending says") from error
    known = {field.name: field for field in fields(Settings)}
    for name in value:
        if name not in known:
            raise _bad(f"there is no option {name}")
    for name in _KEYS:
        value[name] = _key(name, value.get(name))
    if not isinstance(value.get("data_dir"), str):
        raise _bad("data_dir is missing")
    value["data_dir"] = path.parent / value["data_dir"]
    for name in ("practice_verifiers", "practice_accounts", "mirrored_hubs", "arbiters"):
        if name in value:
            value[name] = tuple(value[name])
    for name in ("trusted_issuers", "pretrusted_requesters"):
        if name in value:
            value[name] = tuple(str(address).lower() for address in value[name])
    try:
        settings = Settings(**value)
    except TypeError as error:
        raise _bad(str(error).partition("__init__() ")[2] or "an option is missing") from error
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    return settings


def _key(name: str, value: Any) -> bytes:
    """32 bytes from hex, a file or the environment; the value is never repeated in an error."""
    if not isinstance(value, str):
        raise _bad(f"{name} is missing")
    if value.startswith("file:"):
        try:
            value = Path(value[5:]).expanduser().read_text("ascii").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise _bad(f"the file of {name} cannot be read") from error
    elif value.startswith("env:"):
        value = os.environ.get(value[4:], "")
    try:
        found = bytes.fromhex(value.removeprefix("0x"))
    except ValueError:
        found = b""
    if len(found) != 32:
        raise _bad(f"{name} is not a key of 64 hex digits")
    return found
