# SPDX-License-Identifier: Apache-2.0
"""What a database was when it was closed, so that a disk that changed it meanwhile is found out.

Only sealed columns and rows that earn money carry checks of their own; this covers the rest. It holds from an orderly
end to the next start, for a database that is small enough to be read wholly then.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from gems_desktop.adapters.store_files import StoreFiles


def _sum_file(path: Path) -> Path:
    return path.with_name(f"{path.name}.sum")


def write_sum(path: Path, files: StoreFiles) -> None:
    """Note what the closed database is; raises OSError."""
    said = {"mtime_ns": path.stat().st_mtime_ns, "sha256": _digest(path)}
    kept, fresh = _sum_file(path), path.with_name(f"{path.name}.sum-new")
    files.unlink(fresh)
    files.write(fresh, json.dumps(said).encode())
    files.sync(fresh)
    files.replace(fresh, kept)
    files.sync_folder(path.parent)


def fits_sum(path: Path) -> bool:
    """False when the file holds something else than at the last end though nobody wrote to it since."""
    try:
        said = json.loads(_sum_file(path).read_bytes())
        return bool(said["mtime_ns"] != path.stat().st_mtime_ns or said["sha256"] == _digest(path))
    except (OSError, ValueError, KeyError, TypeError):
        return True


def forget_sum(path: Path, files: StoreFiles) -> None:
    """The database is about to be written to; raises OSError."""
    if _sum_file(path).exists():
        files.unlink(_sum_file(path))
        files.sync_folder(path.parent)


def _digest(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
