# SPDX-License-Identifier: Apache-2.0
"""The forms of the audit log's answers."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Entry(BaseModel):
    """An act, or `count` refusals of one kind within a minute."""

    model_config = ConfigDict(from_attributes=True)
    id: int
    at: int
    act: str
    code: str
    account: str
    network: str
    subject: str
    count: int


class Page(BaseModel):
    """Entries, oldest first; `last` is where the next page begins."""

    entries: list[Entry]
    last: int
    more: bool
