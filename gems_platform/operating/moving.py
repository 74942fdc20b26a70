# SPDX-License-Identifier: Apache-2.0
"""Moves the store's tables between versions, both ways, and refuses what would lose what people did."""

from __future__ import annotations

from pathlib import Path

from alembic.script import ScriptDirectory

from gems_platform import db as store
from gems_platform.db import Database, head
from gems_platform.duties.jobs import migrate
from gems_platform.operating.faults import refused
from gems_platform.settings import Settings

FLOOR = "0005"  # what came before cannot hold verdicts that wait, hidden checks and ratings


def versions() -> tuple[str, ...]:
    """Every version of the tables, oldest first."""
    scripts = ScriptDirectory(str(Path(store.__file__).parent / "migrations"))
    return tuple(reversed([one.revision for one in scripts.walk_revisions()]))


def move(db: Database, settings: Settings, to: str = "head") -> tuple[str, str]:
    """From which version to which the tables were moved; raises CannotOperate before anything is done."""
    target, before = head() if to == "head" else to, db.version()
    known = versions()
    if target not in known:
        raise refused(f"There is no version {target} of the tables.", f"The newest is {head()}.")
    if before and before not in known:
        raise refused(
            f"The store is of version {before}, which this program does not know.",
            "Use the program that made it, or a newer one.",
        )
    here = known.index(before) if before else -1
    if known.index(target) < here and known.index(target) < known.index(FLOOR):
        raise refused(
            f"The tables cannot go back to {target}: it cannot hold verdicts that wait, hidden checks and ratings.",
            f"The oldest version that a store can go back to is {FLOOR}.",
        )
    if target == head():
        migrate(db, settings.store_url)
    elif before != target:
        db.migrate(target)
    return before, target
