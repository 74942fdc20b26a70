# SPDX-License-Identifier: Apache-2.0
"""A platform's settings as JSON for another process of a measurement."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from gems_platform.settings import Settings


def write(path: Path, settings: Settings) -> None:
    """Keep settings, whose keys open nothing but a measurement's own platform."""
    path.touch(0o600)
    path.write_text(json.dumps({name: _plain(value) for name, value in asdict(settings).items()}))


def read(path: Path) -> Settings:
    """What `write` kept."""
    return Settings(**{name: _back(value) for name, value in json.loads(path.read_text()).items()})


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"hex": value.hex()}
    if isinstance(value, Path):
        return {"path": str(value)}
    return {"several": list(value)} if isinstance(value, tuple) else value


def _back(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    ((kind, inner),) = value.items()
    if kind == "hex":
        return bytes.fromhex(inner)
    return Path(inner) if kind == "path" else tuple(inner)
