# SPDX-License-Identifier: Apache-2.0
"""Sign-in over HTTP, and what this platform is."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from gems_platform.accounts import service
from gems_platform.accounts.schemas import Nonce, NonceRequest, SignInRequest, Token
from gems_platform.context import Ctx
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
    with ctx.db.write() as session:
        return service.begin(session, ctx.settings, body.address, ctx.clock.now())


@router.post("/sign-in", response_model=Token)
def finish(body: SignInRequest, ctx: Ctx) -> dict[str, Any]:
    """A token for fifteen minutes."""
    with ctx.db.write() as session:
        token = service.finish(session, ctx.settings, body.message, raw(body.signature), ctx.clock.now())
    if token is None:
        raise SignInRefused(
            "The sign-in was refused.",
            safe="Nothing was changed.",
            action="Ask for a new nonce and sign again.",
        )
    return token
