# SPDX-License-Identifier: Apache-2.0
"""The settings, the files of keys and certificates, the disk, the backups."""

from __future__ import annotations

import ipaddress
import json
import os
import shutil
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509

from gems_platform.observing.readiness import LEAST_DISK
from gems_platform.operating.backing_up import KEYS
from gems_platform.operating.examining.finding import Finding, bad, good, note
from gems_platform.settings import DAY, Settings

_BACKUP_S = 26 * 3600
_SOON_S = 14 * DAY
_SECRET = "Nothing was read or signed by others as far as this program can tell."


def keys(path: Path) -> Iterator[Finding]:
    """Who else may read the settings' keys. path: the settings file."""
    text = path.read_text("utf-8")
    told: dict[str, Any] = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    files = {name: value for name in KEYS if isinstance(value := told.get(name), str)}
    places = {
        name: path.parent / Path(value[5:]).expanduser()
        for name, value in files.items()
        if value[:5] == "file:"
    }
    if any(value[:5] != "file:" and value[:4] != "env:" for value in files.values()):
        yield note(
            f"Keys stand in {path.name} itself.", "Put each into a file of its own: file:keys/hub_signer.key"
        )
        places["settings"] = path
    for name, place in places.items():
        if os.name == "posix" and place.stat().st_mode & 0o077:
            yield bad(
                f"Others may read {place}.",
                _SECRET,
                f"chmod 600 {place}; if others use this computer, change the key.",
            )
        else:
            yield good(f"{name}: only its owner reads {place.name}.")


def address(settings: Settings) -> Iterator[Finding]:
    """What people reach the platform as, and who is believed about where they come from."""
    url = urlsplit(settings.public_url)
    if not settings.public_url:
        yield note(
            "public_url is not set: people sign in to wherever `serve` listens.",
            "Set it before anybody else uses it.",
        )
    elif url.scheme != "https" and not _is_loopback(url.hostname or ""):
        yield bad(
            f"{settings.public_url} is not https.",
            "Keys never travel.",
            "Put a proxy with TLS before it, or tls_cert.",
        )
    else:
        yield good(f"People sign in to {settings.siwe_domain}.")
    if url.scheme == "https" and settings.tls_cert is None and not settings.trusted_proxies:
        yield bad(
            "https is served by a proxy, and no proxy is believed: all count as one address, and share its limits.",
            "Nothing is lost.",
            'Name it: trusted_proxies = ["127.0.0.1"]',
        )


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def certificate(settings: Settings, now: int) -> Iterator[Finding]:
    """The certificate, where the platform serves TLS itself."""
    if settings.tls_cert is None or settings.tls_key is None:
        return
    try:
        found = x509.load_pem_x509_certificate(settings.tls_cert.read_bytes())
    except (OSError, ValueError):
        yield bad(
            f"{settings.tls_cert} is no certificate.",
            "Nobody can connect.",
            "Name a PEM file with its chain.",
        )
        return
    left = found.not_valid_after_utc - datetime.fromtimestamp(now, UTC)
    until = f"{found.not_valid_after_utc:%Y-%m-%d}"
    if left.total_seconds() < 0:
        yield bad(
            f"The certificate ended on {until}.",
            "Clients refuse to connect.",
            "Renew it and restart the processes.",
        )
    elif left.total_seconds() < _SOON_S:
        yield note(f"The certificate ends on {until}.", "Renew it and restart the processes.")
    else:
        yield good(f"The certificate is good until {until}.")
    if os.name == "posix" and settings.tls_key.stat().st_mode & 0o077:
        yield bad(
            f"Others may read {settings.tls_key}.", _SECRET, f"chmod 600 {settings.tls_key}, and renew it."
        )


def disk(settings: Settings) -> Iterator[Finding]:
    """Room, and who may read the data folder."""
    free = shutil.disk_usage(settings.data_dir).free
    told = f"{free // 1_000_000} MB are free in {settings.data_dir}."
    if free < LEAST_DISK:
        yield bad(told, "What was accepted is on the disk.", "Make room now: the store will refuse writes.")
    elif free < settings.disk_reserve_bytes:
        yield note(told, "Make room: uploads are refused below disk_reserve_bytes.")
    else:
        yield good(told)
    if os.name == "posix" and settings.data_dir.stat().st_mode & 0o077:
        yield bad(f"Others may look into {settings.data_dir}.", _SECRET, f"chmod 700 {settings.data_dir}")


def backups(folder: Path | None, now: int) -> Iterator[Finding]:
    """How old the newest file in the folder of backups is; without a folder that is only said."""
    if folder is None:
        yield note(
            "No folder of backups was named.",
            "Name it with --backups DIR, to be told when the newest is old.",
        )
        return
    files = (
        [path for path in folder.iterdir() if path.is_file() and path.suffix != ".part"]
        if folder.is_dir()
        else []
    )
    if not files:
        yield bad(
            f"There is no backup in {folder}.",
            "The store is in one place.",
            "gems platform backup FILE --settings ...",
        )
        return
    newest = max(files, key=lambda path: path.stat().st_mtime)
    age = now - int(newest.stat().st_mtime)
    told = f"The newest backup, {newest.name}, is {age // 3600} hours old."
    if age > _BACKUP_S:
        yield bad(told, "The store itself is as it was.", "See why the timer of backups did not run.")
    else:
        yield good(told)
    if os.name == "posix" and newest.stat().st_mode & 0o077:
        yield bad(f"Others may read {newest}.", _SECRET, f"chmod 600 {newest}")
