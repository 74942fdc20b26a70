# SPDX-License-Identifier: Apache-2.0
"""A request whose body was uploaded: read within bounds, one at a time, and used exactly once."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from sqlalchemy.orm import Session

from gems_platform.context import Context
from gems_platform.errors import Malformed
from gems_platform.heavy import TURNS
from gems_platform.schemas import Sha256, Strict
from gems_platform.uploads import repository
from gems_protocol import canonical
from gems_protocol.compressed import is_packed, unpack

MAX_PLAIN = 32_000_000  # bytes of JSON in an upload: an answer of 20 MB with room for its batch
BodyT = TypeVar("BodyT", bound=BaseModel)


class Uploaded(Strict):
    """Stands for a body that was uploaded, by the SHA-256 of what was uploaded."""

    upload: Sha256


def either(
    ctx: Context,
    me: str,
    body: BodyT | Uploaded,
    form: type[BodyT],
    effect: Callable[[Session, BodyT], dict[str, Any]],
) -> dict[str, Any]:
    """What `effect` answers to a body that was sent or uploaded; then a tick is asked for."""
    if isinstance(body, Uploaded):
        answer = take(ctx, me, body.upload, form, effect)
    else:
        with ctx.db.write() as session:
            answer = effect(session, body)
    ctx.wake()
    return answer


def take(
    ctx: Context, me: str, name: str, form: type[BodyT], effect: Callable[[Session, BodyT], dict[str, Any]]
) -> dict[str, Any]:
    """What `effect` answers to the uploaded body, stored with it; the same answer to the same request again.

    Raises UploadIncomplete for one that is not all here (others' are not here at all), Malformed, TooMany;
    nothing is used then.
    """
    with TURNS.mine():  # JSON of that size takes some hundred MB while it is read
        known = _known(ctx, me, name)
        if known is not None:
            return known
        ctx.uploads.whole(me, name, ctx.settings.upload_bytes)
        body = _read(b"".join(ctx.uploads.pieces(me, name)), form)
        with ctx.db.write() as session:
            row = repository.own(session, me, name, ctx.clock.now())
            answer = effect(session, body)
            row.answer = json.dumps(answer)
    ctx.uploads.let_go(me, name)
    return answer


def _known(ctx: Context, me: str, name: str) -> dict[str, Any] | None:
    with ctx.db.read() as session:
        row = repository.find(session, me, name)
        if row is None or not row.answer:
            return None
        found: dict[str, Any] = json.loads(row.answer)
        return found


def _read(content: bytes, form: type[BodyT]) -> BodyT:
    plain = unpack(content, MAX_PLAIN) if is_packed(content) else content
    value = canonical.loads(plain, max_bytes=MAX_PLAIN)
    try:
        return form.model_validate(value)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])[:200]
        raise Malformed(f"The upload is not valid at {where}.") from None
