# SPDX-License-Identifier: Apache-2.0
"""Puts together what observes one application."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import metadata

from gems_platform.channels.chain import Chain
from gems_platform.clock import Clock
from gems_platform.db import Database
from gems_platform.observing import store_events
from gems_platform.observing.looking import Looking
from gems_platform.observing.metrics import Metrics
from gems_platform.observing.page import About
from gems_platform.observing.pages import Pages
from gems_platform.observing.probing import Probing
from gems_platform.settings import Settings


@dataclass(frozen=True)
class Observation:
    """`metrics` is the duties' Observed; `pages` is an ASGI application; `close` before the store is closed."""

    metrics: Metrics
    pages: Pages
    looking: Looking

    async def close(self) -> None:
        """Look no more."""
        await self.looking.close()


def observe(
    settings: Settings, db: Database, chain: Chain, clock: Clock, *, runs_duties: bool
) -> Observation:
    """Observe a store and a chain from now on. runs_duties: whether all duties are this process's."""
    metrics = Metrics()
    store_events.watch(db, metrics)
    looking = Looking(settings, db, chain, clock)
    probing = Probing(settings, looking, metrics, runs_duties=runs_duties)
    store = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}.get(db.dialect, db.dialect)
    about = About(settings.name, settings.practice, _version(), store, probing.wanted)
    return Observation(metrics, Pages(settings, clock, metrics, looking, probing, about), looking)


def _version() -> str:
    try:
        return metadata.version("gems-desktop")
    except metadata.PackageNotFoundError:  # run from a folder that is not installed
        return "unknown"
