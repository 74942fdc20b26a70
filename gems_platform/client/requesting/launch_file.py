# SPDX-License-Identifier: Apache-2.0
"""A launch as it is kept beside the key before anything is sent, so that one that was cut off goes on as the same."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gems_protocol import canonical
from gems_protocol.campaign import Terms
from gems_protocol.errors import GemsError, MalformedMessage

try:
    import fcntl
except ImportError:  # Windows: nobody is kept out there
    fcntl = None  # type: ignore[assignment]

_MOST = 100_000_000


class LaunchNotKept(GemsError):
    """The file of a launch cannot be written, or is not what was written."""


@dataclass(frozen=True, slots=True)
class Launch:
    """One launch. body: what is handed in, to the byte. media: SHA-256 -> file. funding: the signed transaction that
    pays, kept before it is sent. offered: the platform has it. done: the campaign is open there.
    """

    name: str
    terms: Terms
    body: dict[str, Any]
    media: dict[str, Path]
    funding: bytes | None = None
    offered: bool = False
    done: bool = False

    @property
    def campaign_id(self) -> str:
        """0x and 64 hex digits."""
        return "0x" + self.terms.campaign_id().hex()

    @property
    def tasks(self) -> int:
        """How many tasks it has."""
        return len(self.body["tasks"])


def name_of(parts: Iterable[bytes]) -> str:
    """The name of the launch of exactly these files on this network by this key."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()[:32]


def path_of(folder: Path, name: str) -> Path:
    """Where a launch is kept."""
    return folder / f"{name}.launch.json"


def read(folder: Path, name: str) -> Launch | None:
    """The launch of that name; None when there is none. Raises LaunchNotKept for a damaged file."""
    path = path_of(folder, name)
    try:
        value = canonical.loads(path.read_bytes(), _MOST)
        raw = value["funding"]
        return Launch(
            name,
            Terms.from_json(value["terms"]),
            dict(value["body"]),
            {str(sha256): Path(file) for sha256, file in value["media"].items()},
            None if raw is None else bytes.fromhex(raw),
            value["offered"] is True,
            value["done"] is True,
        )
    except FileNotFoundError:
        return None
    except (OSError, MalformedMessage, KeyError, TypeError, ValueError, AttributeError) as error:
        raise LaunchNotKept(
            f"The file {path} of a launch that was begun is damaged.",
            safe="Nothing was sent now.",
            action="Put back a copy of it. Look with gems campaign report whether its campaign was funded before you "
            "move it away: the next launch makes a new campaign.",
        ) from error


def keep(folder: Path, launch: Launch) -> None:
    """Write it so that only its owner can read it, whole or not at all, on the disk; raises LaunchNotKept."""
    path = path_of(folder, launch.name)
    fresh = path.with_suffix(".new")
    value = {
        "campaign_id": launch.campaign_id,
        "terms": launch.terms.to_json(),
        "body": launch.body,
        "media": {sha256: str(file) for sha256, file in launch.media.items()},
        "funding": None if launch.funding is None else launch.funding.hex(),
        "offered": launch.offered,
        "done": launch.done,
    }
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
            json.dump(value, out, ensure_ascii=False)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(path)
    except OSError as error:
        raise LaunchNotKept(
            f"The file {path} of this launch cannot be written: {error.strerror or error}.",
            safe="Nothing more was sent and no money moved.",
            action="Make room for it, or give another folder with --private, then launch again.",
        ) from error


@contextmanager
def alone(folder: Path, name: str) -> Iterator[None]:
    """Keep any other process from the same launch meanwhile; raises LaunchNotKept where one is at it."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with path_of(folder, name).with_suffix(".lock").open("a") as file:
            if fcntl is not None:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
    except BlockingIOError as error:
        raise LaunchNotKept(
            "This launch is under way in another program.",
            safe="Nothing was sent now.",
            action="Wait until it has ended, then launch again: it goes on where that one was.",
        ) from error


def finished(launch: Launch) -> Launch:
    """The launch when its campaign is open: what is only needed on the way is dropped."""
    return replace(launch, offered=True, done=True, funding=None, body={"tasks": []}, media={})
