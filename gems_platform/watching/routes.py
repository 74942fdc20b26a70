# SPDX-License-Identifier: Apache-2.0
"""A watch-tower over HTTP, the same of a platform and of a stand-alone one; no sign-in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request, Response

from gems_platform.channels.schemas import TowerRequest
from gems_platform.channels.tower import Tower
from gems_platform.schemas import Address, Hash
from gems_platform.watching.mirror import Mirror

router = APIRouter(prefix="/v1/tower")
Day = Annotated[str, Path(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]


@dataclass(frozen=True, slots=True)
class Post:
    """What the routes need: kept vouchers, and mirrored files."""

    tower: Tower
    mirror: Mirror


def post(request: Request) -> Post:
    """The tower of the application that got the request."""
    found: Post = request.app.state.post
    return found


At = Annotated[Post, Depends(post)]


@router.post("/vouchers")
async def keep(body: TowerRequest, at: At) -> dict[str, Any]:
    """Keep anybody's voucher of any hub."""
    return await at.tower.keep(body)


@router.get("/vouchers/{channel_id}")
def show(channel_id: Hash, at: At) -> dict[str, Any]:
    """The highest voucher of a channel that was brought here."""
    return at.tower.show(channel_id)


@router.get("/mirror")
def mirrored(at: At) -> dict[str, Any]:
    """The hubs and days whose voucher files are mirrored."""
    return {"days": at.mirror.days()}


@router.get("/mirror/{channel_id}")
def mirrored_row(channel_id: Hash, at: At) -> dict[str, Any]:
    """A channel's rows in the newest mirrored day of each hub."""
    return {"rows": at.mirror.rows(channel_id)}


@router.get("/mirror/{signer}/{day}")
def mirrored_day(signer: Address, day: Day, at: At) -> Response:
    """A hub's file of a day, by the key that signs its vouchers: 133 bytes a channel, sorted."""
    return Response(at.mirror.whole(signer, day), media_type="application/octet-stream")
