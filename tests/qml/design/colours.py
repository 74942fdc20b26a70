# SPDX-License-Identifier: Apache-2.0
"""The colours of Theme.qml and what each is for (Roles.js), read from their sources, and how WCAG measures them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
UI = ROOT / "ui" / "Gems"
SCHEMES = ("light", "dark", "contrast")
NEEDS = {"text": 4.5, "mark": 3.0, "disabled": 3.0, "line": 0.0, "ground": 0.0}

_PICKED = re.compile(r'property color (\w+): pick\("(#\w+)", "(#\w+)", "(#\w+)"\)')
_FIXED = re.compile(r'property color (\w+): "(#\w+)"')


@dataclass(frozen=True, slots=True)
class Role:
    """One colour: what it is drawn on, and how much contrast that needs."""

    name: str
    kind: str
    use: str
    on: tuple[str, ...]


@cache
def colours() -> dict[str, tuple[str, str, str]]:
    """Every colour of the theme as #rrggbb or #aarrggbb, in the order of SCHEMES."""
    source = (UI / "Theme.qml").read_text("utf-8")
    found = {match[1]: (match[2], match[3], match[4]) for match in _PICKED.finditer(source)}
    return found | {match[1]: (match[2],) * 3 for match in _FIXED.finditer(source)}


@cache
def roles() -> tuple[Role, ...]:
    """What Roles.js says."""
    source = (UI / "catalogue" / "Roles.js").read_text("utf-8")
    listed = re.search(r"const ROLES = (\[.*?\n\]);", source, re.S)
    assert listed is not None
    return tuple(
        Role(entry["name"], entry["kind"], entry["use"], tuple(entry["on"]))
        for entry in json.loads(listed[1])
    )


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2.1 of #rrggbb; transparency is not looked at."""
    plain = colour[-6:]
    parts = [int(plain[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """How far two colours are apart, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def too_close(palette: dict[str, tuple[str, str, str]]) -> list[str]:
    """Every pair in use that is below what its kind needs, in each scheme."""
    return [
        f"{scheme}: {role.name} on {ground} {found:.2f}"
        for at, scheme in enumerate(SCHEMES)
        for role in roles()
        for ground in role.on
        if (found := contrast(palette[role.name][at], palette[ground][at])) < NEEDS[role.kind]
    ]
