# SPDX-License-Identifier: Apache-2.0
"""Where the platforms of these tests keep their rows: SQLite, or a PostgreSQL while `place` is replaced."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from gems_platform.db import Database

FILE = "platform.sqlite3"
#: Makes the `store_url` of one more platform.
place: Callable[[], str] = str


def new(folder: Path) -> str:
    """The `store_url` of a platform whose data are to be in `folder`, with all tables and no rows."""
    url = place()
    if not url and not (folder / FILE).exists():  # else it is a platform that went before
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.copyfile(_empty(), folder / FILE)
    return url


@cache
def _empty() -> Path:
    """A store that was brought up to date once: that takes longer than most tests."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / FILE
        Database(path).close()
        handle, name = tempfile.mkstemp(prefix="gems-store-", suffix=".sqlite3")
        os.close(handle)
        atexit.register(os.unlink, name)
        shutil.copyfile(path, name)
    return Path(name)
