# SPDX-License-Identifier: Apache-2.0
"""Published voucher days, vouchers handed back and relayed transfers over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Response

from gems_platform.channels import days, returned, service
from gems_platform.channels.schemas import ReturnedVouchers, TransferRequest
from gems_platform.context import Ctx, Me
from gems_platform.schemas import Hash

router = APIRouter(prefix="/v1")
Day = Annotated[str, Path(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]


@router.put("/channel/vouchers")
def hand_back(body: ReturnedVouchers, ctx: Ctx, me: Me) -> dict[str, Any]:
    """Take back this hub's own newer vouchers from the caller; the channel as it stands then."""
    with ctx.db.write() as session:
        taken = returned.take(session, ctx.settings, me, body)
        session.flush()
        return {"taken": taken, **service.show(session, ctx.settings, me)}


@router.get("/vouchers")
def voucher_days(ctx: Ctx) -> dict[str, Any]:
    """The days whose voucher file can be had; no sign-in."""
    with ctx.db.read() as session:
        return {"days": days.days(session)}


@router.get("/vouchers/{day}")
def voucher_day(day: Day, ctx: Ctx) -> Response:
    """A day's file: 133 bytes a channel, sorted; no sign-in."""
    with ctx.db.read() as session:
        return Response(days.whole(session, day), media_type="application/octet-stream")


@router.get("/vouchers/{day}/{channel_id}")
def voucher_row(day: Day, channel_id: Hash, ctx: Ctx) -> dict[str, Any]:
    """One channel's row of a day's file; no sign-in."""
    with ctx.db.read() as session:
        return days.one(session, day, channel_id)


@router.post("/relay/transfers")
async def transfer(body: TransferRequest, ctx: Ctx, me: Me) -> dict[str, Any]:
    """Send the caller's GEM; idempotent by its authorisation."""
    found = await ctx.transfers.send(me, body)
    ctx.wake()
    return found


@router.get("/relay/transfers/{transfer_id}")
def transfer_state(transfer_id: Hash, ctx: Ctx, me: Me) -> dict[str, Any]:
    """How far a transfer of the caller is."""
    return ctx.transfers.show(transfer_id, me)
