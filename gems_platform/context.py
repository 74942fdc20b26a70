# SPDX-License-Identifier: Apache-2.0
"""What every route needs, put together once when the platform starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from gems_platform.accounts import service as accounts
from gems_platform.channels.chain import Chain
from gems_platform.channels.close_relay import CloseRelay
from gems_platform.channels.relay import Relayer
from gems_platform.channels.sending import Sender
from gems_platform.channels.tower import Tower
from gems_platform.channels.transfers import TransferRelay
from gems_platform.channels.treasury import Treasury
from gems_platform.clock import Clock
from gems_platform.db import Database
from gems_platform.media.files import MediaFiles
from gems_platform.settings import Settings
from gems_platform.uploads.files import UploadFiles
from gems_platform.uploads.service import Uploads


@dataclass(frozen=True)
class Context:
    """The settings and the ports of one running platform; `wake` asks for a tick soon."""

    settings: Settings
    db: Database
    clock: Clock
    chain: Chain
    sender: Sender
    media: MediaFiles
    upload_files: UploadFiles
    uploads: Uploads
    treasury: Treasury
    relayer: Relayer
    transfers: TransferRelay
    closes: CloseRelay
    tower: Tower
    wake: Callable[[], None]


def context(request: Request) -> Context:
    """The context of the application that got the request."""
    found: Context = request.app.state.context
    return found


def signed_in(request: Request) -> str:
    """The lowercase address of whoever asks; raises NotSignedIn."""
    ctx = context(request)
    with ctx.db.read() as session:
        return accounts.who(session, request.headers.get("authorization"), ctx.clock.now())


Ctx = Annotated[Context, Depends(context)]
Me = Annotated[str, Depends(signed_in)]
