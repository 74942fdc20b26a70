# SPDX-License-Identifier: Apache-2.0
"""A dialogue or a list of paragraphs as a sheet: each turn is a source of its own, shown with its speaker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gems_protocol.modules import limits
from gems_protocol.modules.reading.sheet import Block, Sheet, SheetBuilder, put_lines
from gems_protocol.modules.tree import Node
from gems_protocol.text import line

_NAME_LENGTH = 80  # characters of a speaker's name


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says. `start` and `end` are its place in the sound that goes with it, in seconds, if known."""

    who: str
    text: str
    start: float | None = None
    end: float | None = None


def turns_of(node: Node, value: Any) -> tuple[Turn, ...]:
    """The turns that a Paragraphs shows of a task's `value`; what is no turn is shown as an empty one."""
    parts = value if isinstance(value, list) else [value] if isinstance(value, str) else []
    return tuple(_turn(node, part) for part in parts[: limits.PARAGRAPHS])


def _turn(node: Node, part: Any) -> Turn:
    if isinstance(part, str):
        return Turn("", part)
    if not isinstance(part, dict):
        return Turn("", "")
    text = part.get(node.get("textKey", "text"), "")
    who = part.get(node.get("nameKey", "author"), "")
    start = _seconds(part.get("start"))
    end = _seconds(part.get("end"))
    if end is None and start is not None and (length := _seconds(part.get("duration"))) is not None:
        end = start + length
    return Turn(who if isinstance(who, str) else "", text if isinstance(text, str) else "", start, end)


def _seconds(value: Any) -> float | None:
    if type(value) not in (int, float) or not 0 <= value <= limits.SECONDS:
        return None
    return float(value)


def from_turns(turns: tuple[Turn, ...], *, dialogue: bool) -> Sheet:
    """A sheet of turns; `dialogue` gives each speaker a voice of its own."""
    builder = SheetBuilder("paragraphs")
    voices: dict[str, int] = {}
    room = limits.TEXT_LENGTH
    for at, turn in enumerate(turns):
        voice = voices.setdefault(turn.who, len(voices)) if dialogue else -1
        template = Block(0, 0, "turn", who=line(turn.who, _NAME_LENGTH), voice=voice, group=at)
        raw = builder.source(str(at), turn.text)
        put_lines(builder, turn.text, raw, template, most=max(room, 1))
        room -= len(turn.text)
    return builder.build()
