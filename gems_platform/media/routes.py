# SPDX-License-Identifier: Apache-2.0
"""Media over HTTP: up by requesters, whole or resumably, down by anybody who knows the hash."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from starlette.requests import ClientDisconnect

from gems_platform.context import Ctx, Me
from gems_platform.errors import Malformed, TooLarge
from gems_platform.media import from_upload
from gems_platform.media.ranges import OutOfRange, asked
from gems_platform.uploads.using import Uploaded

router = APIRouter(prefix="/v1")
Name = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]
_FOREVER = "public, max-age=31536000, immutable"


@router.put("/media/{sha256}")
async def put(sha256: Name, request: Request, ctx: Ctx, me: Me) -> dict[str, Any]:
    """Store one file under its SHA-256; again is free."""
    declared = request.headers.get("content-length", "")
    if not (declared.isascii() and declared.isdigit()):
        raise Malformed("A media upload must say its length.")
    length = int(declared[:20])
    if length > ctx.settings.media_file_bytes:
        raise TooLarge(f"A media file has at most {ctx.settings.media_file_bytes} bytes.")
    known = await run_in_threadpool(ctx.media.known, sha256)
    if known is not None:
        return known
    bringing = ctx.media.bringing(me, sha256, length)
    coming = await run_in_threadpool(bringing.__enter__)
    try:
        async for chunk in request.stream():
            await run_in_threadpool(coming.incoming.write, chunk)
        return await run_in_threadpool(coming.keep)
    except ClientDisconnect:
        raise Malformed("The request was cut off.") from None
    finally:
        await run_in_threadpool(bringing.__exit__, None, None, None)


@router.post("/media/from-upload")
def put_uploaded(body: Uploaded, ctx: Ctx, me: Me) -> dict[str, Any]:
    """Store the file that was uploaded in parts (see Uploads); again gives the same answer."""
    return from_upload.take(ctx, me, body.upload)


@router.get("/media/{sha256}", response_class=Response)
def get(sha256: Name, request: Request, ctx: Ctx) -> Response:
    """The file's bytes; one `Range` is honoured, the ETag is the hash."""
    kind, size = ctx.media.kind_and_size(sha256)
    etag = f'"{sha256}"'
    headers = {"etag": etag, "cache-control": _FOREVER, "accept-ranges": "bytes"}
    if etag in (tag.strip() for tag in request.headers.get("if-none-match", "").split(",")):
        return Response(status_code=304, headers=headers)
    try:
        part = asked(request.headers.get("range"), request.headers.get("if-range"), etag, size)
    except OutOfRange:
        return Response(status_code=416, headers={"content-range": f"bytes */{size}"})
    start, end = part or (0, size)
    if part is not None:
        headers["content-range"] = f"bytes {start}-{end - 1}/{size}"
    headers["content-length"] = str(end - start)
    content = ctx.media.store.open(sha256, start, end)
    return StreamingResponse(content, 206 if part else 200, headers, kind)
