# SPDX-License-Identifier: Apache-2.0
"""Texts as they are shown and marked: plain, with markup, or a dialogue, and where a marked stretch lies in each."""

from gems_protocol.modules.reading.hypertext import from_hypertext
from gems_protocol.modules.reading.paragraphs import Turn, from_turns, turns_of
from gems_protocol.modules.reading.places import place_of, value_of
from gems_protocol.modules.reading.sheet import Alignment, Block, Sheet, Source, from_text

__all__ = [
    "Alignment",
    "Block",
    "Sheet",
    "Source",
    "Turn",
    "from_hypertext",
    "from_text",
    "from_turns",
    "place_of",
    "turns_of",
    "value_of",
]
