# SPDX-License-Identifier: Apache-2.0
"""Parts of the OpenAPI document that follow from a call's method and path."""

from __future__ import annotations

import re
from typing import Any

from gems_platform.edge import etags

TAGS = {
    "account": "Who is asking",
    "campaigns": "Campaigns and what comes of them",
    "work": "Taking tasks and sending answers",
    "review": "Judging answers, objecting to verdicts",
    "events": "What happened",
    "trust": "Trust, ratings and rates",
    "money": "Channels, vouchers, the relayer, releases, watch-towers",
    "files": "Media and resumable uploads",
    "messages": "Messages about tasks, reports of abuse",
    "operator": "For the platform's operator",
}
_TAG_OF = {
    "info": "account",
    "sign-in": "account",
    "me": "account",
    "campaigns": "campaigns",
    "requesters": "trust",
    "leases": "work",
    "draws": "work",
    "submissions": "work",
    "reviews": "review",
    "votes": "review",
    "appeals": "review",
    "verdicts": "review",
    "events": "events",
    "history": "events",
    "trust": "trust",
    "rates": "trust",
    "channel": "money",
    "relay": "money",
    "vouchers": "money",
    "tower": "money",
    "releases": "money",
    "media": "files",
    "uploads": "files",
    "carry": "files",
    "threads": "messages",
    "reports": "messages",
    "audit": "operator",
    "operator": "operator",
}
HEADERS: dict[str, Any] = {
    "Gems-Signature": {
        "required": True,
        "description": "`<issued_at>:<signature>` over the request and this answer (docs/platform-api.md).",
        "schema": {"type": "string", "pattern": "^[0-9]{1,12}:0x[0-9a-f]{130}$"},
    },
    "ETag": {
        "required": True,
        "description": "Of the plain content; for `If-None-Match`.",
        "schema": {"type": "string", "pattern": '^"[0-9a-f]{40}"$'},
    },
    "Retry-After": {
        "required": True,
        "description": "Seconds after which it is worth asking again.",
        "schema": {"type": "string", "pattern": "^[0-9]{1,5}$"},
    },
}
_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "The ETag of the answer that is known: 304 when it still holds.",
    "schema": {"type": "string"},
}
_BINARY = {"schema": {"type": "string", "format": "binary"}}
_BODIES = {
    ("PUT", "/v1/media/{sha256}"): "application/octet-stream",
    ("PATCH", "/v1/uploads/{sha256}"): "application/offset+octet-stream",
    ("POST", "/v1/carry"): "application/octet-stream",
}
_EXAMPLES: dict[tuple[str, str], Any] = {
    ("POST", "/v1/sign-in/nonce"): {"address": "0x" + "5a" * 20},
    ("POST", "/v1/leases"): {"request_id": "0x" + "11" * 32, "campaign_id": "0x" + "22" * 32, "count": 10},
    ("POST", "/v1/reviews/leases"): {"request_id": "0x" + "11" * 32, "count": 5},
    ("PUT", "/v1/channel/standing-order"): {"bond_target": "5000000000000000000"},
    ("POST", "/v1/campaigns/{campaign_id}/ratings"): {"pay": 4, "clarity": 5, "speed": 3, "fairness": 4},
    ("POST", "/v1/trust/appeal"): {"reason": "My photographs were judged by their old instructions."},
}
_SAMPLES = (
    (r"\{address\}", "0x" + "0" * 40),
    (r"\{(index|attempt)\}", "0"),
    (r"\{day\}", "2026-01-01"),
    (r"\{sha256\}", "0" * 64),
    (r"\{[a-z_]+\}", "0x" + "0" * 64),
)


def tag_of(path: str) -> str:
    """The tag of a call, by the first part of its path."""
    return _TAG_OF.get(path.split("/")[2], "work")


def sample(path: str) -> str:
    """A path with something in the place of each parameter."""
    for pattern, value in _SAMPLES:
        path = re.sub(pattern, value, path)
    return path


def parameters(method: str, path: str) -> list[dict[str, Any]]:
    """The headers that a call looks at."""
    if path.startswith("/v1/uploads") and method != "OPTIONS":
        return _of_uploads(method)
    if path == "/v1/events/stream":
        return [_header("Last-Event-ID", "^[0-9]{1,15}$", "The number of the newest event that is known.")]
    if path == "/v1/media/{sha256}" and method == "GET":
        return [_header("Range", "", "One part of the file, such as bytes=100-.")]
    return [_NONE_MATCH] if etags.is_tagged({"method": method, "path": sample(path)}) else []


def body_of(method: str, path: str) -> dict[str, Any] | None:
    """The body of a call that takes bytes; None for JSON and for none."""
    kind = _BODIES.get((method, path))
    return {"required": True, "content": {kind: _BINARY}} if kind else None


def add_example(operation: dict[str, Any], method: str, path: str) -> None:
    """Put an example of the request's body beside its form, where there is one."""
    example = _EXAMPLES.get((method, path))
    if example is not None:
        operation["requestBody"]["content"]["application/json"]["example"] = example


def statuses(method: str, path: str, *, secured: bool) -> list[int]:
    """The statuses with which a call may be refused."""
    found = [400, 404, 405, 429, 500, 503]
    if secured or path == "/v1/sign-in":
        found.append(401)
    if secured:
        found.append(403)
    if method in ("POST", "PUT", "PATCH"):
        found += [413, 422]
    if method != "GET" or secured or path.endswith("/gold"):
        found.append(409)
    if path.startswith("/v1/uploads"):
        found += [412, 460]
    return sorted(found)


def _of_uploads(method: str) -> list[dict[str, Any]]:
    version = _header("Tus-Resumable", "^1\\.0\\.0$", "The version of tus.", required=method != "GET")
    number = "^[0-9]{1,12}$"
    if method == "POST":
        return [
            version,
            _header("Upload-Length", number, "Bytes in all.", required=True),
            _header("Upload-Metadata", "^sha256 [A-Za-z0-9+/=]+", "The content's digest.", required=True),
        ]
    if method == "PATCH":
        return [
            version,
            _header("Upload-Offset", number, "Where these bytes go on.", required=True),
            _header("Upload-Checksum", "^sha(256|1) [A-Za-z0-9+/=]+$", "The digest of these bytes."),
        ]
    return [] if method == "GET" else [version]


def _header(name: str, pattern: str, description: str, *, required: bool = False) -> dict[str, Any]:
    return {
        "name": name,
        "in": "header",
        "required": required,
        "description": description,
        "schema": {"type": "string", "pattern": pattern},
    }
