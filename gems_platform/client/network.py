# SPDX-License-Identifier: Apache-2.0
"""Reads network.json and a key's file, the two things that a requester's program begins with."""

from __future__ import annotations

import os
from pathlib import Path

from gems_protocol.errors import GemsError
from gems_protocol.network import Network, no_network_file, parse_network


class BadKeyFile(GemsError):
    """A key's file cannot be used."""


def read_network(path: str | Path) -> Network:
    """The network that `path` describes; raises BadNetworkFile."""
    try:
        raw = Path(path).read_bytes()
    except OSError as error:
        raise no_network_file() from error
    return parse_network(raw)


def read_key(path: str | Path) -> bytes:
    """32 bytes from 64 hex digits in a file that only its owner may read; raises BadKeyFile."""
    place = Path(path)
    try:
        shared = os.name != "nt" and place.stat().st_mode & 0o077
        text = place.read_text("ascii").strip()
        key = bytes.fromhex(text.removeprefix("0x"))
    except (OSError, ValueError):
        shared, key = 0, b""
    if shared:
        raise _bad("others on this computer can read its file (chmod 600 mends that)")
    if len(key) != 32:
        raise _bad("its file does not hold 64 hex digits")
    return key


def _bad(what: str) -> BadKeyFile:
    return BadKeyFile(
        f"The key cannot be used: {what}.",
        safe="Nothing was signed.",
        action="Name a file with 64 hex digits.",
    )
