# SPDX-License-Identifier: Apache-2.0
"""ETags of answers that clients ask for again and again: who has the newest one gets 304 and no body.

The tag is the SHA-256 of the plain content, so that any process gives the same one. A 304's signature covers it.
"""

from __future__ import annotations

import hashlib
import re

from starlette.types import Scope

_HASH = "0x[0-9a-f]{64}"
_ADDRESS = "0x[0-9a-f]{40}"
_TAGGED = re.compile(
    rf"/v1/(info|campaigns(/{_HASH}(/(gold|practice|ratings|seeds|results|held|evidence/\d+/\d+|quote))?)?"
    rf"|trust/{_ADDRESS}(/record|/attestations)?|requesters/{_ADDRESS}/report|rates|channel|leases|me"
    rf"|vouchers(/[0-9-]{{10}}/{_HASH})?|tower/mirror|events|history|releases/due)|/openapi\.json"
)


def is_tagged(scope: Scope) -> bool:
    """Whether answers to this request have an ETag."""
    return scope["method"] == "GET" and _TAGGED.fullmatch(scope["path"]) is not None


def etag_of(content: bytes) -> str:
    """The tag of a plain content."""
    return f'"{hashlib.sha256(content).hexdigest()[:40]}"'


def has_it(scope: Scope, etag: str) -> bool:
    """Whether `If-None-Match` names the tag (a weak one is as good: the content is the same)."""
    told = b",".join(value for name, value in scope["headers"] if name == b"if-none-match").decode("latin-1")
    named = {part.strip().removeprefix("W/") for part in told.split(",")}
    return etag in named or "*" in named
