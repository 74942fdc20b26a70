# SPDX-License-Identifier: Apache-2.0
"""What every record of the store has in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Record:
    """A row of one table; `KEY` is its primary key, `CHECKED` rows carry a SHA-256 that is checked on reading."""

    TABLE: ClassVar[str] = ""
    KEY: ClassVar[str] = ""
    INDEXED: ClassVar[tuple[str, ...]] = ()
    CHECKED: ClassVar[bool] = False
    JOURNALLED: ClassVar[bool] = False
    #: columns that are encrypted at rest under the profile's key: what I answered, wrote and was told in words
    SEALED: ClassVar[tuple[str, ...]] = ()
