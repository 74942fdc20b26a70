# SPDX-License-Identifier: Apache-2.0
"""The composition root: settings in, a running platform out."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from fastapi import FastAPI

from gems_platform.accounts import routes as accounts
from gems_platform.campaigns import routes as campaigns
from gems_platform.carry import routes as carry
from gems_platform.channels import close_routes as closes_over_http
from gems_platform.channels import routes as channels
from gems_platform.channels import upkeep_routes as upkeep
from gems_platform.channels.chain import Chain
from gems_platform.channels.close_relay import CloseRelay
from gems_platform.channels.closing import ChannelCloser
from gems_platform.channels.ending import ChannelEnder
from gems_platform.channels.relay import Relayer
from gems_platform.channels.sending import Sender
from gems_platform.channels.tower import Tower
from gems_platform.channels.transfers import TransferRelay
from gems_platform.channels.treasury import Treasury
from gems_platform.clock import Clock, SystemClock
from gems_platform.context import Context
from gems_platform.db import Database
from gems_platform.disputes.adjudicator import Adjudicator
from gems_platform.edge import refusals
from gems_platform.edge.envelope import Envelope
from gems_platform.edge.listening import Listening, bind, listen
from gems_platform.events import routes as events
from gems_platform.gold import routes as gold
from gems_platform.history import routes as history
from gems_platform.media import routes as media
from gems_platform.media.files import MediaFiles
from gems_platform.ratings import routes as ratings
from gems_platform.releases import routes as releases
from gems_platform.reviews import routes as reviews
from gems_platform.settings import Settings
from gems_platform.submissions import routes as submissions
from gems_platform.tasks import routes as tasks
from gems_platform.ticking import Ticker
from gems_platform.trust import attestation_routes as attestations
from gems_platform.trust import routes as trust
from gems_platform.uploads import routes as uploads
from gems_platform.uploads.files import UploadFiles
from gems_platform.uploads.service import Uploads
from gems_platform.watching import routes as watching
from gems_platform.watching.patrol import on_platform

ROUTERS = (
    accounts.router,
    tasks.router,
    campaigns.router,
    submissions.router,
    reviews.router,
    events.router,
    history.router,
    trust.router,
    attestations.router,
    gold.router,
    ratings.router,
    channels.router,
    upkeep.router,
    closes_over_http.router,
    watching.router,
    releases.router,
    media.router,
    uploads.router,
    carry.router,
)
LOG = logging.getLogger("gems_platform")


def create_app(settings: Settings, *, clock: Clock | None = None, ticking: bool = True) -> FastAPI:
    """An application whose store is open; `app.state` holds its `context` and its `ticker`.

    ticking: whether things happen by themselves; tests await `app.state.ticker.tick()` instead.
    """
    time = clock or SystemClock()
    db = Database(settings.data_dir / "platform.sqlite3")
    where = (settings.gem, settings.channels, settings.campaigns)
    chain = Chain(settings.rpc_url, settings.chain_id, *where, depth=settings.depth)
    sender = Sender(settings, db, chain, time)
    treasury, relayer = Treasury(settings, db, chain, sender), Relayer(settings, db, chain, time, sender)
    transfers = TransferRelay(settings, db, chain, time, sender)
    tower = Tower(settings, db, chain, time)
    closes = CloseRelay(settings, db, chain, time, sender, tower)
    closer = ChannelCloser(settings, db, chain, sender, tower)
    ender = ChannelEnder(settings, db, chain, time, sender)
    post, patrol = on_platform(settings, db, chain, time, sender, tower)
    disputes = Adjudicator(settings, db, chain, time, sender)
    relays = (sender, relayer, transfers, closes, closer, ender, patrol, disputes)
    ticker = Ticker(settings, db, time, treasury, relays)
    upload_files = UploadFiles(settings.data_dir / "uploads")
    ctx = Context(
        settings=settings,
        db=db,
        clock=time,
        chain=chain,
        sender=sender,
        media=MediaFiles(settings.data_dir / "media", settings.media_file_bytes),
        upload_files=upload_files,
        uploads=Uploads(settings, db, time, upload_files),
        treasury=treasury,
        relayer=relayer,
        transfers=transfers,
        closes=closes,
        tower=tower,
        wake=ticker.wake,
    )

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        running = asyncio.create_task(ticker.run()) if ticking else None
        if running is not None:
            running.add_done_callback(_tell_of_bug)
        yield
        if running is not None:
            running.cancel()
            await asyncio.wait([running])
        await chain.close()
        db.close()

    app = FastAPI(title="Gems platform", version="1", docs_url=None, redoc_url=None, lifespan=lifespan)
    app.state.context = ctx
    app.state.ticker = ticker
    app.state.post = post
    refusals.install(app)
    for router in ROUTERS:
        app.include_router(router)
    app.add_middleware(Envelope, settings=settings, clock=time)
    return app


def _tell_of_bug(ended: asyncio.Task[None]) -> None:
    if not ended.cancelled() and ended.exception() is not None:
        LOG.error("the ticker met a bug and stopped", exc_info=ended.exception())


@dataclass
class Server:
    """A platform being served at `url` in this event loop."""

    url: str
    app: FastAPI
    _listening: Listening

    async def close(self) -> None:
        """Finish what runs, stop, close the store."""
        await self._listening.close()


async def serve(
    settings: Settings,
    host: str = "127.0.0.1",
    port: int = 0,
    *,
    clock: Clock | None = None,
    ticking: bool = True,
) -> Server:
    """Serve a platform from the running loop; `settings.public_url` is set to where it listens if empty."""
    place, url = bind(host, port)
    if not settings.public_url:
        settings = replace(settings, public_url=url)
    app = create_app(settings, clock=clock, ticking=ticking)
    return Server(url, app, await listen(app, place))
