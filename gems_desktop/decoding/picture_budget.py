# SPDX-License-Identifier: Apache-2.0
"""The last pictures, up to a number of bytes and for no longer than a few tasks."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtGui import QImage

#: A picture that nobody asked for during so many tasks is let go: somebody who goes back goes back to the last ones.
TASKS = 3

K = TypeVar("K")


@dataclass(slots=True)
class _Held:
    image: QImage
    turn: int  # when it was asked for last


class PictureBudget(Generic[K]):
    """Forgets what was not asked for longest: beyond `most` bytes, and by `turn`."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._bytes = 0
        self._turn = 0
        self._held: OrderedDict[K, _Held] = OrderedDict()

    @property
    def bytes(self) -> int:
        """Bytes held now."""
        return self._bytes

    def get(self, key: K) -> QImage | None:
        """A picture, if it is still there."""
        held = self._held.get(key)
        if held is None:
            return None
        held.turn = self._turn
        self._held.move_to_end(key)
        return held.image

    def put(self, key: K, image: QImage) -> None:
        """Keep a picture, and let go of the oldest beyond the budget."""
        old = self._held.pop(key, None)
        self._bytes += image.sizeInBytes() - (old.image.sizeInBytes() if old is not None else 0)
        self._held[key] = _Held(image, self._turn)
        while self._bytes > self._most and self._held:
            self._forget_oldest()

    def turn(self) -> None:
        """Another task is on the screen."""
        self._turn += 1
        while self._held and next(iter(self._held.values())).turn + TASKS <= self._turn:
            self._forget_oldest()

    def _forget_oldest(self) -> None:
        self._bytes -= self._held.popitem(last=False)[1].image.sizeInBytes()
