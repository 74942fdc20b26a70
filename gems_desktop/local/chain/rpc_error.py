# SPDX-License-Identifier: Apache-2.0
"""What the local chain answers when it refuses: a code, a plain sentence and, for a revert, its data."""

from __future__ import annotations

PARSE_ERROR = -32700
INVALID_REQUEST = -32600
METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602
INTERNAL_ERROR = -32603
REFUSED = -32000
TOO_MANY_RESULTS = -32005
REVERTED = 3


class RpcError(Exception):
    """A refusal that is told to the caller as a JSON-RPC error object.

    `data` is 0x-hex and only set for a revert (code 3), as geth does.
    """

    def __init__(self, code: int, message: str, data: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.data = data

    def as_json(self) -> dict[str, object]:
        """The `error` member of a JSON-RPC answer."""
        body: dict[str, object] = {"code": self.code, "message": self.message}
        if self.data is not None:
            body["data"] = self.data
        return body


def refused(message: str) -> RpcError:
    """The node understood and says no (code -32000)."""
    return RpcError(REFUSED, message)


def bad_params(message: str) -> RpcError:
    """The parameters have the wrong shape (code -32602)."""
    return RpcError(INVALID_PARAMS, message)


class ChainFileError(Exception):
    """The chain's file cannot be used: held by another process, of another chain, or damaged."""
