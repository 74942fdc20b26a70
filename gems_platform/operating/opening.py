# SPDX-License-Identifier: Apache-2.0
"""The store of a platform that was made before, as its settings name it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gems_platform.db import Database
from gems_platform.errors import StoreBehind
from gems_platform.operating.faults import refused
from gems_platform.settings import Settings


def there_is_a_store(settings: Settings) -> bool:
    """Whether anything is where the settings say that the store is; a PostgreSQL is asked later."""
    return not isinstance(settings.store, Path) or settings.store.is_file()


@contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    """The store, unchanged; raises CannotOperate when there is none, StoreBehind when it is of another version."""
    with unchecked(settings) as db:
        if db.is_behind():
            raise StoreBehind()
        yield db


@contextmanager
def unchecked(settings: Settings, *, new: bool = False) -> Iterator[Database]:
    """The store of whatever version; `new`: also one that is not there yet."""
    if not new and not there_is_a_store(settings):
        raise refused(
            "There is no store where the settings say.",
            "Make it with `gems platform migrate`, or mend data_dir.",
        )
    db = Database.unchecked(settings.store)
    try:
        yield db
    finally:
        db.close()
