# SPDX-License-Identifier: Apache-2.0
"""`gems platform`: a platform from a settings file, for operators."""

from __future__ import annotations

import ipaddress
import json
import os
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gems_desktop.commands import (
    platform_abuse,
    platform_appeals,
    platform_backup,
    platform_close,
    platform_collateral,
    platform_doctor,
    platform_init,
    platform_migrate,
    platform_rate,
    platform_reconcile,
    platform_serve,
)
from gems_protocol.errors import GemsError

if TYPE_CHECKING:
    from gems_platform.settings import Settings

_KEYS = ("hub_signer_key", "hub_payer_key", "relayer_key")


class BadSettings(GemsError):
    """The operator's settings cannot be used."""


def bad_settings(what: str) -> BadSettings:
    """The fault of a settings file: what is wrong with it, as the rest of a sentence."""
    return BadSettings(
        f"The platform's settings cannot be used: {what}.",
        safe="Nothing was started.",
        action="Mend the settings file; gems_platform/settings.py names every option.",
    )


def add_parser(commands: Any) -> None:
    """Add the command and its parts."""
    parser = commands.add_parser("platform", help="run a platform", description=__doc__)
    parts = parser.add_subparsers(dest="part", required=True, metavar="COMMAND")
    platform_init.add_part(parts)
    platform_serve.add_parts(parts)
    platform_migrate.add_part(parts)
    platform_backup.add_parts(parts)
    platform_reconcile.add_part(parts)
    platform_doctor.add_part(parts)
    platform_abuse.add_part(parts)
    platform_appeals.add_parts(parts)
    platform_close.add_part(parts)
    platform_collateral.add_part(parts)
    platform_rate.add_part(parts)


def read_settings(path: Path) -> Settings:
    """The settings in a TOML or JSON file; raises BadSettings naming the field that is wrong."""
    from gems_platform.settings import Settings

    try:
        text = path.read_text("utf-8")
        value: dict[str, Any] = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except OSError as error:
        raise bad_settings(f"{path.name} cannot be read") from error
    except ValueError as error:
        raise bad_settings(f"{path.name} is not what its ending says") from error
    known = {field.name: field for field in fields(Settings)}
    for name in value:
        if name not in known:
            raise bad_settings(f"there is no option {name}")
    for name in _KEYS:
        value[name] = _key(name, value.get(name), path.parent)
    if not isinstance(value.get("data_dir"), str):
        raise bad_settings("data_dir is missing")
    value["data_dir"] = path.parent / value["data_dir"]
    for name in (
        "practice_verifiers",
        "practice_accounts",
        "mirrored_hubs",
        "arbiters",
        "trusted_proxies",
        "metrics_networks",
    ):
        if name in value:
            value[name] = tuple(value[name])
    for name in ("tls_cert", "tls_key"):
        if name in value:
            value[name] = path.parent / value[name]
    for name in ("trusted_issuers", "pretrusted_requesters", "operators"):
        if name in value:
            value[name] = tuple(str(address).lower() for address in value[name])
    try:
        settings = Settings(**value)
    except TypeError as error:
        raise bad_settings(str(error).partition("__init__() ")[2] or "an option is missing") from error
    _check(settings)
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    return settings


def _check(settings: Settings) -> None:
    if settings.log_format not in ("text", "json"):
        raise bad_settings('log_format is "text" or "json"')
    for name in ("metrics_networks", "trusted_proxies"):
        try:
            for text in getattr(settings, name):
                ipaddress.ip_network(text)
        except ValueError as error:
            raise bad_settings(f"{name} holds what is no network, such as 10.0.0.0/8") from error


def _key(name: str, value: Any, folder: Path) -> bytes:
    """32 bytes from hex, a file or the environment; the value is never repeated in an error."""
    if not isinstance(value, str):
        raise bad_settings(f"{name} is missing")
    if value.startswith("file:"):
        try:
            value = (folder / Path(value[5:]).expanduser()).read_text("ascii").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise bad_settings(f"the file of {name} cannot be read") from error
    elif value.startswith("env:"):
        value = os.environ.get(value[4:], "")
    try:
        found = bytes.fromhex(value.removeprefix("0x"))
    except ValueError:
        found = b""
    if len(found) != 32:
        raise bad_settings(f"{name} is not a key of 64 hex digits")
    return found
