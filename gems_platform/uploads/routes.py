# SPDX-License-Identifier: Apache-2.0
"""tus 1.0 over HTTP: core, creation, checksum, expiration, termination (docs/platform-api.md)."""

from __future__ import annotations

import base64
import binascii
import re
from email.utils import formatdate
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from gems_platform.context import Ctx, Me
from gems_platform.errors import Malformed, TooLarge, TusVersion
from gems_platform.uploads.service import MAX_CHUNK, Checksum, State

router = APIRouter(prefix="/v1")
Name = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]
VERSION = "1.0.0"
_NUMBER = re.compile(r"[0-9]{1,12}", re.ASCII)
_SHA256 = re.compile(rb"[0-9a-f]{64}")
_DIGESTS = {"sha256": 32, "sha1": 20}


@router.options("/uploads")
def able(ctx: Ctx) -> Response:
    """What this platform can of tus."""
    headers = {
        "tus-resumable": VERSION,
        "tus-version": VERSION,
        "tus-extension": "creation,checksum,expiration,termination",
        "tus-max-size": str(max(ctx.settings.upload_bytes, ctx.settings.media_file_bytes)),
        "tus-checksum-algorithm": ",".join(_DIGESTS),
    }
    return Response(status_code=204, headers=headers)


@router.post("/uploads")
def create(request: Request, ctx: Ctx, me: Me) -> Response:
    """Begin an upload of the content whose SHA-256 the metadata names, or go on with it."""
    _check_version(request)
    length, told = _number(request, "upload-length"), _metadata(request)
    if not _SHA256.fullmatch(told.get("sha256", b"")):
        raise Malformed("Upload-Metadata must name the content's sha256.")
    most = ctx.settings.upload_bytes
    if told.get("kind") == b"media":
        most = ctx.settings.media_file_bytes
        ctx.media.check_room(me, length)
    state = ctx.uploads.create(me, told["sha256"].decode(), length, most)
    return _told(state, 201, {"location": f"/v1/uploads/{state.sha256}"})


@router.head("/uploads/{sha256}")
def head(sha256: Name, request: Request, ctx: Ctx, me: Me) -> Response:
    """How far an upload is."""
    _check_version(request)
    return _told(ctx.uploads.state(me, sha256), 200)


@router.get("/uploads/{sha256}")
def state(sha256: Name, ctx: Ctx, me: Me) -> dict[str, Any]:
    """The same as JSON, with how much of it is sure and the SHA-256 of the rest."""
    found = ctx.uploads.state(me, sha256)
    return {
        "upload": found.sha256,
        "length": found.size,
        "offset": found.offset,
        "sure": found.sure,
        "tail": found.tail,
        "expires_at": found.expires_at,
    }


@router.patch("/uploads/{sha256}")
async def append(sha256: Name, request: Request, ctx: Ctx, me: Me) -> Response:
    """Add a chunk; it is on disk when this is answered. What came of a request that was cut off is kept."""
    _check_version(request)
    if request.headers.get("content-type") != "application/offset+octet-stream":
        raise Malformed("A part of an upload is application/offset+octet-stream.")
    offset, checksum = _number(request, "upload-offset"), _checksum(request)
    content, whole = bytearray(), True
    try:
        async for piece in request.stream():
            content += piece
            if len(content) > MAX_CHUNK:
                raise TooLarge(f"A part of an upload has at most {MAX_CHUNK} bytes.")
    except ClientDisconnect:
        whole = False
    found = await run_in_threadpool(
        ctx.uploads.append, me, sha256, offset, bytes(content), checksum, whole=whole
    )
    return _told(found, 204)


@router.delete("/uploads/{sha256}")
def drop(sha256: Name, request: Request, ctx: Ctx, me: Me) -> Response:
    """Give an upload up."""
    _check_version(request)
    ctx.uploads.drop(me, sha256)
    return Response(status_code=204, headers={"tus-resumable": VERSION})


def _told(state: State, status: int, more: dict[str, str] | None = None) -> Response:
    headers = {
        "tus-resumable": VERSION,
        "upload-offset": str(state.offset),
        "upload-length": str(state.size),
        "upload-expires": formatdate(state.expires_at, usegmt=True),
        **(more or {}),
    }
    return Response(status_code=status, headers=headers)


def _check_version(request: Request) -> None:
    if request.headers.get("tus-resumable") != VERSION:
        raise TusVersion(f"Uploads speak tus {VERSION}.")


def _number(request: Request, name: str) -> int:
    value = request.headers.get(name, "")
    if not _NUMBER.fullmatch(value):
        raise Malformed(f"An upload's request needs {name} as a number.")
    return int(value)


def _metadata(request: Request) -> dict[str, bytes]:
    """Upload-Metadata: pairs of a key and base64, separated by commas; the first of each key counts."""
    found: dict[str, bytes] = {}
    for pair in request.headers.get("upload-metadata", "")[:4_000].split(","):
        key, _, value = pair.strip().partition(" ")
        found.setdefault(key, _decoded(value))
    return found


def _checksum(request: Request) -> Checksum | None:
    told = request.headers.get("upload-checksum")
    if told is None:
        return None
    algorithm, _, value = told[:200].partition(" ")
    digest = _decoded(value)
    if len(digest) != _DIGESTS.get(algorithm):
        raise Malformed("Upload-Checksum must be sha256 or sha1 and its base64.")
    return Checksum(algorithm, digest)


def _decoded(value: str) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        return b""
