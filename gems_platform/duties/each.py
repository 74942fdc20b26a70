# SPDX-License-Identifier: Apache-2.0
"""One thing after the other: what meets a bug holds up nobody else."""

from __future__ import annotations

import logging
from collections.abc import Callable

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from gems_platform.db import is_contended

LOG = logging.getLogger("gems_platform")


class Each:
    """Does things whole or not at all, and tells of each that fails once."""

    def __init__(self) -> None:
        self._stuck: set[str] = set()

    def do(self, session: Session, name: str, what: Callable[..., None], *about: object) -> None:
        """Do one thing; raises only what concerns the store itself."""
        try:
            with session.begin_nested():
                what(session, *about)
        except Exception as error:
            if isinstance(error, OperationalError) or (isinstance(error, DBAPIError) and is_contended(error)):
                raise
            if name not in self._stuck:
                LOG.exception("something that is due could not be done: %s", name)
            self._stuck.add(name)
        else:
            self._stuck.discard(name)
