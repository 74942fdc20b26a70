# SPDX-License-Identifier: Apache-2.0
"""Writes a file whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from gems_desktop.deploying.faults import BadBook


def write_whole(path: Path, text: str, *, new: bool = False) -> None:
    """Write `text`, on the disk before this returns; raises BadBook when it cannot, with `new` also if there is one."""
    fresh = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600 if not new else 0o644)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        if new and path.exists():
            fresh.unlink()
            raise there_is_one(path)
        os.replace(fresh, path)
    except OSError as error:
        raise BadBook(path, "it cannot be written", "Choose another place with --book.") from error


def there_is_one(path: Path) -> BadBook:
    """The fault of an address book that would be written over."""
    return BadBook(
        path,
        "there is an address book already",
        "Check it with gems contracts verify, or name another file with --book.",
    )
