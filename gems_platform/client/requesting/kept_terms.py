# SPDX-License-Identifier: Apache-2.0
"""A campaign's terms beside its key: with them its money can be looked after when no platform answers."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from gems_protocol.campaign import Terms
from gems_protocol.errors import MalformedMessage


def path_of(folder: Path, campaign_id: str) -> Path:
    """Where a campaign's terms are."""
    return folder / f"{campaign_id}.terms.json"


def read(folder: Path, campaign_id: str) -> Terms | None:
    """The kept terms, whose hash is the campaign's name; None where there are none that are whole."""
    try:
        terms = Terms.from_json(json.loads(path_of(folder, campaign_id).read_text("utf-8")))
    except (OSError, ValueError, MalformedMessage):
        return None
    return terms if "0x" + terms.campaign_id().hex() == campaign_id else None


def keep(folder: Path, terms: Terms) -> None:
    """Write them; where that fails, the platform or a backup still has them."""
    path = path_of(folder, "0x" + terms.campaign_id().hex())
    fresh = path.with_suffix(".new")
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh.write_text(json.dumps(terms.to_json(), indent=1), "utf-8")
        fresh.replace(path)
