# SPDX-License-Identifier: Apache-2.0
"""Portable trust over HTTP: attestations for anybody to read, and the worker's own from elsewhere to bring."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from gems_platform.context import Context, Ctx, Me
from gems_platform.idempotency import once
from gems_platform.schemas import Address, Strict
from gems_platform.trust import attesting, importing
from gems_protocol import canonical
from gems_protocol.attestation.bundle import inspect

router = APIRouter(prefix="/v1")
After = Annotated[int, Query(ge=0, lt=1 << 53)]
Limit = Annotated[int, Query(ge=1, le=attesting.AT_ONCE)]


class Import(Strict):
    """A bundle as `gems trust export` writes it; read by `gems_protocol.attestation.bundle`."""

    bundle: dict[str, Any]


@router.get("/trust/{address}/attestations")
def attestations(
    address: Address, ctx: Ctx, after: After = 0, limit: Limit = attesting.AT_ONCE
) -> dict[str, Any]:
    """Signed outcomes of one worker, oldest first."""
    _issue(ctx, address)
    with ctx.db.read() as session:
        return attesting.page(session, ctx.settings, address, after, limit)


@router.get("/trust/{address}/record")
def record(address: Address, ctx: Ctx) -> dict[str, Any]:
    """A signed count of one worker's outcomes, over the newest of them."""
    _issue(ctx, address)
    with ctx.db.read() as session:
        return attesting.record(session, ctx.settings, address, ctx.clock.now())


@router.post("/trust/import")
def bring(body: Import, ctx: Ctx, me: Me) -> dict[str, Any]:
    """Take over the caller's outcomes from elsewhere; idempotent by the bundle."""
    key, now = "0x" + canonical.keccak_of(body.bundle).hex(), ctx.clock.now()
    found = inspect(body.bundle, now)  # before the writer's place is taken: it recovers many signatures
    with ctx.db.write() as session:
        return dict(
            once(
                session,
                me,
                "trust_import",
                key,
                key,
                now,
                lambda: importing.take(session, ctx.settings, me, found, now),
            )
        )


def _issue(ctx: Context, address: str) -> None:
    """Attest what is not attested yet: in short transactions, and once for each outcome."""
    with ctx.db.read() as session:
        more = attesting.is_due(session, ctx.settings, address)
    while more:
        with ctx.db.write() as session:
            more = attesting.issue(session, ctx.settings, address)
