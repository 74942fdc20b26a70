# SPDX-License-Identifier: Apache-2.0
"""The shared vectors by kind."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "vectors"


@cache
def _all() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((FOLDER / "protocol.json").read_text())["vectors"]
    return found


def of_kind(kind: str) -> list[dict[str, Any]]:
    """All vectors of a kind; fails when there is none, so that no test passes by seeing nothing."""
    found = [vector for vector in _all() if vector["kind"] == kind]
    assert found, f"no vectors of kind {kind}"
    return found


@cache
def messages() -> dict[str, Any]:
    """What viem says about every message."""
    found: dict[str, Any] = json.loads((FOLDER / "messages.json").read_text())
    return found
