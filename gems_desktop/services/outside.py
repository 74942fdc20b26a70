# SPDX-License-Identifier: Apache-2.0
"""Texts from outside, made fit to be shown: one name for the protocol's cleaning rule, with our lengths."""

from __future__ import annotations

from gems_protocol.text import clean, line

LINE = 120
TEXT = 8_000


def clean_line(text: str) -> str:
    """One line: a title or a name."""
    return line(text, LINE)


def clean_text(text: str) -> str:
    """Paragraphs: instructions or a note."""
    return clean(text, max_length=TEXT)
