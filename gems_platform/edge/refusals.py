# SPDX-License-Identifier: Apache-2.0
"""Refusals as HTTP answers, each a problem document."""

from __future__ import annotations

import logging
import re
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from starlette.exceptions import HTTPException

from gems_platform.channels.chain import Reverted
from gems_platform.db import Contended
from gems_platform.edge import problems
from gems_platform.edge.again import AGAIN
from gems_platform.errors import NOTHING, Malformed, NoWork, Refusal, StoreBusy, StoreDown
from gems_protocol.errors import BadSignature, GemsError, MalformedMessage

LOG = logging.getLogger("gems_platform")
_CONTRACT = re.compile(r"\b(Gem|Channels|Campaigns|Judge): [a-zA-Z0-9' ]{1,60}", re.ASCII)
_NOTHING_HERE = "There is nothing here under this name and method."
#: What to do about errors of the protocol itself, which do not know that they were met over HTTP.
_ADVICE = {
    "malformed": Malformed.advice,
    "bad_signature": "Sign again with the key of the account, over exactly what is sent.",
    "refused": "Look at the rule that the message names, and ask for something that it allows.",
}


def code_of(error: GemsError) -> str:
    """The interface's code of an error."""
    if isinstance(error, Refusal):
        return error.code
    if isinstance(error, BadSignature):
        return "bad_signature"
    return "malformed" if isinstance(error, MalformedMessage) else "refused"


def body_of(error: GemsError) -> tuple[int, dict[str, Any]]:
    """Status and problem document of an error."""
    code = code_of(error)
    body = problems.document(
        code,
        error.message,
        error.safe or NOTHING,
        error.action or _ADVICE.get(code, Refusal.advice),
        retryable=error.retryable,
        contract=contract_text(error),
    )
    if isinstance(error, NoWork) and error.wish is not None:
        body["error"]["wish"] = error.wish
    return problems.status_of(code), body


def headers_of(error: GemsError) -> dict[str, str]:
    """What the answer to an error says in its headers."""
    return problems.headers_of(code_of(error), error.retry_after if isinstance(error, Refusal) else 0)


def contract_text(error: BaseException) -> str:
    """The text with which a contract refused what led to this error, such as "Channels: bad voucher"; "" for none."""
    if not isinstance(error.__cause__, Reverted):
        return ""
    found = _CONTRACT.search(str(error.__cause__))
    return found.group() if found else ""


def answer_to(error: GemsError) -> JSONResponse:
    """The answer to an error."""
    status, body = body_of(error)
    return JSONResponse(body, status, headers_of(error), problems.MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Answer every error in the interface's form; a bug's details go to the log only."""

    @app.exception_handler(GemsError)
    async def refused(request: Request, error: GemsError) -> JSONResponse:
        noted(request, code_of(error))
        return answer_to(error)

    @app.exception_handler(Contended)
    async def contended(_request: Request, _error: Contended) -> JSONResponse:
        answer = answer_to(StoreBusy())
        answer.headers[AGAIN.decode()] = "1"
        return answer

    async def store_down(_request: Request, error: Exception) -> JSONResponse:
        LOG.error("the store refuses: %s", getattr(error, "orig", error))
        return answer_to(StoreDown())

    app.add_exception_handler(OperationalError, store_down)
    app.add_exception_handler(NoConnection, store_down)

    @app.exception_handler(RequestValidationError)
    async def invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])[:200]
        return answer_to(Malformed(f"The request is not valid at {where}."))

    @app.exception_handler(HTTPException)
    async def http(_request: Request, error: HTTPException) -> JSONResponse:
        code = {404: "not_found", 405: "method_not_allowed"}.get(error.status_code, "malformed")
        body = problems.document(code, _NOTHING_HERE, NOTHING, "Read the interface's page, or update Gems.")
        kept = {name: value for name, value in (error.headers or {}).items() if name.lower() == "allow"}
        return JSONResponse(body, problems.status_of(code), kept, problems.MEDIA_TYPE)


def noted(request: Request, code: str) -> None:
    """Tell the edge with which code a request is refused: it sums refusals up for the audit log."""
    request.scope.get("gems", {})["refused"] = code
