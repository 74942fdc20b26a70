# SPDX-License-Identifier: Apache-2.0
"""Instructions with pictures: a line `![words](sha256:…)` is a picture with its caption, all else is plain text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

MOST_PICTURES = 30
CAPTION_LENGTH = 200
_LINE = re.compile(r"[ \t]*!\[([^\]\n]*)\]\(([^()\n]{1,300})\)[ \t]*")
_HASH = re.compile(r"sha256:([0-9a-f]{64})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of plain text, or a picture (`sha256` in hex) with its caption."""

    text: str
    sha256: str = ""


def blocks(instructions: str) -> tuple[Block, ...]:
    """Text and pictures in reading order; a line that names no content hash stays text, as do too many pictures."""
    found: list[Block] = []
    lines: list[str] = []
    count = 0
    for line in instructions.split("\n"):
        name = _picture(line)
        if name is None or count == MOST_PICTURES:
            lines.append(line)
            continue
        count += 1
        _close(found, lines)
        found.append(name)
    _close(found, lines)
    return tuple(found)


def _picture(line: str) -> Block | None:
    match = _LINE.fullmatch(line)
    name = _HASH.fullmatch(match.group(2)) if match else None
    return Block(match.group(1).strip()[:CAPTION_LENGTH], name.group(1)) if match and name else None


def _close(found: list[Block], lines: list[str]) -> None:
    text = "\n".join(lines).strip("\n")
    lines.clear()
    if text.strip():
        found.append(Block(text))


def pictures(instructions: str) -> tuple[str, ...]:
    """The SHA-256 in hex of each picture, once."""
    return tuple(dict.fromkeys(block.sha256 for block in blocks(instructions) if block.sha256))


def plain(instructions: str) -> str:
    """The instructions where no pictures can be shown: captions alone stand in their places."""
    return "\n".join(block.text for block in blocks(instructions) if block.text)


def with_hashes(instructions: str, find: Callable[[str], str]) -> str:
    """The instructions as a manifest holds them: `find` gives the SHA-256 in hex of each file that a line names.

    Lines that name a content hash already stay as they are. What `find` raises goes through.
    """
    made: list[str] = []
    for line in instructions.split("\n"):
        match = _LINE.fullmatch(line)
        if match and not _HASH.fullmatch(match.group(2)):
            line = f"![{match.group(1)}](sha256:{find(match.group(2))})"
        made.append(line)
    return "\n".join(made)
