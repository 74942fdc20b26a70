# SPDX-License-Identifier: Apache-2.0
"""What people type after a command, checked before anything is asked of a platform or signed."""

from __future__ import annotations

import argparse
import re

_HEX = re.compile(r"0[xX][0-9a-fA-F]+", re.ASCII)


def campaign_id(text: str) -> str:
    """A campaign's id in lower case; raises ArgumentTypeError."""
    return _hex(text, 64, "a campaign's id")


def address(text: str) -> str:
    """An account's address in lower case; raises ArgumentTypeError."""
    return _hex(text, 40, "an address")


def index(text: str) -> int:
    """A whole number from 0 on; raises ArgumentTypeError."""
    return _whole(text, 0)


def count(text: str) -> int:
    """A whole number from 1 on; raises ArgumentTypeError."""
    return _whole(text, 1)


def rows(text: str) -> range:
    """Rows from 1 on, such as 1-20000; raises ArgumentTypeError."""
    first, sign, last = text.partition("-")
    found = range(_whole(first, 1), _whole(last, 1) + 1) if sign else range(0)
    if not found:
        raise argparse.ArgumentTypeError(f"{text!r} does not say which rows: 1-20000, from 1 on")
    return found


def chain_id(text: str) -> int:
    """A chain's number, which may have more digits than a count; raises ArgumentTypeError."""
    return _whole(text, 1, digits=15)


def _hex(text: str, digits: int, what: str) -> str:
    if len(text) != digits + 2 or not _HEX.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not {what}: 0x and {digits} hex digits")
    return text.lower()


def _whole(text: str, least: int, digits: int = 9) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= digits and int(text) >= least):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {least} on")
    return int(text)
