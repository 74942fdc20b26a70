# SPDX-License-Identifier: Apache-2.0
"""What every route needs, put together once when the platform starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from gems_platform.accounts import service as accounts
from gems_platform.audit.log import AuditLog
from gems_platform.channels.chain import Chain
from gems_platform.channels.close_relay import CloseRelay
from gems_platform.channels.relay import Relayer
from gems_platform.channels.sending import Sender
from gems_platform.channels.tower import Tower
from gems_platform.channels.transfers import TransferRelay
from gems_platform.channels.treasury import Treasury
from gems_platform.clock import Clock
from gems_platform.db import Database
from gems_platform.edge.addresses import truncated
from gems_platform.edge.limits import Buckets
from gems_platform.errors import NotAllowed, TooMany
from gems_platform.events.stream import Streams
from gems_platform.media.service import Media
from gems_platform.media.sweeping import Sweeper
from gems_platform.observing import noted
from gems_platform.settings import Settings
from gems_platform.uploads.service import Uploads
from gems_platform.uploads.store import UploadStore


@dataclass(frozen=True)
class Context:
    """The settings and the ports of one running platform; `wake` asks for a tick soon."""

    settings: Settings
    db: Database
    clock: Clock
    chain: Chain
    sender: Sender
    media: Media
    sweeper: Sweeper
    upload_files: UploadStore
    uploads: Uploads
    treasury: Treasury
    relayer: Relayer
    transfers: TransferRelay
    closes: CloseRelay
    tower: Tower
    wake: Callable[[], None]
    audit: AuditLog
    account_rate: Buckets
    streams: Streams


def context(request: Request) -> Context:
    """The context of the application that got the request."""
    found: Context = request.app.state.context
    return found


def signed_in(request: Request) -> str:
    """The lowercase address of whoever asks; raises NotSignedIn."""
    ctx = context(request)
    with ctx.db.read() as session:
        found = accounts.who(session, request.headers.get("authorization"), ctx.clock.now())
    noted.account(found)
    request.scope.get("gems", {})["account"] = found
    if not ctx.account_rate.take(found):
        raise TooMany("Too many requests came from your account.", retry_after=ctx.account_rate.wait(found))
    return found


def operator(request: Request) -> str:
    """The address of whoever asks, who is an operator; raises NotSignedIn, NotAllowed."""
    me = signed_in(request)
    if me not in context(request).settings.operators:
        raise NotAllowed("Only an operator of this platform may ask this.")
    return me


def network(request: Request) -> str:
    """The truncated network address of whoever asks, as the audit log keeps it."""
    return truncated(request.client.host if request.client else "")


Ctx = Annotated[Context, Depends(context)]
Me = Annotated[str, Depends(signed_in)]
Operator = Annotated[str, Depends(operator)]
From = Annotated[str, Depends(network)]
