# SPDX-License-Identifier: Apache-2.0
"""Instructions as a list of paragraphs and pictures, so that each is drawn as what it is and text stays plain."""

from __future__ import annotations

from dataclasses import dataclass

from gems_protocol.instructions import blocks


@dataclass(frozen=True, slots=True)
class InstructionRow:
    """A paragraph, or a picture (SHA-256 in hex) with its caption."""

    words: str
    picture: str


def instruction_rows(text: str) -> list[InstructionRow]:
    """The rows of a campaign's instructions."""
    return [InstructionRow(block.text, block.sha256) for block in blocks(text)]
