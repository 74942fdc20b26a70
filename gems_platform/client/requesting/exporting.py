# SPDX-License-Identifier: Apache-2.0
"""Results as a Label Studio project: its tasks with file names again, each accepted answer an annotation."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from gems_platform.client.requesting.sent_tasks import Sent

_HASH = re.compile(r"sha256:([0-9a-f]{64})", re.ASCII)
_SERIES = re.compile(r"""(<TimeSeries\b[^<>]*?\bvalueType\s*=\s*)(["'])url\2""", re.IGNORECASE)
_PLAIN = re.compile(r"[^A-Za-z0-9._-]+", re.ASCII)
Naming = Callable[[str], str]


def project(sent: Sent, rows: Sequence[dict[str, Any]], naming: Naming) -> list[dict[str, Any]]:
    """The tasks of a project, with an annotation where there is an answer.

    rows: as `Requester.results` gives them. naming: what stands in the task for a file's SHA-256 in hex.
    """
    answers = {row["index"]: row for row in rows}
    return [_task(place, data, answers.get(place), naming) for place, data in enumerate(sent.tasks)]


def _task(place: int, data: dict[str, Any], row: dict[str, Any] | None, naming: Naming) -> dict[str, Any]:
    task: dict[str, Any] = {"id": place + 1, "data": restored(data, naming), "annotations": []}
    if row is None:
        return task
    known = ("state", "attempts", "adopted", "agreement", "probability", "source")
    task["meta"] = {"gems": {name: row[name] for name in known if row.get(name) is not None}}
    if row.get("answer") is not None:
        task["annotations"] = [
            {
                "id": place + 1,
                "result": [_result(one) for one in row["answer"]],
                "was_cancelled": False,
                "ground_truth": False,
            }
        ]
    return task


def _result(result: dict[str, Any]) -> dict[str, Any]:
    return result if result.get("type") == "relation" else {**result, "origin": "manual"}


def restored(value: Any, naming: Naming) -> Any:
    """`value` with names in place of content hashes, in lists, objects and HTML, too."""
    if isinstance(value, str):
        return _HASH.sub(lambda found: naming(found[1]), value)
    if isinstance(value, list):
        return [restored(item, naming) for item in value]
    if isinstance(value, dict):
        return {key: restored(item, naming) for key, item in value.items()}
    return value


def hashes_in(value: Any) -> set[str]:
    """The SHA-256 in hex of every file that `value` names, in lists, objects and HTML, too."""
    found: set[str] = set()

    def seen(sha256: str) -> str:
        found.add(sha256)
        return sha256

    restored(value, seen)
    return found


def as_given(sent: Sent, prefix: str = "") -> Naming:
    """The names that the requester's own tasks had, behind `prefix`; a hash whose name is not known stays.

    Behind a "?", as Label Studio's local files have it, names are quoted as parts of an address are.
    """

    def name(sha256: str) -> str:
        found = sent.names.get(sha256)
        if not found:
            return f"sha256:{sha256}"
        if found.startswith("/data/"):
            return found  # Label Studio's own address, as it gave it
        return prefix + (quote(found) if "?" in prefix else found)

    return name


def flat_names(sent: Sent) -> dict[str, str]:
    """SHA-256 -> a plain file name of its own, for folders in which all files lie side by side."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for sha256, given in sent.names.items():
        path = PurePosixPath(given.replace("\\", "/"))
        stem = _PLAIN.sub("_", path.stem).strip("._") or "file"
        ending = _PLAIN.sub("", path.suffix)[:10]
        name, number = f"{stem[:80]}{ending}", 1
        while name.lower() in taken:
            number += 1
            name = f"{stem[:80]}-{number}{ending}"
        taken.add(name.lower())
        found[sha256] = name
    return found


def config_for_import(config: str) -> str:
    """The config as Label Studio needs it for these tasks: the columns of a series stand in the task itself."""
    return _SERIES.sub(r"\1\2json\2", config)
