# SPDX-License-Identifier: Apache-2.0
"""Sign-in over HTTP, and what this platform is."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from gems_platform.accounts import mine, service
from gems_platform.accounts.schemas import Myself, Nonce, NonceRequest, SignInRequest, Token
from gems_platform.audit import service as audit
from gems_platform.context import Ctx, From, Me
from gems_platform.errors import SignInRefused
from gems_platform.schemas import raw

router = APIRouter(prefix="/v1")


@router.get("/info")
def info(ctx: Ctx) -> dict[str, Any]:
    """Which chain, contracts and keys this platform works with."""
    settings = ctx.settings
    return {
        "protocol": 1,
        "name": settings.name,
        "chain_id": settings.chain_id,
        "gem": settings.gem,
        "channels": settings.channels,
        "campaigns": settings.campaigns,
        "platform_signer": settings.hub,
        "hub_payer": settings.hub_payer,
        "relayer": settings.relayer,
        "practice": settings.practice,
        "server_time": ctx.clock.now(),
    }


@router.post("/sign-in/nonce", response_model=Nonce)
def begin(body: NonceRequest, ctx: Ctx) -> dict[str, Any]:
    """A nonce for one sign-in within five minutes."""
    with ctx.db.write(apart=True) as session:
        return service.begin(session, ctx.settings, body.address, ctx.clock.now())


@router.post("/sign-in", response_model=Token)
def finish(body: SignInRequest, ctx: Ctx, network: From) -> dict[str, Any]:
    """A token for fifteen minutes."""
    now = ctx.clock.now()
    with ctx.db.write(apart=True) as session:
        token = service.finish(session, ctx.settings, body.message, raw(body.signature), now)
        if token is not None:
            audit.note(session, now, "sign_in", account=token["address"], network=network)
    if token is None:
        raise SignInRefused(
            "The sign-in was refused.",
            safe="Nothing was changed.",
            action="Ask for a new nonce and sign again.",
        )
    return token


@router.delete("/sign-in", status_code=204, response_class=Response)
def sign_out(request: Request, ctx: Ctx, me: Me, network: From) -> Response:
    """The token works no more; other tokens of the account do."""
    with ctx.db.write(apart=True) as session:
        service.end(session, request.headers.get("authorization"))
        audit.note(session, ctx.clock.now(), "sign_out", account=me, network=network)
    return Response(status_code=204)


@router.get("/me")
def myself(ctx: Ctx, me: Me) -> Myself:
    """The roles and limits of whoever asks."""
    with ctx.db.read() as session:
        return mine.show(session, ctx.settings, me, ctx.account_rate.left(me), ctx.clock.now())
