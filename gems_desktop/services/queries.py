# SPDX-License-Identifier: Apache-2.0
"""What may be asked of the store besides equality: values that columns are compared with, and pages by key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

R = TypeVar("R")

#: large or encrypted columns of an item that a list does not show: left out of it
BULKY = ("data", "start", "assignment", "signature", "media", "standing", "draw")


@dataclass(frozen=True, slots=True)
class Above:
    """A column that is greater than `value`."""

    value: Any


@dataclass(frozen=True, slots=True)
class UpTo:
    """A column that is at most `value`."""

    value: Any


@dataclass(frozen=True, slots=True)
class Not:
    """A column that is not `value`."""

    value: Any


@dataclass(frozen=True, slots=True)
class Beside:
    """A comparison that is checked on what another condition or the order finds, never looked up by itself."""

    value: Above | UpTo | Not


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """Rows in their order, and where the next page begins; None after the last."""

    rows: tuple[R, ...]
    after: tuple[int, int] | None
