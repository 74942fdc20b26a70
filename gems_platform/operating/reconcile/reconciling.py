# SPDX-License-Identifier: Apache-2.0
"""Reads both sides, again while the platform is only behind the chain, and says what differs."""

from __future__ import annotations

import asyncio

from fastapi.concurrency import run_in_threadpool

from gems_platform.channels.chain import Chain
from gems_platform.db import Database
from gems_platform.operating.reconcile.facts import Books, Found
from gems_platform.operating.reconcile.reading import books_of, chain_of
from gems_platform.operating.reconcile.rules import differences
from gems_platform.settings import Settings

TRIES = 3  # a platform that serves reads a new block within seconds
_WAIT_S = 3.0


async def reconcile(db: Database, settings: Settings, chain: Chain, *, tries: int = TRIES) -> Found:
    """Compare one moment of the store with one block; changes nothing. Raises ChainDown."""

    def read() -> Books:
        with db.read() as session:
            return books_of(session, settings)

    while True:
        tries -= 1
        books = await run_in_threadpool(read)
        on_chain = await chain_of(chain, settings, books)
        found = Found(books, on_chain, differences(books, on_chain))
        if found.exact or tries <= 0:
            return found
        await asyncio.sleep(_WAIT_S)
