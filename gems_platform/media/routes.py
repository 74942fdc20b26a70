# SPDX-License-Identifier: Apache-2.0
"""Media over HTTP: up by requesters, down by anybody who knows the hash."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse

from gems_platform.context import Ctx, Me
from gems_platform.errors import Malformed, TooLarge
from gems_platform.media import service

router = APIRouter(prefix="/v1")
Name = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]


@router.put("/media/{sha256}")
async def put(sha256: Name, request: Request, ctx: Ctx, me: Me) -> dict[str, Any]:
    """Store one file (PNG, JPEG or WebP) under its SHA-256; again is free."""

    declared = request.headers.get("content-length", "")
    if not (declared.isascii() and declared.isdigit()):
        raise Malformed("A media upload must say its length.")
    length = int(declared[:20])
    if length > ctx.settings.media_file_bytes:
        raise TooLarge(f"A media file has at most {ctx.settings.media_file_bytes} bytes.")

    def before() -> dict[str, Any] | None:
        with ctx.db.read() as session:
            known = service.known(session, sha256)
            if known is None:
                service.check_quota(session, ctx.settings, me, length)
            return known

    done = await run_in_threadpool(before)
    if done is not None:
        return done
    with ctx.media.begin(sha256) as upload:
        async for chunk in request.stream():
            await run_in_threadpool(upload.write, chunk)
        kind = await run_in_threadpool(upload.finish)

        def keep() -> dict[str, Any]:
            """The row and the file, or neither: what is over the quota takes no room on the disk either."""
            with ctx.db.write() as session:
                kept = service.keep(session, ctx.settings, sha256, upload.size, kind, me, ctx.clock.now())
                upload.place()
            return kept

        return await run_in_threadpool(keep)


@router.get("/media/{sha256}", response_class=FileResponse)
def get(sha256: Name, ctx: Ctx) -> FileResponse:
    """The file's bytes; `Range` is honoured, the ETag is the hash."""
    with ctx.db.read() as session:
        kind = service.kind(session, sha256)
    headers = {"etag": f'"{sha256}"', "cache-control": "public, max-age=31536000, immutable"}
    return FileResponse(ctx.media.path(sha256), media_type=kind, headers=headers)
