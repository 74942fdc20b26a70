# SPDX-License-Identifier: Apache-2.0
"""The engines' own copies: SQLite's online backup, PostgreSQL's pg_dump. Larger communities keep their logs instead."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url

from gems_platform.operating.faults import refused
from gems_platform.settings import Settings


def copy(settings: Settings, target: Path) -> None:
    """Write the store as its engine does, while it serves; raises CannotOperate."""
    if target.exists():
        raise refused(f"{target} is there already.", "Name another file: a backup is never written over.")
    part = target.with_name(target.name + ".part")
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        if settings.store_url:
            _dump(settings.store_url, part)
        else:
            _online(settings.data_dir / "platform.sqlite3", part)
        with part.open("rb") as written:
            os.fsync(written.fileno())
        os.link(part, target)
    except OSError as error:
        raise refused(f"{target} cannot be written.", "Name a file in a folder of yours.") from error
    finally:
        part.unlink(missing_ok=True)


def _online(source: Path, part: Path) -> None:
    with (
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as here,
        closing(sqlite3.connect(part)) as there,
    ):
        here.backup(there)
        there.execute("PRAGMA journal_mode=DELETE")
        (sound,) = there.execute("PRAGMA integrity_check").fetchone()
    if sound != "ok":
        raise refused("The copy is not sound.", "Look at the disk, then take it again.")


def _dump(url: str, part: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        raise refused(
            "pg_dump is not installed.",
            "Install PostgreSQL's client, or take a backup without --native: it needs none.",
        )
    place = make_url(url).set(drivername="postgresql")
    environment = {**os.environ, **({"PGPASSWORD": str(place.password)} if place.password else {})}
    name = place.set(password=None).render_as_string()
    done = subprocess.run(
        [program, "--format=custom", "--no-owner", f"--file={part}", f"--dbname={name}"],
        env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    if done.returncode != 0:
        said = done.stderr.strip().splitlines()
        raise refused(
            f"pg_dump failed: {said[-1] if said else done.returncode}", "Take a backup without --native."
        )
