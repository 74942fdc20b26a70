# SPDX-License-Identifier: Apache-2.0
"""The composition root: settings in, a running platform out."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from fastapi import FastAPI

from gems_platform.abuse import operator_routes as abuse_operator
from gems_platform.abuse import routes as abuse
from gems_platform.accounts import routes as accounts
from gems_platform.audit import routes as audit
from gems_platform.audit.log import AuditLog
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
from gems_platform.duties.duty import Duty, in_thread
from gems_platform.duties.every import every_duty
from gems_platform.duties.jobs import Jobs, jobs
from gems_platform.duties.ticker import Ticker
from gems_platform.edge import refusals
from gems_platform.edge.again import Again
from gems_platform.edge.envelope import Envelope
from gems_platform.edge.limits import Buckets
from gems_platform.edge.listening import Listening, Tls, bind, listen
from gems_platform.events import routes as events
from gems_platform.events import stream_routes as event_streams
from gems_platform.events.stream import Streams
from gems_platform.gold import routes as gold
from gems_platform.history import routes as history
from gems_platform.interface import document as interface
from gems_platform.matching import routes as draws
from gems_platform.media import routes as media
from gems_platform.media.opening import open_stores
from gems_platform.media.service import Media
from gems_platform.media.sweeping import Sweeper
from gems_platform.messaging import routes as messaging
from gems_platform.observing.requests import Observing, Routed
from gems_platform.observing.setup import observe
from gems_platform.rates import routes as rates
from gems_platform.ratings import routes as ratings
from gems_platform.releases import routes as releases
from gems_platform.reviews import routes as reviews
from gems_platform.settings import Settings
from gems_platform.submissions import routes as submissions
from gems_platform.tasks import routes as tasks
from gems_platform.trust import attestation_routes as attestations
from gems_platform.trust import routes as trust
from gems_platform.uploads import routes as uploads
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
    event_streams.router,
    audit.router,
    history.router,
    trust.router,
    attestations.router,
    gold.router,
    draws.router,
    ratings.router,
    messaging.router,
    abuse.router,
    abuse_operator.router,
    rates.router,
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


def create_app(
    settings: Settings, *, clock: Clock | None = None, ticking: bool = True, working: bool = True
) -> FastAPI:
    """An application whose store is open; `app.state` holds its `context` and its `ticker`.

    ticking: whether things happen by themselves; tests await `app.state.ticker.tick()` instead. working: on
    PostgreSQL, whether this process does what is due, or leaves it to those that do. Raises StoreBehind there.
    """
    time = clock or SystemClock()
    db = Database(settings.store, migrate=not settings.store_url)
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
    media_store, upload_files = open_stores(settings)
    relays = (sender, relayer, transfers, closes, closer, ender, patrol, disputes)
    sweeper = Sweeper(settings, db, time, media_store, upload_files)
    duties = every_duty(
        settings, db, time, treasury, relays, [Duty("sweep", in_thread(sweeper.sweep), 600, turn="sweep")]
    )
    ticker = Ticker(duties, time, settings.tick_s)
    observation = observe(settings, db, chain, time, runs_duties=ticking and not settings.store_url)
    ticker.observed = observation.metrics
    runner: Ticker | Jobs = ticker
    if settings.store_url and ticking:
        runner = jobs(settings.store_url, duties, observation.metrics, working)
    audit_log, streams = AuditLog(settings, db, time), Streams(settings, db, time)
    ctx = Context(
        settings=settings,
        db=db,
        clock=time,
        chain=chain,
        sender=sender,
        media=Media(settings, db, time, media_store),
        sweeper=sweeper,
        upload_files=upload_files,
        uploads=Uploads(settings, db, time, upload_files),
        treasury=treasury,
        relayer=relayer,
        transfers=transfers,
        closes=closes,
        tower=tower,
        wake=runner.wake,
        audit=audit_log,
        account_rate=Buckets(settings.account_per_s, settings.account_burst),
        streams=streams,
    )

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        running = asyncio.create_task(runner.run()) if ticking else None
        auditing = asyncio.create_task(audit_log.run())
        auditing.add_done_callback(_tell_of_bug)
        if running is not None:
            running.add_done_callback(_tell_of_bug)
        yield
        if running is not None:
            running.cancel()
            await asyncio.wait([running])
        auditing.cancel()
        await asyncio.wait([auditing])
        await streams.close()
        await asyncio.to_thread(audit_log.flush)
        await observation.close()
        await chain.close()
        media_store.close()
        db.close()

    app = FastAPI(docs_url=None, redoc_url=None, lifespan=lifespan)
    interface.install(app, ROUTERS)
    app.state.context = ctx
    app.state.ticker = ticker
    app.state.observation = observation
    app.state.post = post
    refusals.install(app)
    for router in ROUTERS:
        app.include_router(router)
    app.add_middleware(Routed)
    app.add_middleware(Again)
    app.add_middleware(Envelope, settings=settings, clock=time, refusals=audit_log.refusal)
    app.add_middleware(Observing, metrics=observation.metrics, pages=observation.pages)
    return app


def _tell_of_bug(ended: asyncio.Task[None]) -> None:
    if not ended.cancelled() and ended.exception() is not None:
        LOG.error("a background task met a bug and stopped", exc_info=ended.exception())


@dataclass
class Server:
    """A platform being served at `url` in this event loop."""

    url: str
    app: FastAPI
    _listening: Listening

    async def close(self) -> None:
        """Finish what runs, stop, close the store."""
        await self.app.state.context.streams.close()  # else the server waits for them
        await self._listening.close()


async def serve(
    settings: Settings,
    host: str = "127.0.0.1",
    port: int = 0,
    *,
    clock: Clock | None = None,
    ticking: bool = True,
    working: bool = True,
) -> Server:
    """Serve a platform from the running loop; `settings.public_url` is set to where it listens if empty."""
    tls = Tls.of(settings.tls_cert, settings.tls_key)
    place, url = bind(host, port, secure=tls is not None)
    if not settings.public_url:
        settings = replace(settings, public_url=url)
    try:
        app = create_app(settings, clock=clock, ticking=ticking, working=working)
    except BaseException:
        place.close()
        raise
    return Server(url, app, await listen(app, place, tls))
