# SPDX-License-Identifier: Apache-2.0
"""What is signed of an answer that has no body (tus answers, and 304): the canonical JSON of its headers."""

from __future__ import annotations

from collections.abc import Mapping

from gems_protocol import canonical

SIGNED = ("etag", "location", "upload-expires", "upload-length", "upload-offset")


def signed_form(headers: Mapping[str, str]) -> bytes:
    """The bytes whose hash is the `bodyHash` of a body-less answer; names are lowercase, absent ones left out."""
    lower = {name.lower(): value for name, value in headers.items()}
    return canonical.dumps({name: lower[name] for name in SIGNED if name in lower})
