# SPDX-License-Identifier: Apache-2.0
"""What only a campaign's requester may know, in a file beside its key: known answers, the last seed, promises.

Without this file the campaign goes on, but nobody can show its seeds any more or say which answers were known.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from gems_protocol.errors import GemsError, MalformedMessage
from gems_protocol.gold import GoldItem
from gems_protocol.messages import hash_from_hex


class PrivateFileDamaged(GemsError):
    """The file with what only the requester knows cannot be read or written."""


@dataclass(frozen=True, slots=True)
class Private:
    """sources: the row that each task came from. last_seed: see `Draft.seeds`.

    days: Unix day -> the count and root that the platform committed to, before its seed was shown.
    """

    gold: tuple[GoldItem, ...] = ()
    sources: tuple[str, ...] = ()
    last_seed: bytes | None = None
    days: dict[int, dict[str, object]] = field(default_factory=dict)

    def with_day(self, day: int, committed: dict[str, object]) -> Private:
        """With what was promised for one more day."""
        return replace(self, days={**self.days, day: committed})


def path_of(folder: Path, campaign_id: str) -> Path:
    """Where a campaign's file is."""
    return folder / f"{campaign_id}.json"


def read_private(folder: Path, campaign_id: str) -> Private | None:
    """None when there is no such file; raises PrivateFileDamaged."""
    path = path_of(folder, campaign_id)
    try:
        value = json.loads(path.read_text("utf-8"))
        seed = value["last_seed"]
        return Private(
            tuple(GoldItem.from_json(item) for item in value["gold"]),
            tuple(str(source) for source in value["sources"]),
            None if seed is None else hash_from_hex(seed, "last_seed"),
            {int(day): dict(committed) for day, committed in value["days"].items()},
        )
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _damaged(path, "cannot be read") from error
    except (ValueError, KeyError, TypeError, AttributeError, MalformedMessage) as error:
        raise _damaged(path, "is not what this program wrote") from error


def keep_private(folder: Path, campaign_id: str, private: Private) -> Path:
    """Write it so that only its owner can read it, whole or not at all; raises PrivateFileDamaged."""
    path = path_of(folder, campaign_id)
    value: dict[str, Any] = {
        "gold": [item.to_json() for item in private.gold],
        "sources": list(private.sources),
        "last_seed": None if private.last_seed is None else "0x" + private.last_seed.hex(),
        "days": {str(day): committed for day, committed in sorted(private.days.items())},
    }
    fresh = path.with_suffix(".new")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
            json.dump(value, out, indent=1, ensure_ascii=False)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(path)
    except OSError as error:
        raise _damaged(path, "cannot be written") from error
    return path


def _damaged(path: Path, what: str) -> PrivateFileDamaged:
    return PrivateFileDamaged(
        f"The file {path} with what only you know of this campaign {what}.",
        safe="The campaign and its money are untouched.",
        action="Put back a copy of it, or give its folder with --private.",
    )
