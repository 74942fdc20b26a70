# SPDX-License-Identifier: Apache-2.0
"""How somebody wants tasks shown, kept on this computer: own keys for a module, folded instructions of a campaign."""

from __future__ import annotations

import hashlib
from typing import Any

from gems_desktop.services.cursor import get_value, set_value
from gems_desktop.services.ports import Tx

Wishes = tuple[tuple[str, str, str], ...]  # (control, stored option, key)
MOST_WISHES = 500
_MOST_FOLDED = 500
_FOLDED = "instructions_folded"


def wishes_of(tx: Tx, config: str) -> Wishes:
    """My own keys for the module with this labelling config."""
    found = get_value(tx, _name(config), [])
    return tuple((control, stored, key) for control, stored, key in found)


def keep_wishes(tx: Tx, config: str, wishes: Wishes) -> None:
    """Keep my own keys for a module; none goes back to the module's."""
    set_value(tx, _name(config), [list(wish) for wish in wishes[:MOST_WISHES]] or None)


def folded(tx: Tx, campaign_id: str) -> bool | None:
    """Whether I folded the instructions of a campaign away; None while I have not touched them."""
    found: dict[str, Any] = get_value(tx, _FOLDED, {})
    return found.get(campaign_id)


def keep_folded(tx: Tx, campaign_id: str, away: bool) -> None:
    """Remember whether the instructions of a campaign are folded away; the oldest are forgotten."""
    found: dict[str, Any] = get_value(tx, _FOLDED, {})
    found.pop(campaign_id, None)
    found[campaign_id] = away
    set_value(tx, _FOLDED, dict(list(found.items())[-_MOST_FOLDED:]))


def _name(config: str) -> str:
    return "keys:" + hashlib.sha256(config.encode()).hexdigest()
