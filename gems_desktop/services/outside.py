# SPDX-License-Identifier: Apache-2.0
"""Texts from outside, made fit to be shown: one name for the protocol's cleaning rule, with our lengths."""

from __future__ import annotations

import json
from collections.abc import Sequence

from gems_protocol.content_warning import ContentWarning, read_warning
from gems_protocol.errors import MalformedMessage
from gems_protocol.modules.mark import MOST, Mark, parse_mark
from gems_protocol.text import clean, line

LINE = 120
TEXT = 8_000


def clean_line(text: str) -> str:
    """One line: a title or a name."""
    return line(text, LINE)


def first_language(stated: Sequence[str]) -> str:
    """The two or three letters of the first language that a campaign states, or nothing."""
    letters = stated[0].partition("-")[0].lower() if stated else ""
    return letters if letters.isascii() and letters.isalpha() and len(letters) in (2, 3) else ""


def clean_text(text: str) -> str:
    """Paragraphs: instructions or a note."""
    return clean(text, max_length=TEXT)


def clean_warning(text: str) -> ContentWarning | None:
    """What a campaign warns of; None for nothing."""
    found = read_warning(line(text, 2 * LINE))
    return None if found is None else ContentWarning(found.categories, clean_line(found.words))


def told_mark(value: object) -> str:
    """A mark that a verifier made, as JSON to be kept; empty for none and for what is no mark."""
    try:
        text = json.dumps(parse_mark(value))
    except MalformedMessage:
        return ""
    return text if len(text) <= MOST else ""


def kept_mark(text: str) -> Mark | None:
    """A mark as it was kept."""
    return parse_mark(json.loads(text)) if text else None
