# SPDX-License-Identifier: Apache-2.0
"""From the bytes of a JSON-RPC request to the bytes of its answer, one or a batch; bounded in depth."""

from __future__ import annotations

import json
import logging
import sqlite3
from typing import Any

from gems_desktop.adapters import bounded_json

from .chain import Chain
from .methods import METHODS, TEST_METHODS, Method
from .rpc_error import (
    INTERNAL_ERROR,
    INVALID_REQUEST,
    METHOD_NOT_FOUND,
    PARSE_ERROR,
    ChainFileError,
    RpcError,
    bad_params,
)

MAX_DEPTH = 16
MAX_BATCH = 1_000

_log = logging.getLogger(__name__)


class Dispatcher:
    """The table of methods over one chain. Runs in the chain's worker thread."""

    def __init__(self, chain: Chain, test_methods: bool = False) -> None:
        self._chain = chain
        self._methods: dict[str, Method] = METHODS | (TEST_METHODS if test_methods else {})

    def answer(self, body: bytes) -> bytes:
        """The answer to a request body; empty for notifications alone."""
        try:
            request = _parse(body)
        except RpcError as error:
            return _dump(_failed(None, error))
        if isinstance(request, list):
            if not request:
                return _dump(_failed(None, RpcError(INVALID_REQUEST, "empty batch")))
            if len(request) > MAX_BATCH:
                return _dump(
                    _failed(None, RpcError(INVALID_REQUEST, f"a batch holds at most {MAX_BATCH} calls"))
                )
            answers = [answer for one in request if (answer := self._one(one)) is not None]
            return _dump(answers) if answers else b""
        answer = self._one(request)
        return b"" if answer is None else _dump(answer)

    def _one(self, request: Any) -> dict[str, Any] | None:
        if not isinstance(request, dict):
            return _failed(None, RpcError(INVALID_REQUEST, "a call is a JSON object"))
        request_id = request.get("id")
        if isinstance(request_id, bool) or not isinstance(request_id, str | int | float | None):
            return _failed(None, RpcError(INVALID_REQUEST, "the id must be a string or a number"))
        try:
            result = self._call(request)
        except RpcError as error:
            return _failed(request_id, error)
        except (ChainFileError, sqlite3.Error) as error:
            _log.error("the local chain's file failed: %s", error)
            return _failed(request_id, RpcError(INTERNAL_ERROR, f"the chain's file failed: {error}"))
        except Exception:  # noqa: BLE001 - the last stop before the wire: a bug is logged whole and told as one
            _log.exception("the local chain failed on %r", request.get("method"))
            return _failed(
                request_id, RpcError(INTERNAL_ERROR, "internal error of the local chain, see its log")
            )
        if "id" not in request:
            return None
        return {"jsonrpc": "2.0", "id": request_id, "result": result}

    def _call(self, request: dict[str, Any]) -> Any:
        name, args = request.get("method"), request.get("params", [])
        if request.get("jsonrpc") != "2.0" or not isinstance(name, str):
            raise RpcError(INVALID_REQUEST, "expected jsonrpc 2.0 and a method")
        method = self._methods.get(name)
        if method is None:
            raise RpcError(METHOD_NOT_FOUND, f"the method {name[:80]} does not exist/is not available")
        if args is None:
            args = []
        if not isinstance(args, list):
            raise bad_params("params must be a list")
        return method(self._chain, args)


def _parse(body: bytes) -> Any:
    try:
        return bounded_json.loads(body, MAX_DEPTH)
    except ValueError as error:
        raise RpcError(PARSE_ERROR, "the body is not JSON, or nested too deep") from error


def _failed(request_id: Any, error: RpcError) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": request_id, "error": error.as_json()}


def _dump(answer: Any) -> bytes:
    return json.dumps(answer, separators=(",", ":")).encode()
