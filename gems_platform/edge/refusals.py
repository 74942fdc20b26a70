# SPDX-License-Identifier: Apache-2.0
"""Refusals as HTTP answers: the one place that knows a status code for each error code."""

from __future__ import annotations

import logging
import re
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from gems_platform.channels.chain import Reverted
from gems_platform.errors import Refusal
from gems_protocol.errors import BadSignature, GemsError, MalformedMessage

LOG = logging.getLogger("gems_platform")
_CONTRACT = re.compile(r"\b(Gem|Channels|Campaigns|Judge): [a-zA-Z0-9' ]{1,60}", re.ASCII)
_STATUS = {
    "malformed": 400,
    "bad_signature": 400,
    "bad_debit": 400,
    "bad_claim": 400,
    "bad_transfer": 400,
    "not_signed_in": 401,
    "sign_in_refused": 401,
    "not_allowed": 403,
    "not_a_verifier": 403,
    "not_found": 404,
    "no_work": 404,
    "method_not_allowed": 405,
    "conflict": 409,
    "credit_limit": 409,
    "releases_due": 409,
    "bond_too_small": 409,
    "late": 409,
    "carry_key": 409,
    "upload_incomplete": 409,
    "tus_version": 412,
    "too_large": 413,
    "quota": 413,
    "refused": 422,
    "checksum": 460,
    "too_many_requests": 429,
    "internal": 500,
    "chain_unavailable": 503,
}


def code_of(error: GemsError) -> str:
    """The interface's code of an error."""
    if isinstance(error, Refusal):
        return error.code
    if isinstance(error, BadSignature):
        return "bad_signature"
    return "malformed" if isinstance(error, MalformedMessage) else "refused"


def body_of(error: GemsError) -> tuple[int, dict[str, Any]]:
    """Status and JSON of an error."""
    code = code_of(error)
    body = _body(code, error.message, error.safe, error.action, error.retryable)
    contract = contract_text(error)
    if contract:
        body["error"]["contract"] = contract
    return _STATUS[code], body


def contract_text(error: BaseException) -> str:
    """The text with which a contract refused what led to this error, such as "Channels: bad voucher"; "" for none."""
    if not isinstance(error.__cause__, Reverted):
        return ""
    found = _CONTRACT.search(str(error.__cause__))
    return found.group() if found else ""


def _body(code: str, message: str, safe: str, action: str, retryable: bool) -> dict[str, Any]:
    return {
        "error": {"code": code, "message": message, "safe": safe, "action": action, "retryable": retryable}
    }


def install(app: FastAPI) -> None:
    """Answer every error in the interface's form; a bug's details go to the log only."""

    @app.exception_handler(GemsError)
    async def refused(_request: Request, error: GemsError) -> JSONResponse:
        status, body = body_of(error)
        return JSONResponse(body, status)

    @app.exception_handler(RequestValidationError)
    async def invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])[:200]
        return JSONResponse(_body("malformed", f"The request is not valid at {where}.", "", "", False), 400)

    @app.exception_handler(HTTPException)
    async def http(_request: Request, error: HTTPException) -> JSONResponse:
        code = {404: "not_found", 405: "method_not_allowed"}.get(error.status_code, "refused")
        return JSONResponse(
            _body(code, "There is nothing here under this name and method.", "", "", False), _STATUS[code]
        )
